import * as v from "valibot";
import { json, missingWithoutBody, noContent, problem, type Reply } from "../server/reply.ts";
import { checked } from "../server/request-body.ts";
import { type Route, type SignedIn, signedIn } from "../server/route.ts";
import { addApiToken } from "../state/accounts.ts";
import { stamp } from "../state/identifiers.ts";
import type { ApiToken } from "../store.ts";

/** An account's own API tokens; nobody sees or makes those of others. */
export const apiTokenRoutes: readonly Route[] = [
  signedIn("GET", "/users/:user/api-tokens", (context) =>
    json(200, ownTokens(context).map(tokenJson)),
  ),
  signedIn("POST", "/users/:user/api-tokens", create),
  signedIn("GET", "/users/:user/api-tokens/:token", (context) => {
    const token = ownToken(context);
    return token === undefined ? missingWithoutBody : json(200, tokenJson(token));
  }),
  signedIn("DELETE", "/users/:user/api-tokens/:token", remove),
];

/** The token itself is shown this once. */
function create(context: SignedIn): Reply {
  const { store, call, actor } = context;
  const existing = ownTokens(context);
  const { name } = checked(
    v.strictObject({ name: v.pipe(v.string(), v.nonEmpty()) }),
    call.body,
    problem,
  );
  if (existing.some((token) => token.name === name)) {
    throw problem(409, "There is a token with this name.");
  }
  const secret = addApiToken(store, actor, name);
  const token = ownTokens(context).find((own) => own.secret === secret);
  return json(201, { ...(token === undefined ? {} : tokenJson(token)), token: secret });
}

function remove(context: SignedIn): Reply {
  const token = ownToken(context);
  if (token === undefined) return missingWithoutBody;
  context.store.apiTokens.delete(token.id);
  return noContent;
}

function ownToken(context: SignedIn): ApiToken | undefined {
  return ownTokens(context).find(({ id }) => id === context.call.param("token"));
}

function ownTokens({ store, call, actor }: SignedIn): readonly ApiToken[] {
  if (call.param("user") !== actor.id) throw problem(403, "These are not your tokens.");
  return [...store.apiTokens.values()].filter(({ account }) => account === actor.id);
}

function tokenJson(token: ApiToken) {
  return {
    id: token.id,
    name: token.name,
    mfa_on_creation: false,
    created_at: stamp(token.createdAt),
    updated_at: stamp(token.createdAt),
    last_used_at: token.lastUsedAt === undefined ? null : stamp(token.lastUsedAt),
  };
}
