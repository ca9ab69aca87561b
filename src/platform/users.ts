import * as v from "valibot";
import { optionalText, reader } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

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
      id: v.string(),
      email: v.string(),
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
