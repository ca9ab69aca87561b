import { Failure } from "../../src/failure.ts";
import { projectAccess } from "../../src/platform/access.ts";
import { activity, environmentActivities, watchActivity } from "../../src/platform/activities.ts";
import { ownApiTokens } from "../../src/platform/api-tokens.ts";
import { currentDeployment } from "../../src/platform/deployments.ts";
import { deploysByHand, environments, readEnvironment } from "../../src/platform/environments.ts";
import { branchTree } from "../../src/platform/git-data.ts";
import { sourceIntegrations } from "../../src/platform/integrations.ts";
import { invite, pendingInvitations } from "../../src/platform/invitations.ts";
import { productSettings, projectSettings } from "../../src/platform/project-settings.ts";
import { accessibleProjects, grants, readProject } from "../../src/platform/projects.ts";
import { currentUser, ownSshKeys } from "../../src/platform/users.ts";
import {
  environmentVariable,
  environmentVariables,
  projectVariables,
  variableValue,
} from "../../src/platform/variables.ts";
import {
  byHand,
  made,
  madeOpen,
  open,
  type Read,
  type Stage,
  shop,
  variable,
} from "./fault-operations.ts";

const environment = "/projects/*/environments/*";

const shownById = "it is shown by what else it is called";
const onlyShown = "it is shown, and decides nothing";
const nullIsNone = "null stands for that there is none, or none that is known";
const ofAccount = { first_name: shownById, last_name: shownById, username: shownById };
const ofList = {
  _links: "a list without links is its only page, and names nothing that it refers to",
  label: shownById,
  name: shownById,
  organization_id: onlyShown,
  region: onlyShown,
  status: onlyShown,
  title: shownById,
};
const ofVariable = {
  created_at: onlyShown,
  updated_at: "a change whose answer is lost is then made again, which leaves the same",
};
const ofActivity = {
  completed_at: onlyShown,
  completion_percent: "the state says whether it has ended",
  created_at: onlyShown,
  environments: "the API's description does not promise it",
  payload: "the API's description does not say what is in it",
  user: "the API's description does not say what is in the payload",
};

async function ended(stage: Stage, activities: readonly { readonly id: string }[]) {
  const id = activities[0]?.id ?? "";
  await watchActivity(stage.sound, shop, id, { intervalMs: 1 });
  return id;
}

