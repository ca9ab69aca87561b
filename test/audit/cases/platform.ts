import { parseApp } from "../../../src/appfile/read.ts";
import type { PlatformFacts } from "../../../src/audit/rule.ts";
import type { Access } from "../../../src/platform/access.ts";
import type { Activity } from "../../../src/platform/activities.ts";
import type { Deployment } from "../../../src/platform/deployments.ts";
import type { Variable, VariableFlags } from "../../../src/platform/variables.ts";
import { vendors } from "../../../src/platform/vendors.ts";
import { appLocation, guarded } from "../app.ts";
import type { Example, RuleCases } from "./case.ts";

const asItShouldBe: VariableFlags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};

const text = guarded("platform backup:create --yes --no-wait");

/** A project whose token variable has these flags, and whatever else is said about it. */
function project(
  flags: Partial<VariableFlags>,
  more: Partial<PlatformFacts> = {},
): Exclude<Example, string> {
  const platform: PlatformFacts = {
    project: {
      id: "abcdefghijklm",
      title: "Shop",
      defaultBranch: "main",
      region: "eu-3.platform.sh",
      organization: undefined,
      timezone: "UTC",
    },
    environment: {
      id: "main",
      title: "Main",
      type: "production",
      status: "active",
      isMain: true,
      operations: [],
    },
    variables: [
      { name: "env:PLATFORMSH_CLI_TOKEN", flags: { ...asItShouldBe, ...flags }, inherited: false },
    ],
    projectVariables: [],
    vendor: vendors.platformsh,
    ...more,
  };
  return { text, facts: { platform } };
}

const putRight = {
  kind: "variable-update",
  name: "env:PLATFORMSH_CLI_TOKEN",
  after: asItShouldBe,
};

const token = "env:PLATFORMSH_CLI_TOKEN";

function named(name: string): Variable {
  return { name, flags: asItShouldBe, inherited: false };
}

const { crons: parsed } = parseApp(appLocation, text);
const job = {
  name: "job",
  spec: parsed[0]?.spec?.value ?? "",
  command: parsed[0]?.script?.text ?? "",
};
const idle = {
  name: "shop",
  crons: [],
  hooks: {},
  sourceOperations: [],
  sshRole: "contributor",
  timezone: undefined,
  root: "",
};
const calling = { ...idle, crons: [job] };

/** These apps, the second under another name. */
function deployed(...apps: readonly (typeof calling | typeof idle)[]): Deployment {
  const [first, ...others] = apps;
  const renamed = others.map((app) => (app.name === "shop" ? { ...app, name: "blog" } : app));
  return {
    apps: first === undefined ? [] : [first, ...renamed],
    variables: [],
    access: [],
    updatedAt: undefined,
  };
}

function ran(result: "success" | "failure"): Activity {
  return {
    id: "a1",
    type: "environment.cron",
    state: "complete",
    result,
    percent: 100,
    description: "Cron ran job",
    createdAt: "2026-03-01T05:00:00+00:00",
    completedAt: undefined,
    environments: ["main"],
    backup: undefined,
    user: "admin",
    cron: "job",
    failedCommands: [],
  };
}

const runs: readonly Activity[] = [
  { ...ran("success"), type: "environment.backup", user: "u1", createdAt: "2026-03-01T05:01:00Z" },
  ran("success"),
];

function bot(permissions: readonly string[]): Access {
  return { user: "u1", email: "bot@example.org", permissions };
}

function withCrons(crons: string, operations: readonly string[] = []): Exclude<Example, string> {
  const deploymentState = { successful: true, at: undefined, crons };
  return project(
    {},
    {
      environment: {
        id: "main",
        title: "Main",
        type: "production",
        status: "active",
        isMain: true,
        operations,
        deploymentState,
      },
    },
  );
}

