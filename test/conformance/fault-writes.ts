import { projectAccess, removeAccess, updateAccess } from "../../src/platform/access.ts";
import { activity, cancelActivity, environmentActivities } from "../../src/platform/activities.ts";
import { ownApiTokens, revokeApiToken } from "../../src/platform/api-tokens.ts";
import type { Connection } from "../../src/platform/connection.ts";
import { redeployEnvironment } from "../../src/platform/environments.ts";
import { cancelInvitation, invite, pendingInvitations } from "../../src/platform/invitations.ts";
import { currentUser } from "../../src/platform/users.ts";
import {
  createVariable,
  deleteProjectVariable,
  deleteVariable,
  environmentVariable,
  projectVariables,
  updateVariable,
} from "../../src/platform/variables.ts";
import {
  flags,
  made,
  madeOpen,
  open,
  type Stage,
  shop,
  value,
  variable,
  type Write,
} from "./fault-operations.ts";

const guest = {
  email: "newcomer@example.org",
  permissions: ["viewer", "production:admin"],
} as const;
const variables = "/projects/*/environments/*/variables";

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

/** Everything that the client changes at the API. */
export const writes: readonly Write[] = [
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
    name: "deleting a project's variable",
    on: { method: "DELETE", path: "/projects/*/variables/*" },
    prepare: madeOpen,
    run: (connection) => deleteProjectVariable(connection, shop, open.name),
    isDone: async ({ sound }) =>
      (await projectVariables(sound, shop)).every(({ name }) => name !== open.name),
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
    run: (connection) => redeployEnvironment(connection, shop, "main"),
    isDone: async ({ sound }) => {
      const type = "environment.redeploy";
      return (await environmentActivities(sound, shop, "main", { count: 9, type })).length === 1;
    },
  },
  {
    name: "cancelling an activity",
    on: { method: "POST", path: "/projects/*/activities/*/cancel" },
    activityMs: 60_000,
    prepare: async (stage) => (await made(stage)).activities[0]?.id,
    run: (connection, id) => cancelActivity(connection, shop, String(id)),
    isDone: async ({ sound }, id) =>
      (await activity(sound, shop, String(id))).state === "cancelled",
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
];
