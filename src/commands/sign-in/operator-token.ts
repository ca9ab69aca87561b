import { Failure } from "../../failure.ts";
import { type KeptTokens, keptTokens } from "../../keychain/kept-tokens.ts";
import { type AccessTokenSource, isAccessToken } from "../../platform/access-token.ts";
import { addressesOf, hasAddresses } from "../../platform/addresses.ts";
import { Secret } from "../../secret.ts";
import { allVendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Io } from "../terminal/io.ts";

/** A token, and where it was found: "from PLATFORMSH_CLI_TOKEN". */
interface FoundToken {
  readonly token: Secret | AccessTokenSource;
  readonly because: string;
  /** What to do when it is refused. */
  readonly next: string;
}

/**
 * The operator's own API token: where the official CLI of the vendor looks for it too, else from the system keychain, if it was kept
 * there. A keychain that can't be used is told, and is no failure.
 */
export async function operatorToken(vendor: Vendor, io: Io): Promise<FoundToken | undefined> {
  for (const { tokenEnv } of [vendor, ...withSameHosts(vendor, io.env)]) {
    const value = io.env[tokenEnv]?.trim();
    if (value === undefined || value === "") continue;
    return {
      token: new Secret(value),
      because: `from ${tokenEnv}`,
      next: `put a token of yours that works into ${tokenEnv}, or unset it and paste one when asked`,
    };
  }
  const given = givenAccessToken(vendor, io);
  if (given !== undefined) return given;
  try {
    const token = await tokensOf(vendor, io).read("operator");
    return (
      token && {
        token,
        because: "from the system keychain",
        next: "machinist logout forgets it; then sign in with one that works",
      }
    );
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    const { what, why } = error.parts;
    io.err(`Your token was kept in the system keychain. ${[what, why].filter(Boolean).join(": ")}`);
    return undefined;
  }
}

/**
 * The access token of the variable that the official CLI has for these (`Config` of its source): it signs in for the 15
 * minutes that it lasts. An API token in it never works, which is told.
 */
function givenAccessToken(vendor: Vendor, io: Io): FoundToken | undefined {
  for (const { tokenEnv, accessTokenEnv } of [vendor, ...withSameHosts(vendor, io.env)]) {
    const value = io.env[accessTokenEnv]?.trim();
    if (value === undefined || value === "") continue;
    const token = new Secret(value);
    if (!isAccessToken(token)) {
      io.err(
        `${accessTokenEnv} is for access tokens, which last 15 minutes; an API token belongs into ${tokenEnv}`,
      );
      continue;
    }
    return {
      token: { accessToken: async () => token },
      because: `from ${accessTokenEnv}`,
      next: `an access token lasts 15 minutes: put a new one into ${accessTokenEnv}, or an API token into ${tokenEnv}`,
    };
  }
  return undefined;
}

/**
 * The other vendors whose tokens go to the very hosts that this one's go to: an account's token works under either name.
 * A token of a vendor with hosts of its own is never taken, whatever the checkout says whose project it is.
 */
function withSameHosts(vendor: Vendor, env: NodeJS.ProcessEnv): readonly Vendor[] {
  if (!hasAddresses(vendor, env)) return [];
  const { api, auth } = addressesOf(vendor, env);
  return allVendors.filter((other) => {
    if (other === vendor || !hasAddresses(other, env)) return false;
    const theirs = addressesOf(other, env);
    return theirs.api === api && theirs.auth === auth;
  });
}

/** The tokens that were kept in the system keychain for this platform. */
export function tokensOf(vendor: Vendor, { env, keychain }: Io): KeptTokens {
  const api = hasAddresses(vendor, env) ? addressesOf(vendor, env).api : vendor.id;
  return keptTokens(env, api, keychain ?? (async () => undefined));
}
