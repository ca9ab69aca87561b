import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { isLoopback } from "./loopback.ts";
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
    });
  return {
    to: (address) => (isLoopback(address.hostname) ? direct : (proxied ?? direct)),
    destroy: async () => {
      await Promise.all([direct.destroy(), proxied?.destroy()]);
    },
  };
}
