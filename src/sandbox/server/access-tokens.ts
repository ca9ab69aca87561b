import { randomBytes, randomUUID } from "node:crypto";
import type { Account, Store } from "../store.ts";
import { unauthorizedRequest } from "./reply.ts";

/**
 * Makes an access token: a JWT in form, with `sub`, `exp` and `jti` for the clients that look inside,
 * and random bytes in the place of the signature, so that it can't be made up.
 */
export function issueAccessToken(store: Store, account: string): string {
  const expiresAt = store.now() + store.accessTokenMs;
  const header = { alg: "none", typ: "JWT" };
  const claims = {
    sub: account,
    iat: Math.floor(store.now() / 1000),
    exp: Math.floor(expiresAt / 1000),
    jti: randomUUID(),
    amr: ["pwd"],
  };
  const token = [
    ...[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")),
    randomBytes(32).toString("base64url"),
  ].join(".");
  store.accessTokens.set(token, { account, expiresAt });
  return token;
}

/**
 * The account of a bearer token.
 *
 * @param authorization the header, or undefined when there was none
 * @throws Refusal with 401 when the token is missing, unknown, revoked or expired
 */
export function bearerAccount(store: Store, authorization: string | undefined): Account {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw unauthorizedRequest("An access token is required.");
  const known = store.accessTokens.get(token);
  const account = known === undefined ? undefined : store.accounts.get(known.account);
  if (known === undefined || account === undefined) {
    throw unauthorizedRequest("The access token is unknown.");
  }
  if (known.expiresAt <= store.now()) throw unauthorizedRequest("The access token has expired.");
  return account;
}
