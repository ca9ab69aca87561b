import type { HttpAnswer } from "./transport.ts";

/**
 * Whether a 401 asks for a stronger or more recent login (RFC 9470, section 3), which no exchange
 * of the same API token can give, and what to tell people then.
 */
export function stepUp(answer: HttpAnswer): { what: string; next: string } | undefined {
  const challenge = String(answer.headers["www-authenticate"] ?? "");
  if (answer.status !== 401 || !challenge.includes("insufficient_user_authentication")) {
    return undefined;
  }
  if (/\bmfa\b/.test(`${challenge} ${answer.text}`)) {
    return {
      what: "The API asks for a login with multi-factor authentication",
      next: "turn on multi-factor authentication for the account, then make a new API token",
    };
  }
  return {
    what: "The API asks for a more recent login than an API token gives",
    next: "do this in the console, or sign in with a new API token",
  };
}
