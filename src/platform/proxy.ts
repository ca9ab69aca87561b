import { Failure } from "../failure.ts";

/** The proxies that requests go through, as addresses; none for this computer itself. */
export interface Proxies {
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Hosts that are reached without, in the form of the variable `NO_PROXY`. */
  readonly except: string;
}

/**
 * The proxies that the environment asks for: `http_proxy`, `https_proxy` and `no_proxy`, or the same in capitals, the
 * lower case first as curl and Git have it; undefined when it asks for none. Throws `Failure("usage")`, naming the
 * variable and not its value, which may hold a password, when one is not an address of http or https.
 */
export function proxyOf(env: NodeJS.ProcessEnv): Proxies | undefined {
  const http = address(env, "http_proxy");
  const https = address(env, "https_proxy");
  if (http === undefined && https === undefined) return undefined;
  return { http, https, except: env["no_proxy"] ?? env["NO_PROXY"] ?? "" };
}

function address(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const set = [name, name.toUpperCase()].find((candidate) => (env[candidate] ?? "") !== "");
  const value = set === undefined ? undefined : env[set];
  if (set === undefined || value === undefined) return undefined;
  const url = value.includes("://") ? value : `http://${value}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new Failure("usage", {
    what: `${set} can't be used as a proxy`,
    why: "it is not an address of http or https",
    next: `set ${set} to an address like http://proxy.example.org:3128, or unset it`,
  });
}
