import * as v from "valibot";
import { issueAccessToken } from "../server/access-tokens.ts";
import { type HttpReply, jsonReply, oauthFailure } from "../server/reply.ts";
import { checkBody } from "../server/request-body.ts";
import { type Anyone, openRoute, type Route } from "../server/route.ts";

/** OAuth 2: the exchange of an API token, and revocation (RFC 7009). */
export const authRoutes: readonly Route[] = [
  openRoute("POST", "/oauth2/token", exchange),
  openRoute("POST", "/oauth2/revoke", revoke),
];

/**
 * Clients send a form or JSON, and name themselves in a Basic header or in the body; as their secret
 * is empty, that proves nothing and isn't looked at.
 */
const exchangeRequest = v.object({ grant_type: v.string(), api_token: v.optional(v.string(), "") });

function exchange({ store, call }: Anyone): HttpReply {
  const request = checkBody(exchangeRequest, call.body, (_code, message) =>
    oauthFailure("invalid_request", message),
  );
  if (request.grant_type !== "api_token") {
    throw oauthFailure("unsupported_grant_type", "The sandbox takes API tokens only.");
  }
  const token = [...store.apiTokens.values()].find(({ secret }) => secret === request.api_token);
  if (token === undefined) throw oauthFailure("invalid_grant", "Invalid API token.");
  token.lastUsedAt = store.now();
  return jsonReply(200, {
    access_token: issueAccessToken(store, token.account),
    expires_in: store.accessTokenMs / 1000,
    token_type: "bearer",
  });
}

/** Access tokens only: an API token is deleted through the API, and what came of it lives on. */
function revoke({ store, call }: Anyone): HttpReply {
  const { token } = checkBody(v.object({ token: v.string() }), call.body, (_code, message) =>
    oauthFailure("invalid_request", message),
  );
  store.accessTokens.delete(token);
  return { status: 200, headers: {} };
}
