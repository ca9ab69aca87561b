import * as v from "valibot";
import { certainly } from "./answers/certainty.ts";
import { pages, references } from "./answers/pages.ts";
import { path } from "./answers/path.ts";
import { nothing, requiredList, word } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

/** A project role, or a role on an environment type (OpenAPI `ProjectPermissions`). */
export type Permission =
  | "admin"
  | "viewer"
  | `${EnvironmentType}:${"admin" | "contributor" | "viewer"}`;

/** The type of an environment, on which a role is given. */
export type EnvironmentType = "production" | "staging" | "development";

/** What one account may do on a project, by a grant of its own (not through a team). */
export interface Access {
  /** The account's id. */
  readonly user: string;
  /** Undefined for an account that is deleted or hidden, and when addresses weren't asked for. */
  readonly email: string | undefined;
  readonly permissions: readonly string[];
}

/**
 * Everyone with a grant of their own on the project. Throws `ApiFailure`.
 * @param o.addresses whether to ask for the addresses too, with a request more: true unless given
 */
export async function projectAccess(
  connection: Connection,
  projectId: string,
  { addresses = true }: { readonly addresses?: boolean } = {},
): Promise<readonly Access[]> {
  const first = `${path`/projects/${projectId}/user-access`}?page%5Bsize%5D=200`;
  const read = await pages(connection, first, accessRow);
  const users = await references(
    connection,
    addresses ? read : [],
    "users",
    v.object({ email: word }),
  );
  return read
    .flatMap((page) => page.items)
    .map(({ user_id: user, permissions }) => ({
      user,
      email: users.get(user)?.email,
      permissions,
    }));
}

/** Gives the account these permissions instead of those it has. Throws `ApiFailure`. */
export function updateAccess(
  connection: Connection,
  projectId: string,
  userId: string,
  permissions: readonly string[],
): Promise<void> {
  const item = path`/projects/${projectId}/user-access/${userId}`;
  return certainly(
    () => connection.send("PATCH", item, { permissions }, nothing),
    async () => {
      const now = await permissionsOf(connection, projectId, userId);
      return now !== undefined && samePermissions(now, permissions) ? done : undefined;
    },
  );
}

/** Takes the account off the project. Throws `ApiFailure`. */
export function removeAccess(
  connection: Connection,
  projectId: string,
  userId: string,
): Promise<void> {
  const item = path`/projects/${projectId}/user-access/${userId}`;
  return certainly(
    () => connection.send("DELETE", item, undefined, nothing),
    async () =>
      (await permissionsOf(connection, projectId, userId)) === undefined ? done : undefined,
  );
}

/** Whether two lists hold the same permissions, in any order. */
export function samePermissions(one: readonly string[], other: readonly string[]): boolean {
  const set = new Set(one);
  return set.size === new Set(other).size && other.every((permission) => set.has(permission));
}

const done = { outcome: undefined };

async function permissionsOf(
  connection: Connection,
  projectId: string,
  userId: string,
): Promise<readonly string[] | undefined> {
  const all = await projectAccess(connection, projectId);
  return all.find(({ user }) => user === userId)?.permissions;
}

const accessRow = v.object({ user_id: word, permissions: requiredList(v.string()) });
