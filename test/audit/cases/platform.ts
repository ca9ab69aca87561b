import { latestRuns } from "../../../src/audit/cron-work.ts";
import type { PlatformFacts } from "../../../src/audit/rule.ts";
import { app, guarded, hooks } from "../app.ts";
import {
  asItShouldBe,
  build,
  calling,
  deployed,
  idle,
  job,
  named,
  project,
  ran,
  text,
  token,
  withCrons,
} from "../project.ts";
import type { RuleCases } from "./case.ts";

const putRight = {
  kind: "variable-update",
  name: "env:PLATFORMSH_CLI_TOKEN",
  after: asItShouldBe,
};

const now = new Date("2026-03-05T12:00:00Z");
const { project: shop, environment } = project({}).facts.platform;

/** The project on 5 March at noon, deployed on the 1st; its cron was due at five each morning, and ran never. */
function sinceMarch(
  more: Partial<PlatformFacts>,
  appNow: Partial<typeof calling> = {},
  crons = "running",
) {
  const deploymentState = { successful: true, at: "2026-03-01T12:00:00Z", crons };
  return project(
    {},
    {
      deployment: deployed({ ...calling, ...appNow }),
      environment: { ...environment, deploymentState },
      runs: [],
      readAt: now,
      ...more,
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
      "it is for another app": project({ applicationScope: ["blog"] }),
    },
    quiet: {
      "it is set as it should be": project({}),
      "it is for this app and another": project({ applicationScope: ["blog", "shop"] }),
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
    fixes: {
      "it is switched off": putRight,
      "the app doesn't see it": putRight,
      "it is for another app": {
        ...putRight,
        after: { ...asItShouldBe, applicationScope: ["blog", "shop"] },
      },
    },
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
  {
    rule: "hook-not-deployed",
    fires: {
      "the build hook is another one": project({}, { deployment: deployed(calling) }),
      "the CLI is installed in another version": project(
        {},
        {
          deployment: deployed({ ...calling, hooks: { build: build.replace("5.11.0", "5.10.0") } }),
        },
      ),
      "the deploy hook calls it, and isn't deployed": {
        ...project({}, { deployment: deployed({ ...calling, hooks: { build } }) }),
        text: app(...hooks({ build: build.trim().split("\n"), deploy: ["platform backup --yes"] })),
      },
    },
    quiet: {
      "it is deployed as the file has it": project(
        {},
        { deployment: deployed({ ...calling, hooks: { build } }) },
      ),
      "only blanks and comments differ": project(
        {},
        { deployment: deployed({ ...calling, hooks: { build: `# Install.\n\n${build}` } }) },
      ),
      "the hook has nothing to do with the CLI": {
        ...project({}, { deployment: deployed(calling) }),
        text: app(...hooks({ build: ["npm ci"], deploy: ["npm run warm"] })),
      },
      "the app isn't deployed": project({}, { deployment: deployed() }),
      "nobody is signed in": text,
    },
  },
  {
    rule: "cron-never-ran",
    fires: {
      "it was due on four days": sinceMarch({}),
      "only others ran": sinceMarch({ runs: [{ ...ran("success"), cron: "clean" }] }),
      "it was due in another timezone": sinceMarch(
        { readAt: new Date("2026-03-09T12:00:00Z") },
        { timezone: "Pacific/Auckland" },
      ),
    },
    quiet: {
      "it ran": sinceMarch({ runs: [ran("success")] }),
      "it was due twice": sinceMarch({ readAt: new Date("2026-03-03T12:00:00Z") }),
      "it isn't due yet": sinceMarch({}, { crons: [{ ...job, spec: "0 5 20 * *" }] }),
      "the platform chooses its time": sinceMarch({}, { crons: [{ ...job, spec: "H 5 * * *" }] }),
      "it isn't deployed": sinceMarch({}, { crons: [] }),
      "crons are paused": sinceMarch({}, {}, "paused"),
      "other runs fill the list": sinceMarch({
        runs: Array.from({ length: latestRuns }, () => ({
          ...ran("success"),
          cron: "often",
          createdAt: "2026-03-05T10:00:00Z",
        })),
      }),
      "its runs aren't known": project({}, { deployment: deployed(calling), readAt: now }),
      "the project is suspended": sinceMarch({
        project: { ...shop, suspended: true },
      }),
      "nobody is signed in": text,
    },
  },
];