/** Everything that the client reads from the API. */
export const reads: readonly Read[] = [
  {
    name: "exchange of the token",
    on: { method: "POST", path: "/oauth2/token" },
    run: (connection) => currentUser(connection),
    without: ofAccount,
  },
  {
    name: "the account",
    on: { method: "GET", path: "/users/me" },
    run: (connection) => currentUser(connection),
    without: ofAccount,
  },
  {
    name: "a project",
    on: { method: "GET", path: "/projects/*" },
    run: (connection) => readProject(connection, shop),
    without: {
      organization: "there is no link to the console then",
      region: onlyShown,
      timezone: "UTC is what the platform takes then",
      title: shownById,
    },
    whenNull: { default_branch: nullIsNone },
  },
  {
    name: "environments",
    on: { method: "GET", path: "/projects/*/environments" },
    run: (connection) => environments(connection, shop),
    without: {
      _links: "what is not offered is not permitted",
      crons: "whether they run isn't known then",
      deployment_state: "it is null, too, where nothing was deployed yet",
      head_commit: "the branch is read by its name then",
      is_main: "whether it is the default one is unknown then, and its type still is known",
      type: "its type is unknown then, and no role can be given on it",
      last_deployment_at: onlyShown,
      last_deployment_successful: "whether it was a success isn't known then, which is told",
      parent: onlyShown,
      status: "it is told as not known then",
      title: shownById,
    },
  },
  {
    name: "an environment",
    on: { method: "GET", path: environment },
    run: (connection) => readEnvironment(connection, shop, "main"),
    without: {
      _links: "what is not offered is not permitted",
      crons: "whether they run isn't known then",
      deployment_state: "it is null, too, where nothing was deployed yet",
      head_commit: "the branch is read by its name then",
      is_main: "whether it is the default one is unknown then, and its type still is known",
      type: "its type is unknown then, and no role can be given on it",
      last_deployment_at: onlyShown,
      last_deployment_successful: "whether it was a success isn't known then, which is told",
      status: "it is told as not known then",
      title: shownById,
    },
  },
  {
    name: "how an environment is deployed",
    on: { method: "GET", path: `${environment}/settings` },
    prepare: ({ sound }) =>
      sound.send(
        "PATCH",
        `/projects/${shop}/environments/main/settings`,
        { enable_manual_deployments: true },
        () => undefined,
      ),
    run: async (connection) => {
      const byHand = await deploysByHand(connection, shop, "main");
      if (byHand.kind === "unread") throw new Failure("api", { what: byHand.why });
      return byHand;
    },
  },
  {
    name: "all projects",
    on: { method: "GET", path: "/users/*/extended-access" },
    run: async (connection) => accessibleProjects(connection, (await currentUser(connection)).id),
    without: ofList,
    whenNull: { items: nullIsNone, permissions: nullIsNone },
  },
  {
    name: "references of a list",
    on: { method: "GET", path: "/ref/organizations" },
    run: async (connection) => accessibleProjects(connection, (await currentUser(connection)).id),
    inPart: "where a reference can't be had, a project is shown without it; none is left out",
    without: ofList,
    whenNull: { items: nullIsNone, permissions: nullIsNone },
  },
  {
    name: "what a token reaches",
    on: { method: "GET", path: "/users/*/extended-access" },
    run: async (connection) => grants(connection, (await currentUser(connection)).id),
    whenNull: { items: nullIsNone, permissions: nullIsNone },
  },
  {
    name: "what is deployed",
    whenEmpty: {
      spec: "a cron without a schedule, which the audit tells",
      webapps: "nothing is deployed then",
    },
    on: { method: "GET", path: `${environment}/deployments/current` },
    prepare: async (stage) => ended(stage, (await made(stage)).activities),
    run: (connection) => currentDeployment(connection, shop, "main"),
    without: {
      created_at: "when it was deployed isn't known then",
      command: "the source operation is known by its name then, and nothing is claimed of it",
      ssh: "contributors may connect then, as the manual says",
      visible_runtime: "nothing is claimed of it then, as real answers leave it out",
    },
    whenNull: {
      access: nullIsNone,
      build: nullIsNone,
      crons: nullIsNone,
      deploy: nullIsNone,
      hooks: nullIsNone,
      operations: nullIsNone,
      source: nullIsNone,
      start: "the command is unknown then, and nothing is claimed of the cron",
      variables: nullIsNone,
    },
  },
  {
    name: "a branch's files",
    whenEmpty: { content: "a file may be empty" },
    on: { method: "GET", path: "/projects/*/git/**" },
    run: (connection) =>
      branchTree(connection, shop, { branch: "main" }).file(".platform.app.yaml"),
  },
  {
    name: "variables",
    on: { method: "GET", path: `${environment}/variables` },
    prepare: made,
    run: (connection) => environmentVariables(connection, shop, "main"),
    without: ofVariable,
  },
  {
    name: "a variable",
    on: { method: "GET", path: `${environment}/variables/*` },
    prepare: made,
    run: (connection) => environmentVariable(connection, shop, "main", variable),
    without: ofVariable,
  },
  {
    name: "a project's variables",
    on: { method: "GET", path: "/projects/*/variables" },
    prepare: madeOpen,
    run: (connection) => projectVariables(connection, shop),
    without: ofVariable,
  },
  {
    name: "the value of a variable",
    whenEmpty: { value: "a value may be empty" },
    on: { method: "GET", path: "/projects/*/variables/*" },
    prepare: madeOpen,
    run: async (connection) =>
      (await variableValue(connection, shop, undefined, open.name))?.reveal(),
  },
  {
    name: "people's access",
    on: { method: "GET", path: "/projects/*/user-access" },
    run: (connection) => projectAccess(connection, shop),
    without: {
      _links: ofList._links,
      email: "the address is unknown then, as that of an account that is hidden",
    },
    whenNull: { items: nullIsNone, permissions: nullIsNone },
  },
  {
    name: "invitations",
    on: { method: "GET", path: "/projects/*/invitations" },
    prepare: ({ sound }) =>
      invite(sound, shop, { email: "newcomer@example.org", permissions: ["production:viewer"] }),
    run: (connection) => pendingInvitations(connection, shop),
    without: {
      permissions:
        "the API's description does not have it: the roles on environments are read instead",
    },
  },
  {
    name: "a project's settings",
    on: { method: "GET", path: "/projects/*/settings" },
    run: (connection) => projectSettings(connection, shop),
    whenNull: { cron_maximum_jitter: nullIsNone, cron_minimum_interval: nullIsNone },
  },
  {
    name: "the product of a project",
    on: { method: "GET", path: "/projects/*/settings" },
    run: (connection) => productSettings(connection, shop),
    without: {
      cron_minimum_interval: "what the manual has is taken then",
      product_code: "the product isn't known then, and speaks against no vendor",
    },
  },
  {
    name: "the source integrations of a project",
    on: { method: "GET", path: "/projects/*/integrations" },
    prepare: async ({ sound }) => {
      const integration = { type: "github", repository: "acme/shop" };
      await sound.send("POST", `/projects/${shop}/integrations`, integration, () => undefined);
    },
    run: (connection) => sourceIntegrations(connection, shop),
    without: { repository: onlyShown },
    whenNull: { repository: onlyShown },
  },
  {
    name: "own SSH keys",
    on: { method: "GET", path: "/me" },
    prepare: (stage) =>
      byHand(stage, "/ssh_keys", { value: "ssh-ed25519 AAAAC3Nz", title: "laptop" }),
    run: (connection) => ownSshKeys(connection),
    without: { title: shownById },
    whenNull: { ssh_keys: nullIsNone },
  },
  {
    name: "own API tokens",
    on: { method: "GET", path: "/users/*/api-tokens" },
    // Signed in before: each sign-in is in the answer.
    prepare: ({ sound }) => currentUser(sound),
    run: async (connection) => ownApiTokens(connection, (await currentUser(connection)).id),
    without: {
      created_at: onlyShown,
      last_used_at: "it is younger than the API, and null for a token that was not used since",
      name: shownById,
    },
  },
  {
    name: "activities",
    on: { method: "GET", path: `${environment}/activities` },
    prepare: async (stage) => ended(stage, (await made(stage)).activities),
    run: (connection) => environmentActivities(connection, shop, "main", { count: 9 }),
    without: ofActivity,
    whenNull: { result: "how it ended is unknown then" },
  },
  {
    name: "an activity",
    on: { method: "GET", path: "/projects/*/activities/*" },
    prepare: async (stage) => ended(stage, (await made(stage)).activities),
    run: (connection, id) => activity(connection, shop, String(id)),
    without: ofActivity,
    whenNull: { result: "how it ended is unknown then" },
  },
  {
    name: "watching an activity",
    once: true,
    on: { method: "GET", path: "/projects/*/activities/*" },
    prepare: async (stage) => (await made(stage)).activities[0]?.id,
    run: (connection, id) => watchActivity(connection, shop, String(id), { intervalMs: 1 }),
    without: ofActivity,
    whenNull: { result: "how it ended is unknown then" },
  },
];