/** What only the API knows. */
export const platformCases: readonly RuleCases[] = [
  {
    rule: "token-variable-exposed",
    fires: {
      "previews inherit it": project({ inheritable: true }),
      "its value can be read back": project({ sensitive: false }),
      "builds can read it": project({ visibleAtBuild: true }),
      "the project has one beside the environment's": project(
        {},
        { projectVariables: [named("env:PLATFORMSH_CLI_TOKEN")] },
      ),
      "the project has it": project(
        {},
        {
          variables: [],
          projectVariables: [
            { name: "env:PLATFORMSH_CLI_TOKEN", flags: asItShouldBe, inherited: false },
          ],
        },
      ),
    },
    quiet: {
      "it is set as it should be": project({}),
      "nobody is signed in": text,
    },
    fixes: {
      "the project has one beside the environment's": {
        kind: "variable-deletion",
        name: "env:PLATFORMSH_CLI_TOKEN",
      },
      "previews inherit it": putRight,
      "its value can be read back": putRight,
      "builds can read it": putRight,
    },
  },
  {
    rule: "token-variable-missing",
    fires: {
      "there is no variable at all": project({}, { variables: [] }),
      "its name lacks the prefix": project({}, { variables: [named("PLATFORMSH_CLI_TOKEN")] }),
      "it is for the other CLI": project({}, { variables: [named("env:UPSUN_CLI_TOKEN")] }),
      "it is switched off": project({ enabled: false }),
      "the app doesn't see it": project({ visibleAtRuntime: false }),
    },
    quiet: {
      "it is set as it should be": project({}),
      "the project has it": project({}, { variables: [], projectVariables: [named(token)] }),
      "the account may not see the variables": project(
        {},
        { variables: [], hidden: ["variables"] },
      ),
      "nobody is signed in": text,
      "nothing calls the CLI": { ...project({}, { variables: [] }), text: guarded("date") },
      "a script sets it from another": {
        ...project({}, { variables: [] }),
        text: guarded(
          'export PLATFORMSH_CLI_TOKEN="$MACHINE"',
          "platform backup:create --yes --no-wait",
        ),
      },
    },
    fixes: { "it is switched off": putRight, "the app doesn't see it": putRight },
  },
  {
    rule: "token-variable-for-every-app",
    fires: {
      "one of two apps calls the CLI": project({}, { deployment: deployed(calling, idle) }),
    },
    quiet: {
      "both apps call it": project(
        {},
        { deployment: deployed(calling, { ...calling, name: "b" }) },
      ),
      "neither calls it": project({}, { deployment: deployed(idle, { ...idle, name: "b" }) }),
      "it is for one app already": project(
        { applicationScope: ["shop"] },
        { deployment: deployed(calling, idle) },
      ),
      "nobody is signed in": text,
    },
    fixes: {
      "one of two apps calls the CLI": {
        kind: "variable-update",
        after: { ...asItShouldBe, applicationScope: ["shop"] },
      },
    },
  },
  {
    rule: "machine-user-too-strong",
    fires: { "a cron's backups are an admin's": project({}, { runs, access: [bot(["admin"])] }) },
    quiet: {
      "its role is on production only": project(
        {},
        { runs, access: [bot(["viewer", "production:admin"])] },
      ),
      "the backup was made by hand": project(
        {},
        { runs: runs.slice(0, 1), access: [bot(["admin"])] },
      ),
      "the admin is somebody else": project(
        {},
        { runs, access: [{ ...bot(["admin"]), user: "u2" }] },
      ),
      "a command needs the project's admin": {
        ...project({}, { runs, access: [bot(["admin"])] }),
        text: guarded("platform user:add jane@example.org --yes --no-wait"),
      },
      "nobody is signed in": text,
    },
    fixes: {
      "a cron's backups are an admin's": { kind: "access", after: ["viewer", "production:admin"] },
    },
  },
  {
    rule: "crons-not-running",
    fires: {
      "they are paused": withCrons("paused"),
      "they are paused, and the account may redeploy": withCrons("paused", ["redeploy"]),
      "they are switched off": withCrons("off", ["redeploy"]),
    },
    quiet: {
      "they run": withCrons("running"),
      "no cron calls the CLI": { ...withCrons("paused"), text: guarded("date") },
      "nobody is signed in": text,
    },
    fixes: {
      "they are paused, and the account may redeploy": {
        kind: "redeployment",
        environment: "main",
      },
    },
  },
  {
    rule: "cron-failing",
    fires: { "its last run failed": project({}, { runs: [ran("failure"), ran("success")] }) },
    quiet: {
      "it failed before, and not since": project({}, { runs: [ran("success"), ran("failure")] }),
      "another cron failed": project({}, { runs: [{ ...ran("failure"), cron: "x" }] }),
      "it never ran": project({}, { runs: [] }),
      "nobody is signed in": text,
    },
  },
  {
    rule: "cron-not-deployed",
    fires: {
      "it isn't deployed": project({}, { deployment: deployed(idle) }),
      "it runs at another time": project(
        {},
        { deployment: deployed({ ...calling, crons: [{ ...job, spec: "0 6 * * *" }] }) },
      ),
      "it runs something else": project(
        {},
        { deployment: deployed({ ...calling, crons: [{ ...job, command: "date" }] }) },
      ),
    },
    quiet: {
      "it is deployed as the file has it": project({}, { deployment: deployed(calling) }),
      "the app isn't deployed": project({}, { deployment: deployed() }),
      "nobody is signed in": text,
    },
  },
];
