import { deployedJobsOf } from "../../automation/job.ts";
import { type Fact, valueIn } from "../../fact.ts";
import type { Unread } from "../finding.ts";
import type { ProjectGap } from "../main-environment.ts";
import { rules } from "../registry.ts";
import type { EnvironmentFacts, PlatformFacts, PlatformPart } from "../rule.ts";
import { cronGuardNotDefaultBranch } from "../rules/cron-guard-not-default-branch.ts";
import { cronNeverRan } from "../rules/cron-never-ran.ts";
import { cronsNotRunning } from "../rules/crons-not-running.ts";
import { deploymentFailed } from "../rules/deployment-failed.ts";
import { machineUserTooStrong } from "../rules/machine-user-too-strong.ts";
import { notAllowed, notNeeded, tokenNotGiven } from "../unread.ts";

/** The parts of a project that were to be read and couldn't be. */
export function unreadIn(platform: PlatformFacts): readonly Unread[] {
  const others = platform.others ?? [];
  const parts = [
    ...platformParts.map((part) => ({ part, fact: platform[part], of: platform })),
    ...others.flatMap((other) =>
      (["variables", "deployment", "runs"] as const).map((part) => ({
        part,
        fact: other[part],
        of: other,
      })),
    ),
  ];
  return [
    ...hidden(parts.filter(({ fact }) => fact === notAllowed)),
    ...parts.filter(({ fact }) => fact !== notAllowed).flatMap(unreadPart),
    ...(platform.gaps ?? []).flatMap((gap) => unreadGap(gap, platform)),
    ...(isGap("environment", platform) ? [] : unreadOutcome(platform)),
    ...[...(isGap("environment", platform) ? [] : [platform]), ...others].flatMap(unreadState),
    ...unreadKeys(platform),
    ...unreadHomes(platform),
    ...unnamedEnvironments(platform),
  ];
}

/** A part of the project, and what its reading came to. */
interface ReadPart {
  readonly part: PlatformPart;
  readonly fact: Fact<unknown>;
  readonly of: Pick<PlatformFacts, "environment">;
}

/** What the account may not see: told once, with what to do about it. */
function hidden(parts: readonly ReadPart[]): readonly Unread[] {
  if (parts.length === 0) return [];
  const names = parts.map(({ part, of }) => partWords[part](of));
  const [last = "", ...before] = names.toReversed();
  return [
    {
      what: before.length === 0 ? last : `${before.toReversed().join(", ")} and ${last}`,
      why: `this account may not read ${names.length === 1 ? "it" : "them"}; ask an admin of the project for the right, or sign in with the token of one`,
      rules: rulesThatRead(parts.map(({ part }) => part)),
      byChoice: false,
    },
  ];
}

function rulesThatRead(parts: readonly PlatformPart[]): readonly string[] {
  return rules
    .filter(({ reads = [] }) => reads.some((part) => parts.includes(part)))
    .map(({ id }) => id);
}

function isGap(of: ProjectGap["of"], { gaps = [] }: PlatformFacts): boolean {
  return gaps.some((gap) => gap.of === of);
}

/** What the API didn't tell about the project as a whole, and what that costs. */
function unreadGap(
  { of, why }: ProjectGap,
  { project, environment }: PlatformFacts,
): readonly Unread[] {
  const { what, rules: silent } = {
    project: {
      what: "the project itself",
      rules: [
        cronNeverRan.id,
        ...(project.defaultBranch === undefined ? [cronGuardNotDefaultBranch.id] : []),
      ],
    },
    environments: { what: "the list of the project's environments", rules: rulesOfEach },
    environment: {
      what: `the environment ${environment.id} itself`,
      rules: [deploymentFailed.id, ...rulesOfState],
    },
  }[of];
  return [{ what, why, rules: silent, byChoice: false }];
}

