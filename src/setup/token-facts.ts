import { Failure } from "../failure.ts";
import type { Connection } from "../platform/connection.ts";
import { grants } from "../platform/projects.ts";
import { ownSshKeys } from "../platform/ssh-keys.ts";
import { currentUser } from "../platform/users.ts";
import type { TokenFacts } from "./token-checklist.ts";

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
