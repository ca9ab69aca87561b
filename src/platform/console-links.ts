import type { Addresses } from "./addresses.ts";
import { path } from "./answers/path.ts";

/**
 * The project's page in the console.
 * @param organization name or id of its organization; the console's start page is given without it
 */
export function projectConsole(
  addresses: Addresses,
  organization: string | undefined,
  projectId: string,
): string {
  if (organization === undefined) return addresses.console;
  return addresses.console + path`/${organization}/${projectId}`;
}

/** The page in the console where the account that is signed in there makes API tokens. */
export function apiTokensConsole(addresses: Addresses): string {
  return `${addresses.console}/-/users/~/settings/tokens`;
}
