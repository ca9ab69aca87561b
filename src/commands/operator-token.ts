import type { Vendor } from "../platform/vendors.ts";
import { Secret } from "../secret.ts";

/** The operator's own API token, where the official CLI looks for it too. */
export function operatorToken(
  { tokenEnv }: Vendor,
  env: NodeJS.ProcessEnv,
): { readonly token: Secret; readonly because: string } | undefined {
  const value = env[tokenEnv]?.trim();
  if (value === undefined || value === "") return undefined;
  return { token: new Secret(value), because: `from ${tokenEnv}` };
}
