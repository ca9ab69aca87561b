import { Failure } from "../failure.ts";
import { isLoopback } from "./loopback.ts";

export type VendorId = "platformsh" | "upsun";

/** One of the two products on the same platform, as its command line tool knows it. */
export interface Vendor {
  readonly id: VendorId;
  readonly name: string;
  /** The executable that the build hook installs. */
  readonly binary: "platform" | "upsun";
  /** What the variables that the official CLI reads begin with. */
  readonly prefix: "PLATFORMSH_CLI_" | "UPSUN_CLI_";
  /** The top-level variable that holds the machine user's API token. */
  readonly tokenVariable: string;
  /** The same inside the container, where the prefix `env:` is gone. */
  readonly tokenEnv: string;
}

/** Base addresses without a slash at the end. */
export interface Addresses {
  readonly api: string;
  readonly auth: string;
  readonly console: string;
}

export const vendors: Readonly<Record<VendorId, Vendor>> = {
  platformsh: {
    id: "platformsh",
    name: "Platform.sh",
    binary: "platform",
    prefix: "PLATFORMSH_CLI_",
    tokenVariable: "env:PLATFORMSH_CLI_TOKEN",
    tokenEnv: "PLATFORMSH_CLI_TOKEN",
  },
  upsun: {
    id: "upsun",
    name: "Upsun",
    binary: "upsun",
    prefix: "UPSUN_CLI_",
    tokenVariable: "env:UPSUN_CLI_TOKEN",
    tokenEnv: "UPSUN_CLI_TOKEN",
  },
};

/**
 * The addresses to talk to: the variables that the official CLI of this vendor honours
 * (`API_BASE_URL` or `API_URL`, `API_AUTH_URL` or `AUTH_URL`, with its prefix), and
 * `MACHINIST_CONSOLE_URL`; otherwise the ones that both CLIs ship with since January 2026.
 * Throws `Failure("usage")`, naming the variable but not its value, when one is not a URL, holds
 * a user name, or is plain http to anything but this computer.
 */
export function addressesOf(vendor: Vendor, env: NodeJS.ProcessEnv): Addresses {
  const given = (names: readonly string[]) => {
    const name = names.find((candidate) => (env[candidate] ?? "") !== "");
    return name === undefined ? undefined : baseAddress(name, env[name] ?? "");
  };
  const { prefix } = vendor;
  return {
    api: given([`${prefix}API_BASE_URL`, `${prefix}API_URL`]) ?? "https://api.upsun.com",
    auth: given([`${prefix}API_AUTH_URL`, `${prefix}AUTH_URL`]) ?? "https://auth.upsun.com",
    console: given(["MACHINIST_CONSOLE_URL"]) ?? "https://console.upsun.com",
  };
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
