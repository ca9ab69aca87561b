import { projectAccess, removeAccess, updateAccess } from "../../src/platform/access.ts";
import { environmentActivities, watchActivity } from "../../src/platform/activities.ts";
import { ownApiTokens, revokeApiToken } from "../../src/platform/api-tokens.ts";
import type { Connection } from "../../src/platform/connection.ts";
import { currentDeployment } from "../../src/platform/deployments.ts";
import { environments } from "../../src/platform/environments.ts";
import { branchTree } from "../../src/platform/git-data.ts";
import { cancelInvitation, invite, pendingInvitations } from "../../src/platform/invitations.ts";
import { accessibleProjects, project } from "../../src/platform/projects.ts";
import { redeploy } from "../../src/platform/redeployment.ts";
import { currentUser } from "../../src/platform/users.ts";
import {
  createVariable,
  deleteVariable,
  environmentVariable,
  updateVariable,
  type VariableFlags,
} from "../../src/platform/variables.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";

/** Where an operation works: the connection that suffers, and one of the operator's that doesn't. */
interface Stage {
  readonly sandbox: Sandbox;
  readonly faulty: Connection;
  readonly sound: Connection;
}

/** Something that the client does: what must be there before, the doing, and how to see that it was done. */
export interface Operation {
  readonly name: string;
  /** The request that suffers. */
  readonly on: { readonly method: string; readonly path: string };
  prepare?(stage: Stage): Promise<unknown>;
  run(connection: Connection, prepared: unknown): Promise<unknown>;
  /** For writes: whether things are as the write makes them. */
  isDone?(stage: Stage, prepared: unknown): Promise<boolean>;
}

const shop = demoProjectId;
const guest = {
  email: "newcomer@example.org",
  permissions: ["viewer", "production:admin"],
} as const;
const variable = "env:CANARY_TOKEN";
export const canaryValue = "canary-value-2a6f";
const flags: VariableFlags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};
const value = new Secret(canaryValue);
const variables = "/projects/*/environments/*/variables";

const made = ({ sound }: Stage) =>
  createVariable(sound, shop, "main", { name: variable, value, flags });
const stored = ({ sound }: Stage) => environmentVariable(sound, shop, "main", variable);

const waiting = async ({ sound }: Stage) =>
  (await pendingInvitations(sound, shop)).filter(({ email }) => email === guest.email);

async function newcomer({ sandbox, sound }: Stage): Promise<string> {
  await invite(sound, shop, guest);
  await sandbox.acceptInvitation(guest.email);
  const all = await projectAccess(sound, shop);
  return all.find(({ email }) => email === guest.email)?.user ?? "";
}

const accessOf = async ({ sound }: Stage, user: unknown) =>
  (await projectAccess(sound, shop)).find((one) => one.user === user);

const tokensOf = async (connection: Connection) =>
  ownApiTokens(connection, (await currentUser(connection)).id);

export const operations: readonly Operation[] = [
  {
    name: "exchange of the token",
    on: { method: "POST", path: "/oauth2/token" },
    run: (connection) => currentUser(connection),
  },
  {
    name: "reading one project",
    on: { method: "GET", path: "/projects/*" },
    run: (connection) => project(connection, shop),
  },
  {
    name: "reading a list",
    on: { method: "GET", path: "/projects/*/environments" },
    run: (connection) => environments(connection, shop),
  },
  {
    name: "reading pages",
    on: { method: "GET", path: "/users/*/extended-access" },
    run: async (connection) => accessibleProjects(connection, (await currentUser(connection)).id),
  },
  {
    name: "reading what is deployed",
    on: { method: "GET", path: "/projects/*/environments/*/deployments/current" },
    run: (connection) => currentDeployment(connection, shop, "main"),
  },
  {
    name: "reading a branch's files",
    on: { method: "GET", path: "/projects/*/git/**" },
    run: (connection) =>
      branchTree(connection, shop, { branch: "main" }).file(".platform.app.yaml"),
  },
  {
    name: "creating a variable",
    on: { method: "POST", path: variables },
    run: (connection) => createVariable(connection, shop, "main", { name: variable, value, flags }),
    isDone: async (stage) => (await stored(stage)) !== undefined,
  },
  {
    name: "replacing a value",
    on: { method: "PATCH", path: `${variables}/*` },
    prepare: async (stage) => {
      await made(stage);
      return (await stored(stage))?.updatedAt;
    },
    run: (connection) => updateVariable(connection, shop, "main", variable, { value, flags }),
    isDone: async (stage, before) => (await stored(stage))?.updatedAt !== before,
  },
  {
    name: "deleting a variable",
    on: { method: "DELETE", path: `${variables}/*` },
    prepare: made,
    run: (connection) => deleteVariable(connection, shop, "main", variable),
    isDone: async (stage) => (await stored(stage)) === undefined,
  },
  {
    name: "inviting",
    on: { method: "POST", path: "/projects/*/invitations" },
    run: (connection) => invite(connection, shop, guest),
    isDone: async (stage) => (await waiting(stage)).length === 1,
  },
  {
    name: "cancelling an invitation",
    on: { method: "DELETE", path: "/projects/*/invitations/*" },
    prepare: async ({ sound }) => (await invite(sound, shop, guest)).id,
    run: (connection, id) => cancelInvitation(connection, shop, String(id)),
    isDone: async (stage) => (await waiting(stage)).length === 0,
  },
  {
    name: "changing a role",
    on: { method: "PATCH", path: "/projects/*/user-access/*" },
    prepare: newcomer,
    run: (connection, user) => updateAccess(connection, shop, String(user), ["viewer"]),
    isDone: async (stage, user) => (await accessOf(stage, user))?.permissions.join() === "viewer",
  },
  {
    name: "removing access",
    on: { method: "DELETE", path: "/projects/*/user-access/*" },
    prepare: newcomer,
    run: (connection, user) => removeAccess(connection, shop, String(user)),
    isDone: async (stage, user) => (await accessOf(stage, user)) === undefined,
  },
  {
    name: "redeploying",
    on: { method: "POST", path: "/projects/*/environments/*/redeploy" },
    run: (connection) => redeploy(connection, shop, "main"),
    isDone: async ({ sound }) => {
      const type = "environment.redeploy";
      return (await environmentActivities(sound, shop, "main", { count: 9, type })).length === 1;
    },
  },
  {
    name: "revoking a token",
    on: { method: "DELETE", path: "/users/*/api-tokens/*" },
    prepare: async ({ sandbox, sound }) => {
      await sandbox.acceptInvitation(sandbox.operatorEmail);
      return (await tokensOf(sound)).find(({ name }) => name === "machinist")?.id;
    },
    run: async (connection, id) => {
      const { id: user } = await currentUser(connection);
      return revokeApiToken(connection, user, String(id));
    },
    isDone: async ({ sound }, id) => (await tokensOf(sound)).every((token) => token.id !== id),
  },
  {
    name: "watching an activity",
    on: { method: "GET", path: "/projects/*/activities/*" },
    prepare: async (stage) => (await made(stage)).activities[0]?.id,
    run: (connection, id) => watchActivity(connection, shop, String(id), { intervalMs: 1 }),
  },
];
