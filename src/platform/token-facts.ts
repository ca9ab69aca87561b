import * as v from "valibot";
import { Failure } from "../failure.ts";
import { optionalText, reader, requiredList } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";
import { type Grants, grants } from "./projects.ts";
import { currentUser, type User } from "./users.ts";

/** What the machine user's own token lets one see of its account. */
export interface TokenFacts {
  readonly owner: User;
  /** Undefined where the API would not say. */
  readonly sshKeys: readonly SshKey[] | undefined;
  readonly grants: Grants;
}

/** Reads what the account of a token is and may do, with the token itself. Throws a Failure when it is refused. */
export async function tokenFacts(connection: Connection): Promise<TokenFacts> {
  const owner = await currentUser(connection);
  const [held, sshKeys] = await Promise.all([
    grants(connection, owner.id),
    ownSshKeys(connection).catch((error: unknown) => {
      if (error instanceof Failure && error.reason !== "interrupted") return undefined;
      throw error;
    }),
  ]);
  return { owner, grants: held, sshKeys };
}

/** The organizations in which an account has rights: every project user is in the project's, most with none. */
export function rightsIn({ organizations }: Grants): Grants["organizations"] {
  return organizations.filter(({ permissions }) => permissions.length > 0);
}

/** A public key of an account. */
export interface SshKey {
  readonly id: number;
  readonly title: string;
}

/**
 * The SSH keys of the account that the connection's token belongs to; nobody else can list them (OpenAPI, `GET /me`).
 * Throws `ApiFailure`.
 */
export function ownSshKeys(connection: Connection): Promise<readonly SshKey[]> {
  return connection.get("/me", parseMe);
}

const parseMe = reader(
  v.pipe(
    v.object({ ssh_keys: requiredList(v.object({ key_id: v.number(), title: optionalText })) }),
    v.transform(({ ssh_keys }) =>
      ssh_keys.map(
        ({ key_id, title }): SshKey => ({ id: key_id, title: title ?? `key ${key_id}` }),
      ),
    ),
  ),
);
