import type { Secret } from "../secret.ts";

/** Somebody who has an account's access tokens: each call gives one that is valid now, a new one when the last has ended. */
export interface AccessTokenSource {
  accessToken(): Promise<Secret>;
}

/** Whether a token has the form of an access token, a JWT, which lasts 15 minutes and can't be exchanged for another. */
export function isAccessToken(token: Secret): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/u.test(token.reveal());
}