/** Whether the latest deployment was a success, where the API has one and doesn't say. */
function unreadOutcome({ environment }: PlatformFacts): readonly Unread[] {
  const { id, deploymentState } = environment;
  if (deploymentState === undefined || deploymentState.successful !== undefined) return [];
  const what = `whether the latest deployment of ${id} was a success`;
  const silent = [deploymentFailed.id];
  return [{ what, why: "the API doesn't say it", rules: silent, byChoice: false }];
}

/** Whether its crons run, of an environment that has some with work for the CLI, where the API doesn't say. */
function unreadState({ environment, deployment }: EnvironmentFacts): readonly Unread[] {
  const apps = valueIn(deployment)?.apps ?? [];
  const hasJob = apps.some((app) => deployedJobsOf(app).some(({ kind }) => kind === "cron"));
  if (!hasJob || environment.deploymentState?.crons !== undefined) return [];
  const what = `whether the crons of ${environment.id} run`;
  return [{ what, why: "the API doesn't say it", rules: rulesOfState, byChoice: false }];
}

/** The SSH keys of the machine user's account, which another request tells than the rest of it. */
function unreadKeys({ machineUser }: PlatformFacts): readonly Unread[] {
  const seen = valueIn(machineUser);
  if (seen === undefined || seen.sshKeys !== undefined) return [];
  const what = "whether the machine user's account has SSH keys";
  const silent = [machineUserTooStrong.id];
  return [{ what, why: "the API doesn't say it", rules: silent, byChoice: false }];
}

/** Of whether crons run. */
const rulesOfState: readonly string[] = [cronsNotRunning.id, cronNeverRan.id];

function unreadHomes({ leftOut = [], others = [] }: PlatformFacts): readonly Unread[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.slice(0, 3).map(({ id }) => id);
  const more = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : "";
  return [
    {
      what: `${leftOut.length} of the environments that jobs run on: ${named.join(", ")}${more}`,
      why: `no more than ${others.length} are looked at beside the main one`,
      rules: rulesThatRead(partsOfEach),
      byChoice: false,
    },
  ];
}

/** Environments without a name: jobs may be kept to them, and nothing of them is looked at. */
function unnamedEnvironments({ unnamed = 0 }: PlatformFacts): readonly Unread[] {
  if (unnamed === 0) return [];
  return [
    {
      what:
        unnamed === 1 ? "1 environment of the project" : `${unnamed} environments of the project`,
      why: `the API's answer has no name for ${unnamed === 1 ? "it" : "them"}`,
      rules: rulesOfEach,
      byChoice: false,
    },
  ];
}

const partsOfEach: readonly PlatformPart[] = ["variables", "deployment", "runs"];

/** Of what there is on any environment that a job is kept to. */
const rulesOfEach: readonly string[] = [
  ...rulesThatRead(partsOfEach),
  cronGuardNotDefaultBranch.id,
];

function unreadPart({ part, fact, of }: ReadPart): readonly Unread[] {
  if (fact.kind !== "unread" || fact === notNeeded) return [];
  const [what, silent] = [partWords[part](of), rulesThatRead([part])];
  return [{ what, why: fact.why, rules: silent, byChoice: fact === tokenNotGiven }];
}

const platformParts: readonly PlatformPart[] = [
  "variables",
  "projectVariables",
  "access",
  "deployment",
  "runs",
  "integrations",
  "settings",
  "machineUser",
  "operator",
];

const partWords: Readonly<
  Record<PlatformPart, (of: Pick<PlatformFacts, "environment">) => string>
> = {
  variables: ({ environment }) => `the variables of ${environment.id}`,
  projectVariables: () => "the variables of the project",
  access: () => "who has access to the project",
  deployment: ({ environment }) => `what is deployed on ${environment.id}`,
  runs: ({ environment }) => `the latest activities of ${environment.id}`,
  settings: () => "the settings of the project",
  integrations: () => "where the project takes its code from",
  machineUser: () => "the machine user's own account",
  operator: () => "whose account is signed in",
};
