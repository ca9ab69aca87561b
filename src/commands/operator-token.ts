import { Failure } from "../failure.ts";
import { type KeptTokens, keptTokens } from "../keychain/kept-tokens.ts";
import { addressesOf } from "../platform/addresses.ts";
import { Secret } from "../secret.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { Io } from "./io.ts";

/** A token, and where it was found: "from PLATFORMSH_CLI_TOKEN". */
interface FoundToken {
  readonly token: Secret;
  readonly because: string;
  /** What to do when it is refused. */
  readonly next: string;
}

/**
 * The operator's own API token: where the official CLI looks for it too, else from the system keychain, if it was kept
 * there. A keychain that can't be used is told, and is no failure.
 */
export async function operatorToken(vendor: Vendor, io: Io): Promise<FoundToken | undefined> {
  const value = io.env[vendor.tokenEnv]?.trim();
  if (value !== undefined && value !== "") {
    return {
      token: new Secret(value),
      because: `from ${vendor.tokenEnv}`,
      next: `put a token of yours that works into ${vendor.tokenEnv}, or unset it and paste one when asked`,
    };
  }
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

/** The tokens that were kept in the system keychain for this platform. */
export function tokensOf(vendor: Vendor, { env, keychain }: Io): KeptTokens {
  return keptTokens(env, addressesOf(vendor, env).api, keychain ?? (async () => undefined));
}
