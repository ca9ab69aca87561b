import * as v from "valibot";
import { optionalText, reader, requiredList } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

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
