import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { isLoopback } from "./loopback.ts";
import { closedByProxy } from "./network-failure.ts";
import type { Proxies } from "./proxy.ts";

const largestAnswer = 32 * 1024 * 1024;

/** Pools of kept-alive connections, one for each way to a host. */
export interface Agents {
  /** The pool for an address: this computer is reached directly, everything else through the proxy if there is one. */
  to(address: URL): Dispatcher;
  /** Breaks off what is under way. */
  destroy(): Promise<void>;
}

/**
 * Opens the pools, at most eight connections to a host, that wait so many milliseconds for each part of an answer.
 * Certificates are checked also where NODE_TLS_REJECT_UNAUTHORIZED says not to.
 */
export function openAgents(timeoutMs: number, proxy: Proxies | undefined): Agents {
  const tls = { rejectUnauthorized: true };
  const options = {
    connections: 8,
    connect: { timeout: timeoutMs, ...tls },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: largestAnswer,
  };
  const direct = new Agent(options);
  const proxied =
    proxy &&
    new EnvHttpProxyAgent({
      ...options,
      ...(proxy.http === undefined ? {} : { httpProxy: proxy.http.address }),
      ...(proxy.https === undefined ? {} : { httpsProxy: proxy.https.address }),
      noProxy: proxy.except,
      requestTls: tls,
      proxyTls: tls,
      clientFactory: (origin, own) => new ProxyPool(origin, { ...own, headersTimeout: timeoutMs }),
    });
  return {
    to: (address) => (isLoopback(address.hostname) ? direct : (proxied ?? direct)),
    destroy: async () => {
      await Promise.all([direct.destroy(), proxied?.destroy()]);
    },
  };
}

type WayToHost = Omit<Dispatcher.ConnectOptions, "origin">;
type Told = readonly [error: Error | null, data: Dispatcher.ConnectData];

/** The connections to a proxy, on which it is asked for the way to a host. */
class ProxyPool extends Pool {
  override connect(options: WayToHost): Promise<Dispatcher.ConnectData>;
  override connect(options: WayToHost, callback: (...told: Told) => void): void;
  override connect(options: WayToHost, callback?: (...told: Told) => void) {
    if (callback !== undefined) return super.connect(options, callback);
    return super.connect(options).catch((error: unknown) => {
      throw isClosed(error) ? new ClosedByProxy() : error;
    });
  }
}

/**
 * The proxy closed the connection instead of an answer. undici's own error for it (`UND_ERR_SOCKET`) has its pool for the
 * host ask the proxy anew at once, and without end.
 */
class ClosedByProxy extends Error {
  readonly code = closedByProxy;
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "UND_ERR_SOCKET";
}
