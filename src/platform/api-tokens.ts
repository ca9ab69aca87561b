import * as v from "valibot";
import { certainly } from "./answers/certainty.ts";
import { path } from "./answers/path.ts";
import { nothing, optionalText, reader, requiredList, word } from "./answers/schema.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

/** An API token of an account, without the token itself, which the API shows once only. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  /** RFC 3339. */
  readonly createdAt: string | undefined;
  /** When it was last exchanged for an access token; undefined when it never was, or before the API kept this. */
  readonly lastUsedAt: string | undefined;
}

/**
 * The API tokens of the account that the connection's token belongs to; nobody else can list them. Whether the API
 * answers this to an API token at all, its description leaves open: be ready for a refusal. Throws `ApiFailure`.
 *
 * @param userId the account's own id
 */
export function ownApiTokens(connection: Connection, userId: string): Promise<readonly ApiToken[]> {
  return connection.get(path`/users/${userId}/api-tokens`, parseTokens);
}

/**
 * Revokes an API token of one's own. Access tokens that it was exchanged for stay good until they expire. Throws
 * `ApiFailure`, also where the API wants a login for this.
 */
export function revokeApiToken(
  connection: Connection,
  userId: string,
  tokenId: string,
): Promise<void> {
  const item = path`/users/${userId}/api-tokens/${tokenId}`;
  return certainly(
    () => connection.send("DELETE", item, undefined, nothing),
    async () => {
      try {
        const left = await ownApiTokens(connection, userId);
        return left.some(({ id }) => id === tokenId) ? undefined : gone;
      } catch (error) {
        // Whoever revokes the token of the connection itself is refused from then on.
        if (error instanceof ApiFailure && error.reason === "signedOut") return gone;
        throw error;
      }
    },
  );
}

const gone = { outcome: undefined };

const parseTokens = reader(
  requiredList(
    v.pipe(
      v.object({
        id: word,
        name: optionalText,
        created_at: optionalText,
        last_used_at: optionalText,
      }),
      v.transform(
        ({ id, name, created_at, last_used_at }): ApiToken => ({
          id,
          name: name ?? id,
          createdAt: created_at,
          lastUsedAt: last_used_at,
        }),
      ),
    ),
  ),
);
