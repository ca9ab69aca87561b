import type { Deployment } from "../platform/deployments.ts";
import { failureOfDeployment } from "../platform/environments.ts";
import { allVendors, anyOf } from "../vendors/registry.ts";
import { type Check, checksOf } from "./check.ts";
import type { VerificationFacts } from "./facts.ts";
import { cronsHere } from "./file-checks.ts";

const { ok, wrong, open, skipped } = checksOf("deployment");

/** Whether what runs is what the file says, with the CLI and the token in it. */
export function deployedChecks(facts: VerificationFacts): readonly Check[] {
  const { deployment, underWay, environment } = facts;
  const running =
    underWay === undefined
      ? []
      : [
          open(
            `a deployment is under way (${underWay.percent} %): ${underWay.description}`,
            "--wait waits for it",
          ),
        ];
  if (deployment === undefined) {
    return [
      ...running,
      wrong(`nothing is deployed on ${environment.id}`, "push the branch, and activate it"),
    ];
  }
  return [
    ...running,
    ...failureChecks(facts),
    ...scriptChecks(deployment, facts),
    buildCheck(facts),
    // Where no job runs, neither crons nor a token are needed.
    ...(cronsHere(facts).length === 0
      ? []
      : [cronState(facts), ...variableChecks(deployment, facts)]),
  ];
}

function failureChecks({ environment }: VerificationFacts): readonly Check[] {
  const why = failureOfDeployment(environment);
  return why === undefined
    ? []
    : [
        wrong(
          `the latest deployment of ${environment.id} failed: ${why}`,
          "read its log, put it right, and push or redeploy",
        ),
      ];
}

/** The hook and the crons that matter, as they are deployed. */
function scriptChecks(deployment: Deployment, facts: VerificationFacts): readonly Check[] {
  const { app } = facts;
  const push = "commit and push the file; the push deploys it";
  const deployed = deployment.apps.find(({ name }) => name === app.name);
  if (deployed === undefined) return [wrong(`the app ${app.name} is not deployed`, push)];
  const same = (one = "", other = "") => one.trim() === other.trim();
  return [
    same(deployed.hooks.build, app.hooks.build?.text)
      ? ok("the build hook is deployed as it is in the file")
      : wrong("the build hook is deployed in another form than in the file", push),
    ...cronsHere(facts).map(({ name, cron }) => {
      const there = deployed.crons.find((one) => one.name === name);
      if (there === undefined) return wrong(`the cron ${name} is not deployed`, push);
      return same(there.command, cron.script?.text) && same(there.spec, cron.spec?.value)
        ? ok(`the cron ${name} is deployed as it is in the file`)
        : wrong(`the cron ${name} is deployed in another form than in the file`, push);
    }),
  ];
}

const version = /\bCLI v?(\d+\.\d+\.\d+)/u;
const absent = new RegExp(
  `\\b${anyOf(allVendors.map(({ binary }) => binary))}: (?:command )?not found`,
  "u",
);

/** The CLI in the log of the build: the line that its version gives there. */
function buildCheck({ build, vendor }: VerificationFacts): Check {
  if (build.kind === "reused") {
    return open(
      "the latest deployments took an earlier build over, whose log is not among the latest activities",
      "look for the CLI's version in the log of the last push that changed the app",
    );
  }
  if (build.kind === "unknown") {
    return open("the log of the build is not among the latest activities");
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

function cronState({ environment }: VerificationFacts): Check {
  const state = environment.deploymentState?.crons;
  if (state === undefined)
    return skipped(
      "whether crons run on the environment isn't known: the platform doesn't say",
      "look in the console whether they are paused",
    );
  return state === "running"
    ? ok("crons run on the environment")
    : wrong(`no cron runs on the environment: they are ${state}`, "redeploy the environment");
}

function variableChecks(deployment: Deployment, facts: VerificationFacts): readonly Check[] {
  const { vendor, variable, environment, underWay } = facts;
  const name = vendor.tokenVariable;
  const set = "machinist setup --only token,variable sets it";
  if (variable === undefined) return [wrong(`${name} is not set`, set)];
  const { flags } = variable;
  const flaws = [
    variable.inherited && "it comes from the parent environment",
    !flags.sensitive && "it is not sensitive",
    !flags.enabled && "it is switched off",
    flags.inheritable && "previews inherit it",
    flags.visibleAtBuild && "builds can read it",
    !flags.visibleAtRuntime && "crons can't read it",
  ].filter((flaw) => flaw !== false);
  const deployed = deployment.variables.find((one) => one.name === name);
  const redeploy = `redeploy ${environment.id}`;
  const older =
    deployment.updatedAt !== undefined &&
    variable.updatedAt !== undefined &&
    Date.parse(deployment.updatedAt) < Date.parse(variable.updatedAt);
  return [
    flaws.length === 0
      ? ok(`${name} is set as it should be`)
      : wrong(`${name}: ${flaws.join(", ")}`, "machinist setup --only variable corrects it"),
    deployed === undefined || deployed.visibleAtRuntime === false
      ? wrong(`what runs doesn't have ${name}`, redeploy)
      : older && underWay === undefined
        ? wrong(`${name} was changed after the deployment that runs`, redeploy)
        : older
          ? open(`${name} was changed; the deployment under way brings it`, "--wait waits for it")
          : ok(`what runs has ${name}`),
  ];
}
