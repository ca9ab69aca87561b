import * as v from "valibot";
import { Failure } from "../failure.ts";
import { optionalText, reader, requiredList, word } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";
import { type Grants, grants } from "./projects.ts";

/** An account; a machine user's looks no different. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  /** First and last name, or the user name where there is neither. */
  readonly name: string;
  /** Whether it signs in by single sign-on; false where the API doesn't say. */
  readonly sso: boolean;
}

/** The account that the connection's token belongs to. Throws `ApiFailure`. */
export function currentUser(connection: Connection): Promise<User> {
  return connection.get("/users/me", parseUser);
}

const parseUser = reader(
  v.pipe(
    v.object({
      id: word,
      email: word,
      username: optionalText,
      first_name: optionalText,
      last_name: optionalText,
      sso_enabled: v.nullish(v.boolean(), false),
    }),
    v.transform(
      ({ id, email, username = email, first_name, last_name, sso_enabled: sso }): User => {
        const name = [first_name, last_name].filter((part) => part !== undefined).join(" ");
        return { id, email, username, name: name || username, sso };
      },
    ),
  ),
);

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
