import * as v from "valibot";
import { revokeApiToken } from "../../platform/api-tokens.ts";
import { changeKind, fact, nothingMore, stays } from "./kind.ts";
import { needConnection, onPlatform } from "./on-platform.ts";

/** Revokes an API token of the machine user, by another one of its own; nothing brings it back. */
export interface TokenRevocation {
  readonly kind: "token-revocation";
  /** The project that the machine user works for. */
  readonly project: string;
  /** The account's id. */
  readonly user: string;
  readonly email: string;
  /** The token's id, which is no secret. */
  readonly token: string;
  /** As its owner called it. */
  readonly name: string;
}

/** The deletion of an API token. */
export const tokenRevocationKind = changeKind<TokenRevocation>()({
  ...onPlatform,
  kind: "token-revocation",
  record: v.object({
    kind: v.literal("token-revocation"),
    project: v.string(),
    user: v.string(),
    email: v.string(),
    token: v.string(),
    name: v.string(),
  }),
  toRecord: ({ kind, project, user, email, token, name }) => ({
    kind,
    project,
    user,
    email,
    token,
    name,
  }),
  preview: ({ name, email }) => ({
    title: `Revoke the API token ${name} of ${email}`,
    lines: [fact("whatever still uses it is refused then; undo can't bring it back")],
  }),
  done: ({ name, email }) => `Revoked the API token ${name} of ${email}`,
  title: ({ name, email }) => `API token ${name} of ${email}`,
  apply: async ({ user, token }, connection) => {
    await revokeApiToken(needConnection(connection), user, token);
    return nothingMore;
  },
  assess: () => stays("a revoked token can't be brought back; the variable has another one"),
});
