import { variableOn } from "../../audit/evidence/at-home.ts";
import { howCronIsDeployed } from "../../audit/rules/cron-not-deployed.ts";
import { isBuildDeployed } from "../../audit/rules/hook-not-deployed.ts";
import { type Fact, valueIn } from "../../fact.ts";
import type { Activity } from "../../platform/activities.ts";
import type { Deployment } from "../../platform/deployments.ts";
import { shellWord } from "../../shell/guard.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import type { VerificationFacts } from "../facts/facts.ts";
import { type Check, checksOf } from "./check.ts";
import { cronsHere } from "./file-checks.ts";

const { ok, wrong, open, skipped } = checksOf("deployment");

/** What runs, and since when. Where it isn't what the file says, the rules find that. */
export function deployedChecks(facts: VerificationFacts): readonly Check[] {
  const { underWay, platform } = facts;
  const { deployment, environment } = platform;
  const running = underWayChecks(underWay);
  switch (deployment.kind) {
    case "absent":
      return [
        ...running,
        wrong(`nothing is deployed on ${environment.id}`, "push the branch, and activate it"),
      ];
    case "unread":
      // It is told with what else could not be read.
      return running;
    case "known":
      return [
        ...running,
        ...(environment.hasStaged
          ? [open(`changes are staged on ${environment.id}, not live`, deployStaged(platform))]
          : []),
        ...scriptChecks(deployment.value, facts),
        // Where no job runs, neither the CLI, nor crons, nor a token are needed.
        ...(cronsHere(facts).length === 0
          ? []
          : [
              ...buildChecks(facts),
              ...cronState(facts),
              ...variableChecks(deployment.value, facts),
            ]),
      ];
  }
}

function underWayChecks(underWay: Fact<Activity>): readonly Check[] {
  switch (underWay.kind) {
    case "absent":
      return [];
    case "unread":
      return [
        skipped(
          `whether a deployment is under way, and the log of the build: ${underWay.why}`,
          "look again, with an account that may read the activities",
        ),
      ];
    case "known":
      return [
        open(
          `a deployment is under way (${underWay.value.percent} %): ${underWay.value.description}`,
          "--wait waits for it",
        ),
      ];
  }
}

/** The hook and the crons that matter, as they are deployed. */
function scriptChecks(deployment: Deployment, facts: VerificationFacts): readonly Check[] {
  const { app, otherOwners } = facts;
  if (!deployment.apps.some(({ name }) => name === app.name))
    return [
      wrong(
        `the app ${app.name} is not deployed`,
        otherOwners.length > 0
          ? "it is of another project; start in a checkout of this one"
          : "commit and push the file; the push deploys it",
      ),
    ];
  return [
    ...(isBuildDeployed(app, deployment)
      ? [ok("the build hook is deployed as it is in the file")]
      : []),
    ...cronsHere(facts).flatMap(({ name, cron }) =>
      howCronIsDeployed(cron, app.name, deployment) === "as it is in the file"
        ? [ok(`the cron ${name} is deployed as it is in the file`)]
        : [],
    ),
  ];
}

const version = /\bCLI v?(\d+\.\d+\.\d+)/u;
const absent = new RegExp(
  `\\b${patternOfAny(allVendors.map(({ binary }) => binary))}: (?:command )?not found`,
  "u",
);

/** The CLI in the log of the build: the line that its version gives there. */
function buildChecks(facts: VerificationFacts): readonly Check[] {
  // That the activities can't be read is told once.
  return facts.underWay.kind === "unread" ? [] : [buildCheck(facts)];
}

function buildCheck({ build, platform: { vendor } }: VerificationFacts): Check {
  if (build.kind === "reused") {
    return open(
      "the latest deployments took an earlier build over, whose log is not among the latest activities",
      "look for the CLI's version in the log of the last push that changed the app",
    );
  }
  if (build.kind === "unknown") {
    return open("the latest activities show no log of a build");
  }
  const when = build.at === undefined ? "" : ` of ${build.at.slice(0, 16).replace("T", " ")}`;
  const found = build.lines.map((line) => version.exec(line)?.[1]).find(Boolean);
  if (found !== undefined) return ok(`the build${when} has the CLI ${found} in its log`);
  if (build.lines.some((line) => absent.test(line))) {
    return wrong(`the build${when} did not find the CLI`, "read its log: the installer failed");
  }
  return open(
    `the log of the build${when} doesn't show the CLI`,
    `a hook that ends with ${vendor.binary} --version shows it`,
  );
}

/** Crons that are paused are found by their rule, and that their state isn't told, with what could not be read. */
function cronState({ platform: { environment } }: VerificationFacts): readonly Check[] {
  return environment.deploymentState?.crons === "running"
    ? [ok("crons run on the environment")]
    : [];
}

/** The variable as it is set, and whether what runs has it as it is now. */
function variableChecks(deployment: Deployment, facts: VerificationFacts): readonly Check[] {
  const { underWay, platform } = facts;
  const { environment } = platform;
  const name = platform.vendor.tokenVariable;
  const variable = valueIn(variableOn(platform, platform, name));
  if (variable === undefined) return [];
  const deployed = deployment.variables.find((one) => one.name === name);
  const redeploy = environment.hasStaged ? deployStaged(platform) : `redeploy ${environment.id}`;
  const staged = environment.hasStaged ? ": changes are staged there, not live" : "";
  const older =
    deployment.updatedAt !== undefined &&
    variable.updatedAt !== undefined &&
    Date.parse(deployment.updatedAt) < Date.parse(variable.updatedAt);
  return [
    ...(isFaulty(name, facts) ? [] : [ok(`${name} is set as it should be`)]),
    deployed === undefined || deployed.visibleAtRuntime === false
      ? wrong(`what runs doesn't have ${name}${staged}`, redeploy)
      : !older
        ? ok(`what runs has ${name}`)
        : underWay.kind === "known"
          ? open(`${name} was changed; the deployment under way brings it`, "--wait waits for it")
          : underWay.kind === "absent"
            ? wrong(`${name} was changed after the deployment that runs${staged}`, redeploy)
            : open(`${name} was changed after the deployment that runs${staged}`, redeploy),
  ];
}

/** The command that deploys what waits on an environment that is deployed by hand. */
function deployStaged({ vendor, project, environment }: VerificationFacts["platform"]): string {
  return `deploy what is staged: ${vendor.binary} environment:deploy --project ${project.id} --environment ${shellWord(environment.id)}`;
}

function isFaulty(name: string, { verdict }: VerificationFacts): boolean {
  return verdict.findings.some(
    ({ location }) =>
      location.kind === "resource" && location.resource.startsWith(`variable ${name} `),
  );
}
