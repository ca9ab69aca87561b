import { Failure } from "../../failure.ts";
import { type ApiToken, ownApiTokens } from "../../platform/api-tokens.ts";
import { currentUser, type User } from "../../platform/users.ts";
import type { Secret } from "../../secret.ts";
import type { SetupContext } from "../context.ts";

/** The API tokens of the machine user's account beside the new one, or why that can't be told. */
export type OwnTokens =
  | { readonly kind: "known"; readonly owner: User; readonly others: readonly ApiToken[] }
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Tells the new token from the others of its account. The API doesn't say which one a request was made with, so the new
 * one is exchanged between two looks: it is the one whose last use has moved. When another one was used in the same
 * moment nothing is claimed.
 */
export async function ownTokens(token: Secret, context: SetupContext): Promise<OwnTokens> {
  const connection = context.connectAs(token);
  try {
    const owner = await currentUser(connection);
    const before = await ownApiTokens(connection, owner.id);
    if (before.length === 1) return { kind: "known", owner, others: [] };
    await exchangeAnew(token, context);
    const after = await ownApiTokens(connection, owner.id);
    const used = after.filter(
      ({ id, lastUsedAt }) => before.find((one) => one.id === id)?.lastUsedAt !== lastUsedAt,
    );
    const [own, second] = used;
    if (own === undefined || second !== undefined) {
      return {
        kind: "unknown",
        why: "the platform doesn't say which of the tokens is the new one",
      };
    }
    return { kind: "known", owner, others: after.filter(({ id }) => id !== own.id) };
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    return { kind: "unknown", why: "the platform doesn't let the new token look at its account's" };
  } finally {
    await connection.close();
  }
}

/** A connection of its own exchanges the token once more. */
async function exchangeAnew(token: Secret, context: SetupContext): Promise<void> {
  const connection = context.connectAs(token);
  try {
    await currentUser(connection);
  } finally {
    await connection.close();
  }
}
