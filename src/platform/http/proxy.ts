import { Failure } from "../../failure.ts";

/** A proxy, and the variable that names it: "HTTPS_PROXY". */
interface Proxy {
  readonly address: string;
  readonly variable: string;
}

/** The proxies that requests go through, as addresses; none for this computer itself. */
export interface Proxies {
  readonly http: Proxy | undefined;
  readonly https: Proxy | undefined;
  /** Hosts that are reached without, in the form of the variable `NO_PROXY`. */
  readonly except: string;
}

/**
 * The proxies that the environment asks for: `http_proxy`, `https_proxy` and `no_proxy`, or the same in capitals, the
 * lower case first as curl and Git have it; undefined when it asks for none, or leaves every host out. Throws `Failure("usage")`, naming the
 * variable and not its value, which may hold a password, when one is not an address of http or https.
 */
export function proxyOf(env: NodeJS.ProcessEnv): Proxies | undefined {
  const http = proxyIn(env, "http_proxy");
  const https = proxyIn(env, "https_proxy");
  if (http === undefined && https === undefined) return undefined;
  const except = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  return except === "*" ? undefined : { http, https, except };
}

/**
 * The variable that names the proxy on the way to an address, unless its host is left out; undefined where there is none.
 * Without a proxy of its own, https goes through that of http.
 */
export function proxyVariable({ http, https }: Proxies, address: URL): string | undefined {
  return (address.protocol === "https:" ? (https ?? http) : http)?.variable;
}

function proxyIn(env: NodeJS.ProcessEnv, name: string): Proxy | undefined {
  const set = [name, name.toUpperCase()].find((candidate) => (env[candidate] ?? "") !== "");
  const value = set === undefined ? undefined : env[set];
  if (set === undefined || value === undefined) return undefined;
  const url = value.includes("://") ? value : `http://${value}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))
    return { address: url, variable: set };
  throw new Failure("usage", {
    what: `${set} can't be used as a proxy`,
    why: "it is not an address of http or https",
    next: `set ${set} to an address like http://proxy.example.org:3128, or unset it`,
  });
}
