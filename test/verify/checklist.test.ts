import { describe, expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import type { PlatformFacts } from "../../src/audit/rule.ts";
import { tokenNotGiven } from "../../src/audit/unread.ts";
import { verdictOn } from "../../src/audit/verdict.ts";
import { noCi } from "../../src/cifile/read.ts";
import { known } from "../../src/fact.ts";
import type { Activity } from "../../src/platform/activities.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { checksOf } from "../../src/verify/checks/check.ts";
import { checklistStanding, verificationChecklist } from "../../src/verify/checks/checklist.ts";
import type { VerificationFacts } from "../../src/verify/facts/facts.ts";
import { buildLog } from "../../src/verify/facts/gather.ts";
import { appLocation, guarded } from "../audit/app.ts";

const name = "env:PLATFORMSH_CLI_TOKEN";
const email = "operator+shop-backup@example.org";
const app = parseApp(appLocation, guarded("platform backup:create --yes --no-wait"));
const [cron] = app.crons;

function activity(type: string, at: string, more: Partial<Activity> = {}): Activity {
  return {
    id: `${type} ${at}`,
    type,
    state: "complete",
    result: "success",
    percent: 100,
    description: type,
    createdAt: at,
    completedAt: at,
    environments: ["main"],
    backup: undefined,
    cron: undefined,
    user: undefined,
    failedCommands: [],
    ...more,
  };
}

/** An app with a cron of the same name. */
const neighbour = parseApp(
  {
    file: "/shop/api/.platform.app.yaml",
    shown: "api/.platform.app.yaml",
    form: "single",
    path: [],
    name: "api",
  },
  "name: api\ncrons:\n  job:\n    spec: '0 7 * * *'\n    cmd: ./clean\n",
);

/** The app, deployed as it is in the file. */
const deployed = {
  name: "shop",
  crons: [{ name: "job", spec: cron?.spec?.value ?? "", command: cron?.script?.text ?? "" }],
  hooks: { build: app.hooks.build?.text ?? "" },
  sourceOperations: [],
  sshRole: undefined,
  timezone: undefined,
  root: "",
};

const run = activity("environment.cron", "2026-05-02T05:00:00Z", { cron: "job", user: "admin" });
const backup = activity("environment.backup", "2026-05-02T05:00:30Z", { user: "machine" });

const production = {
  id: "main",
  title: "Main",
  type: "production",
  status: "active",
  isMain: true,
  operations: [],
  deploymentState: { successful: true, at: "2026-05-01T12:00:00Z", crons: "running" },
} as const;

const { deploymentState: _said, ...unsaid } = production;

const deployment = {
  apps: [deployed],
  variables: [{ name, visibleAtRuntime: true }],
  access: [],
  updatedAt: "2026-05-01T12:00:00Z",
};

const variable = {
  name,
  flags: {
    sensitive: true,
    enabled: true,
    inheritable: false,
    visibleAtBuild: false,
    visibleAtRuntime: true,
    applicationScope: [],
  },
  inherited: false,
  updatedAt: "2026-05-01T11:00:00Z",
};

const machineUser = {
  owner: { id: "machine", email, username: "machine", name: "Machine", sso: false },
  sshKeys: [],
  grants: {
    projects: [{ id: "shopq4m2v7xk3", permissions: ["viewer", "production:admin"] }],
    organizations: [],
  },
};

/** The project of an automation of which nothing is wrong: set up and deployed on the first of May, run on the second. */
const platform = {
  vendor: vendors.platformsh,
  project: {
    id: "shopq4m2v7xk3",
    title: "Shop",
    defaultBranch: "main",
    region: "eu-3.platform.sh",
    organization: undefined,
    timezone: "UTC",
  },
  environment: production,
  environments: [production],
  deployment: known(deployment),
  variables: known([variable]),
  projectVariables: known([]),
  access: known([
    { user: "machine", email, permissions: ["viewer", "production:admin"] },
    { user: "operator", email: "operator@example.org", permissions: ["admin"] },
  ]),
  runs: known([backup, run]),
  integrations: known([]),
  settings: { kind: "absent" },
  machineUser: known(machineUser),
  operator: known("operator"),
} satisfies PlatformFacts;

const looked = {
  now: new Date("2026-05-02T12:00:00Z"),
  app,
  neighbours: [],
  underWay: { kind: "absent" },
  build: { kind: "log", at: "2026-05-01T12:00:00Z", lines: ["Platform.sh CLI 5.11.1"] },
  activities: known([backup, run]),
  token: { kind: "seen", facts: machineUser, made: known(["2026-05-01T10:00:00Z"]) },
  otherOwners: [],
  ciWorks: [],
  addresses: new Map([
    ["machine", email],
    ["operator", "operator@example.org"],
    ["colleague", "colleague@example.org"],
  ]),
} satisfies Omit<VerificationFacts, "platform" | "verdict">;

interface Other extends Partial<Omit<VerificationFacts, "platform" | "verdict" | "activities">> {
  readonly platform?: Partial<PlatformFacts>;
  readonly activities?: readonly Activity[] | VerificationFacts["activities"];
}

/** The facts of the good automation, but for these. */
function factsWith({
  platform: other = {},
  activities: given = looked.activities,
  ...more
}: Other): VerificationFacts {
  const activities = "kind" in given ? given : known(given);
  const facts = { ...looked, ...more, activities };
  const { now, token, neighbours } = facts;
  const ofProject: PlatformFacts = {
    ...platform,
    runs: activities,
    readAt: now,
    machineUser: token.kind === "seen" ? known(token.facts) : tokenNotGiven,
    environments: [other.environment ?? production],
    ...other,
  };
  const verdict = verdictOn(
    {
      subjects: [{ kind: "read", app, beside: {} }],
      neighbours,
      whole: false,
      vendor: { vendor: vendors.platformsh, because: "from its API", rivals: [] },
      git: { production: { kind: "unknown" } },
      tokenSearch: { files: { kind: "absent" }, leftOut: [] },
      ci: noCi,
      online: { kind: "read", facts: ofProject },
    },
    {},
  );
  return { ...facts, platform: ofProject, verdict };
}

const unreadable = { kind: "unread", why: "The API has a problem" } as const;

const runs = (more: Partial<typeof deployed>): Other => ({
  platform: { deployment: known({ ...deployment, apps: [{ ...deployed, ...more }] }) },
});

const set = (more: Partial<typeof variable>) => ({
  variables: known([{ ...variable, ...more }]),
});

const rows: readonly {
  readonly when: string;
  readonly facts: Other;
  /** Every line that is not "ok". */
  readonly finds: readonly string[];
}[] = [
  { when: "all is as it should be", facts: {}, finds: [] },
  {
    when: "crons are paused",
    facts: {
      platform: {
        environment: {
          ...production,
          deploymentState: { ...production.deploymentState, crons: "paused" },
        },
      },
    },
    finds: [
      "wrong: the crons of main are paused, so the cron job never runs; push to main, or redeploy it when that suits the site",
    ],
  },
  {
    when: "the platform doesn't say whether crons run",
    facts: { platform: { environment: unsaid } },
    finds: [
      "skipped: whether the crons of main run: the API doesn't say it (2 rules need it); machinist audit names these rules",
    ],
  },
  {
    when: "a hook failed in the latest deployment",
    facts: {
      platform: {
        environment: {
          ...production,
          deploymentState: {
            ...production.deploymentState,
            successful: false,
            failed: [{ app: "shop", hook: "deploy", exitCode: 2 }],
          },
        },
      },
    },
    finds: [
      "wrong: the latest deployment of main failed: the deploy hook of shop ended with 2; read the log of the deployment, put the hook right, and push",
    ],
  },
  {
    when: "the build was reused",
    facts: { build: { kind: "reused" } },
    finds: [
      "open: the latest deployments took an earlier build over, whose log is not among the latest activities; look for the CLI's version in the log of the last push that changed the app",
    ],
  },
  {
    when: "the latest activities know of no build",
    facts: { build: { kind: "unknown" } },
    finds: ["open: the latest activities show no log of a build"],
  },
  {
    when: "the build has no CLI",
    facts: { build: { ...looked.build, lines: ["sh: 5: platform: not found"] } },
    finds: [
      "wrong: the build of 2026-05-01 12:00 did not find the CLI; read its log: the installer failed",
    ],
  },
  {
    when: "the build says nothing of the CLI",
    facts: { build: { ...looked.build, lines: ["composer install"] } },
    finds: [
      "open: the log of the build of 2026-05-01 12:00 doesn't show the CLI; a hook that ends with platform --version shows it",
    ],
  },
  {
    when: "the cron is not due yet",
    facts: { activities: [], now: new Date("2026-05-01T13:00:00Z") },
    finds: [
      "open: the cron job has not run yet; it is due 2026-05-02 05:00 UTC; look again after that",
    ],
  },
  {
    when: "the cron is a few minutes late",
    facts: { activities: [], now: new Date("2026-05-02T05:20:00Z") },
    finds: [
      "open: the cron job has not run yet; it is due 2026-05-03 05:00 UTC; look again after that",
    ],
  },
  {
    when: "the cron was due and did not run",
    facts: { activities: [] },
    finds: [
      "wrong: the cron job has not run, though it was due once since the deployment; look whether crons are paused, and at the log of the last deployment",
    ],
  },
  {
    when: "the cron ran, and not the next time it was due",
    facts: { now: new Date("2026-05-03T12:00:00Z") },
    finds: [
      "open: the cron job has not run since, though it was due once; look whether an activity holds it up",
    ],
  },
  {
    when: "the cron ran, and not for days since",
    facts: { now: new Date("2026-05-06T12:00:00Z") },
    finds: [
      "wrong: the cron job ran last on main on 2026-05-02, and not when it was due after that, 4 times (.platform.app.yaml:9); look for an activity that never ends, then redeploy",
    ],
  },
  {
    when: "the cron ran before the token was changed and deployed",
    facts: {
      platform: {
        ...set({ updatedAt: "2026-05-02T10:00:00Z" }),
        deployment: known({ ...deployment, updatedAt: "2026-05-02T10:05:00Z" }),
      },
    },
    finds: [
      `open: the cron job has not run since ${name} was changed, 2026-05-02 10:00 UTC; it is due 2026-05-03 05:00 UTC; look again after that`,
    ],
  },
  {
    when: "it can't be read what is deployed, and the cron ran",
    facts: { platform: { deployment: { kind: "unread", why: "the API has a problem" } } },
    finds: [
      "skipped: what is deployed on main: the API has a problem (8 rules need it); machinist audit names these rules",
    ],
  },
  {
    when: "it can't be read what is deployed, and the cron failed",
    facts: {
      platform: { deployment: { kind: "unread", why: "the API has a problem" } },
      activities: [{ ...run, result: "failure" }],
    },
    finds: [
      "wrong: the cron job failed when it ran last, on 2026-05-02; its log is in the activity environment.cron 2026-05-02T05:00:00Z (.platform.app.yaml:9); machinist rules cron-failing tells more",
      "skipped: what is deployed on main: the API has a problem (8 rules need it); machinist audit names these rules",
    ],
  },
  {
    when: "another app has a cron of that name, and one of them ran",
    facts: { neighbours: [neighbour] },
    finds: [
      "open: a cron job ran 2026-05-02 05:00 UTC, and whether that was the one of shop or of api can't be told; give each a name of its own",
    ],
  },
  {
    when: "another app has a cron of that name, and one of them failed",
    facts: { neighbours: [neighbour], activities: [{ ...run, result: "failure" }] },
    finds: [
      "open: the cron job failed when it ran last, on 2026-05-02; its log is in the activity environment.cron 2026-05-02T05:00:00Z, unless that of another app did (.platform.app.yaml:9); machinist rules cron-failing tells more",
      "open: a cron job ran 2026-05-02 05:00 UTC, and whether that was the one of shop or of api can't be told; give each a name of its own",
    ],
  },
  {
    when: "the cron runs just now",
    facts: {
      activities: [{ ...run, state: "in_progress", percent: 50, result: undefined }],
    },
    finds: ["open: the cron job runs just now"],
  },
  {
    when: "the cron failed",
    facts: { activities: [{ ...run, result: "failure" }] },
    finds: [
      "wrong: the cron job failed when it ran last, on 2026-05-02; its log is in the activity environment.cron 2026-05-02T05:00:00Z (.platform.app.yaml:9); machinist rules cron-failing tells more",
    ],
  },
  {
    when: "the cron ran, and no backup came of it",
    facts: { activities: [run] },
    finds: [
      "wrong: the cron job ran, but no backup came of it; read its log: the guard, the token or the role may be the reason",
    ],
  },
  {
    when: "a backup of another time is there alone",
    facts: { activities: [{ ...backup, createdAt: "2026-05-02T09:00:00Z" }, run] },
    finds: [
      "wrong: the cron job ran, but no backup came of it; read its log: the guard, the token or the role may be the reason",
    ],
  },
  {
    when: "the backup failed",
    facts: { activities: [{ ...backup, result: "failure" }, run] },
    finds: [`wrong: its backup was made as ${email}, and failed; read the log of that activity`],
  },
  {
    when: "it ran in the operator's name",
    facts: { activities: [{ ...backup, user: "operator" }, run] },
    finds: [
      "wrong: the cron's work is done as operator@example.org, which is your own account; machinist setup invites one; machinist rotate puts its token in where there is one already",
      "wrong: its backup was made as operator@example.org, which is you; machinist rotate puts the machine user's token in",
    ],
  },
  {
    when: "it ran in a colleague's name",
    facts: { activities: [{ ...backup, user: "colleague" }, run] },
    finds: [
      `wrong: its backup was made as colleague@example.org, and the token belongs to ${email}; machinist rotate puts the machine user's token in`,
    ],
  },
  {
    when: "it ran in the name of somebody who is not on the project any more",
    facts: { activities: [{ ...backup, user: "gone" }, run] },
    finds: [
      `wrong: its backup was made as gone, and the token belongs to ${email}; machinist rotate puts the machine user's token in`,
    ],
  },
  {
    when: "nothing is deployed",
    facts: { platform: { deployment: { kind: "absent" } }, activities: [] },
    finds: ["wrong: nothing is deployed on main; push the branch, and activate it"],
  },
  {
    when: "another build hook is deployed",
    facts: runs({ hooks: { build: "composer install\n" } }),
    finds: [
      "wrong: the build hook of shop is deployed with other commands on main (.platform.app.yaml:4); commit and push the file; the push deploys it",
    ],
  },
  {
    when: "the cron is deployed at another time",
    facts: runs({ crons: deployed.crons.map((one) => ({ ...one, spec: "0 6 * * *" })) }),
    finds: [
      "wrong: the cron job is deployed at another time on main (.platform.app.yaml:9); commit and push the file; the push deploys it",
    ],
  },
  {
    when: "the cron is not deployed",
    facts: runs({ crons: [] }),
    finds: [
      "wrong: the cron job is not deployed on main (.platform.app.yaml:9); commit and push the file; the push deploys it",
    ],
  },
  {
    when: "the app is not deployed",
    facts: { platform: { deployment: known({ ...deployment, apps: [] }) } },
    finds: ["wrong: the app shop is not deployed; commit and push the file; the push deploys it"],
  },
  {
    when: "the variable was changed and not redeployed",
    facts: { platform: set({ updatedAt: "2026-05-01T13:00:00Z" }) },
    finds: [`wrong: ${name} was changed after the deployment that runs; redeploy main`],
  },
  {
    when: "the variable was changed, and is being redeployed",
    facts: {
      platform: set({ updatedAt: "2026-05-01T13:00:00Z" }),
      underWay: known(
        activity("environment.variable.update", "2026-05-01T13:00:00Z", {
          state: "in_progress",
          percent: 40,
          description: "Jane updated the variable",
        }),
      ),
    },
    finds: [
      "open: a deployment is under way (40 %): Jane updated the variable; --wait waits for it",
      `open: ${name} was changed; the deployment under way brings it; --wait waits for it`,
    ],
  },
  {
    when: "the activities can't be read",
    facts: {
      activities: unreadable,
      underWay: unreadable,
      build: { kind: "unknown" },
      platform: set({ updatedAt: "2026-05-01T13:00:00Z" }),
    },
    finds: [
      "skipped: the latest activities of main: The API has a problem (6 rules need it); machinist audit names these rules",
      "skipped: whether a deployment is under way, and the log of the build: The API has a problem; look again, with an account that may read the activities",
      `open: ${name} was changed after the deployment that runs; redeploy main`,
      "skipped: whether the cron job ran, and what came of it: The API has a problem; look again, with an account that may read the activities",
    ],
  },
  {
    when: "the variable is not in what runs",
    facts: { platform: { deployment: known({ ...deployment, variables: [] }) } },
    finds: [`wrong: what runs doesn't have ${name}; redeploy main`],
  },
  {
    when: "the variable is not set",
    facts: { platform: { variables: known([]) } },
    finds: [
      `wrong: the cron job calls platform, but there is no variable ${name} on main; run machinist setup, which checks the token before it is stored`,
    ],
  },
  {
    when: "the project has the variable",
    facts: {
      platform: {
        variables: known([]),
        projectVariables: known([variable]),
      },
    },
    finds: [
      `wrong: ${name} is a variable of the project, so every environment has it; machinist setup sets it there and takes the project's away`,
    ],
  },
  {
    when: "the variable is switched off, and those of the project can't be read",
    facts: {
      platform: {
        ...set({ flags: { ...variable.flags, enabled: false } }),
        projectVariables: { kind: "unread", why: "the API has a problem" },
      },
    },
    finds: [
      `wrong: the cron job calls platform, but ${name} is disabled; machinist audit shows how: give ${name} to shop; this redeploys main`,
      "skipped: the variables of the project: the API has a problem (3 rules need it); machinist audit names these rules",
    ],
  },
  {
    when: "the variable is open to builds and previews",
    facts: {
      platform: set({
        flags: { ...variable.flags, sensitive: false, inheritable: true, visibleAtBuild: true },
      }),
    },
    finds: [
      `wrong: ${name} on main is not sensitive, inherited by child environments, visible at build; machinist audit shows how: keep ${name} to main; this redeploys it`,
    ],
  },
  {
    when: "the token is refused",
    facts: { token: { kind: "refused", why: "it was revoked" } },
    finds: ["wrong: the token is refused: it was revoked; machinist rotate replaces it"],
  },
  {
    when: "the token was not handed over",
    facts: { token: { kind: "skipped" } },
    finds: [
      "skipped: what the machine user may do can only be seen with its own token; hand it over with --machine-token-stdin, or when asked",
    ],
  },
];

test.each(rows)("the checklist when $when", ({ facts, finds }) => {
  const checks = verificationChecklist(factsWith(facts));
  expect(checks.length).toBeGreaterThan(3);
  const found = checks.flatMap(({ state, sentence, next }) =>
    state === "ok" ? [] : [`${state}: ${[sentence, next].filter(Boolean).join("; ")}`],
  );
  expect(found).toEqual(finds);
});

describe("the log of a deployment", () => {
  const building = "  Building application 'shop' (runtime type: php:8.3, tree: 1f2e3d4)";

  test("is read from the build of the app on", () => {
    const log = ["Building application 'other'", "  Reusing existing build", building, "  built"];
    expect(buildLog(log, "shop")).toEqual({ kind: "built", lines: [building, "  built"] });
  });

  test("tells of a build that was reused, and of none", () => {
    const reused = "    Reusing existing build for this tree ID";
    expect(buildLog([building, reused, "Redeploying"], "shop")).toEqual({ kind: "reused" });
    expect(buildLog(["Redeploying environment main"], "shop")).toBeUndefined();
    expect(buildLog([building], "sho")).toBeUndefined();
  });
});

const { ok, open, skipped, wrong } = checksOf("file");

test.each([
  { checks: [ok("a")], stands: {} },
  { checks: [ok("a"), open("b")], stands: { stands: "not known" } },
  { checks: [ok("a"), skipped("b", "look there")], stands: { stands: "not known" } },
  { checks: [open("a"), wrong("b", "mend it")], stands: { isBad: true } },
])("a list of $checks stands as $stands: it is done only where all is right", (row) => {
  expect(checklistStanding(row.checks)).toEqual(row.stands);
});
