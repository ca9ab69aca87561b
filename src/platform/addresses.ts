import { Failure } from "../failure.ts";
import type { Vendor, VendorHosts } from "../vendors/vendor.ts";
import { path } from "./answers/path.ts";
import { isLoopback } from "./http/loopback.ts";

/** Where a token goes, and the console beside: base addresses without a slash at the end. */
export type Addresses = VendorHosts;

/** What goes without the API, for whoever can't sign in: the commands that have such a flag. */
export const withoutSignIn: string =
  "without it, setup, audit and status take --offline for what the files alone tell";

/**
 * The addresses to talk to: the variables that the official CLI of this vendor honours
 * (`API_BASE_URL` or `API_URL`, `API_AUTH_URL` or `AUTH_URL`, with its prefix), and
 * `MACHINIST_CONSOLE_URL`; otherwise those of its record. Nothing of a checkout is asked, so that none can send a token
 * elsewhere.
 * Throws `Failure("usage")`, naming the variable but not its value, when one is not a URL, holds a user name, or is
 * plain http to anything but this computer; and when nobody says where this vendor's API is.
 */
export function addressesOf(vendor: Vendor, env: NodeJS.ProcessEnv): Addresses {
  const addresses = knownAddresses(vendor, env);
  if (addresses !== undefined) return addresses;
  const { name, prefix } = vendor;
  throw new Failure("usage", {
    what: `Where the API of ${name} is, no public source says`,
    next: `set ${prefix}API_URL and ${prefix}AUTH_URL; ${withoutSignIn}`,
  });
}

/** Whether anybody says where this vendor's API is. Throws as `addressesOf` does for an address that can't be one. */
export function hasAddresses(vendor: Vendor, env: NodeJS.ProcessEnv): boolean {
  return knownAddresses(vendor, env) !== undefined;
}

function knownAddresses(vendor: Vendor, env: NodeJS.ProcessEnv): Addresses | undefined {
  const given = (names: readonly string[]) => {
    const name = names.find((candidate) => (env[candidate] ?? "") !== "");
    return name === undefined ? undefined : baseAddress(name, env[name] ?? "");
  };
  const { prefix, hosts } = vendor;
  const api = given([`${prefix}API_BASE_URL`, `${prefix}API_URL`]) ?? hosts?.api;
  const auth = given([`${prefix}API_AUTH_URL`, `${prefix}AUTH_URL`]) ?? hosts?.auth;
  const console = given(["MACHINIST_CONSOLE_URL"]) ?? hosts?.console ?? api;
  return api === undefined || auth === undefined || console === undefined
    ? undefined
    : { api, auth, console };
}

function baseAddress(variable: string, value: string): string {
  const refuse = (why: string) =>
    new Failure("usage", {
      what: `${variable} can't be used as an address`,
      why,
      next: `set ${variable} to an address like https://api.example.org, or unset it`,
    });
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined) throw refuse("it is not a URL");
  if (url.username !== "" || url.password !== "") throw refuse("it has a user name or password");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw refuse("it is plain http, which would show the token to the network");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refuse("it is not https");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

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
