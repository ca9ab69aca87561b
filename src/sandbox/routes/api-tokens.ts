import * as v from "valibot";
import {
  type HttpReply,
  jsonReply,
  missingWithoutBody,
  noContent,
  problem,
} from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Route, type SignedIn, signedInRoute } from "../server/route.ts";
import { addApiToken } from "../state/accounts.ts";
import { stamp } from "../state/identifiers.ts";
import type { StoredApiToken } from "../store.ts";

/** An account's own API tokens; nobody sees or makes those of others. */
export const apiTokenRoutes: readonly Route[] = [
  signedInRoute("GET", "/users/:user/api-tokens", (context) =>
    jsonReply(200, ownTokens(context).map(tokenJson)),
  ),
  signedInRoute("POST", "/users/:user/api-tokens", create),
  signedInRoute("GET", "/users/:user/api-tokens/:token", (context) => {
    const token = ownToken(context);
    return token === undefined ? missingWithoutBody : jsonReply(200, tokenJson(token));
  }),
  signedInRoute("DELETE", "/users/:user/api-tokens/:token", remove),
];

/** The token itself is shown this once. */
function create(context: SignedIn): HttpReply {
  const { store, call, actor } = context;
  const existing = ownTokens(context);
  const { name } = checkBody(
    v.strictObject({ name: v.pipe(v.string(), v.nonEmpty()) }),
    call.body,
    problem,
  );
  if (existing.some((token) => token.name === name)) {
    throw problem(409, "There is a token with this name.");
  }
  const secret = addApiToken(store, actor, name);
  const token = ownTokens(context).find((own) => own.secret === secret);
  return jsonReply(201, { ...(token === undefined ? {} : tokenJson(token)), token: secret });
}

function remove(context: SignedIn): HttpReply {
  const token = ownToken(context);
  if (token === undefined) return missingWithoutBody;
  context.store.apiTokens.delete(token.id);
  return noContent;
}

function ownToken(context: SignedIn): StoredApiToken | undefined {
  return ownTokens(context).find(({ id }) => id === context.call.param("token"));
}

function ownTokens({ store, call, actor }: SignedIn): readonly StoredApiToken[] {
  if (call.param("user") !== actor.id) throw problem(403, "These are not your tokens.");
  return [...store.apiTokens.values()].filter(({ account }) => account === actor.id);
}

function tokenJson(token: StoredApiToken) {
  return {
    id: token.id,
    name: token.name,
    mfa_on_creation: false,
    created_at: stamp(token.createdAt),
    updated_at: stamp(token.createdAt),
    last_used_at: token.lastUsedAt === undefined ? null : stamp(token.lastUsedAt),
  };
}
