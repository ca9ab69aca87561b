import { setTimeout as wait } from "node:timers/promises";
import type { Dispatcher } from "undici";
import type { Agents } from "./agent.ts";
import { type Headers, headerOf } from "./headers.ts";
import { isLoopback } from "./loopback.ts";
import { networkFailure } from "./network-failure.ts";
import { pauseBeforeNext, type RequestAttempt } from "./policy.ts";
import { type Proxies, proxyVariable } from "./proxy.ts";
import { type RequestLine, requestPath } from "./request-line.ts";

interface Outgoing extends RequestLine {
  /** The base address, without a slash at the end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Kept as text, so that the request can be sent again. */
  readonly body?: string | undefined;
  /** Whether sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
  /** Whether what is read was made a moment ago, when the API may still refuse to show it. */
  readonly fresh?: boolean;
}

/** An answer whose body was read to its end. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly text: string;
}

/** What became of one request that was sent; the path is without its query. */
export interface RequestReport {
  readonly method: string;
  readonly path: string;
  readonly status: number | "failed";
  readonly ms: number;
}

/** How requests are sent. */
export interface TransportOptions {
  readonly signal?: AbortSignal;
  /** 15,000 unless given. */
  readonly timeoutMs?: number;
  /** None unless given. */
  readonly proxy?: Proxies | undefined;
  readonly onRequest?: (report: RequestReport) => void;
  /** Waits so many milliseconds between two attempts. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** Sends requests, and knows nothing of what they ask for. */
export interface Transport {
  /** Gives the answer whatever its status; throws `ApiFailure` or `Failure("interrupted")` when there is none. */
  request(outgoing: Outgoing): Promise<HttpAnswer>;
  /** Sends it once, and gives the parts of the answer's text as they come; throws as `request` does. */
  stream(outgoing: Outgoing, signal: AbortSignal): Promise<Stream>;
  close(): Promise<void>;
}

/** An answer that is read while it is still being written. */
interface Stream {
  readonly status: number;
  readonly parts: AsyncIterable<string>;
}

const lostConnection: readonly unknown[] = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];
const mostRedirects = 3;

/**
 * Sends requests, at most eight at a time to each host, and reads the whole answer. What is tried again, and when, is
 * for `pauseBeforeNext` to say. A read is sent on to another path of the same host, never to another host.
 */
export function transport(options: TransportOptions): Transport {
  const { signal, timeoutMs = 15_000, onRequest, proxy } = options;
  const pause = options.pause ?? ((ms) => wait(ms, undefined, signal && { signal }));
  let agents: Promise<Agents> | undefined;

  async function send(
    outgoing: Outgoing,
    also?: AbortSignal,
  ): Promise<Dispatcher.ResponseData<null>> {
    // The HTTP library is loaded with the first request: it takes longer than most commands without one.
    agents ??= import("./agent.ts").then(({ openAgents }) => openAgents(timeoutMs, proxy));
    const address = new URL(outgoing.base);
    const signals = [signal, also].filter((one) => one !== undefined);
    return (await agents).to(address).request({
      origin: address.origin,
      path: address.pathname.replace(/\/$/, "") + outgoing.path,
      method: outgoing.method,
      headers: { "user-agent": "machinist", ...outgoing.headers },
      body: outgoing.body ?? null,
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    });
  }

  async function exchange(outgoing: Outgoing): Promise<HttpAnswer> {
    const response = await send(outgoing);
    // The body timeout of the agent starts anew with every byte; this one is for the whole body.
    const late = setTimeout(() => response.body.destroy(new LateBody()), timeoutMs);
    try {
      const text = await response.body.text();
      return { status: response.statusCode, headers: response.headers, text };
    } finally {
      clearTimeout(late);
    }
  }

  /** Tells of a request with how it ended: its status once there is one. */
  async function reported<T extends { readonly status: number }>(
    outgoing: Outgoing,
    sending: Promise<T>,
  ): Promise<T> {
    const start = performance.now();
    const report = (status: number | "failed") =>
      onRequest?.({
        method: outgoing.method,
        path: requestPath(outgoing),
        status,
        ms: Math.round(performance.now() - start),
      });
    try {
      const answer = await sending;
      report(answer.status);
      return answer;
    } catch (error) {
      report("failed");
      throw error;
    }
  }

  async function persistently(outgoing: Outgoing): Promise<HttpAnswer> {
    const { repeatable, fresh = false } = outgoing;
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await reported(outgoing, exchange(outgoing)).catch(
        (error: unknown) => new Lost(error),
      );
      const about = { attempts, repeatable, fresh, random: Math.random };
      const ms = pauseBeforeNext(attemptOf(outcome), about);
      if (ms === undefined) {
        if (outcome instanceof Lost) throw outcome.cause;
        return outcome;
      }
      await pause(ms);
    }
  }

  const failureOf = (line: Outgoing, error: unknown) => {
    const address = new URL(line.base);
    const variable =
      proxy === undefined || isLoopback(address.hostname)
        ? undefined
        : proxyVariable(proxy, address);
    return networkFailure(line, codeOf(error), {
      interrupted: signal?.aborted === true,
      proxy:
        proxy === undefined || variable === undefined
          ? undefined
          : { variable, leavesOut: proxy.except !== "" },
    });
  };

  async function request(outgoing: Outgoing): Promise<HttpAnswer> {
    let line = outgoing;
    try {
      for (let redirects = 0; ; redirects += 1) {
        const answer = await persistently(line);
        const path = redirectedPath(line, answer);
        if (path === undefined || redirects === mostRedirects) return answer;
        line = { ...line, path };
      }
    } catch (error) {
      throw failureOf(line, error);
    }
  }

  async function stream(outgoing: Outgoing, stop: AbortSignal): Promise<Stream> {
    const failed = (error: unknown) => failureOf(outgoing, error);
    const sending = send(outgoing, stop).then(({ statusCode, body }) => ({
      status: statusCode,
      body,
    }));
    const { status, body } = await reported(outgoing, sending).catch((error: unknown) => {
      throw failed(error);
    });
    async function* parts() {
      try {
        for await (const part of body.setEncoding("utf8")) yield String(part);
      } catch (error) {
        throw failed(error);
      }
    }
    return { status, parts: parts() };
  }

  return { request, stream, close: async () => (await agents)?.destroy() };
}

/** An attempt that brought no answer. */
class Lost {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

function attemptOf(outcome: HttpAnswer | Lost): RequestAttempt {
  if (outcome instanceof Lost) {
    return { kind: lostConnection.includes(codeOf(outcome.cause)) ? "lost" : "failed" };
  }
  const { status, headers } = outcome;
  return {
    kind: "answer",
    status,
    retryAfter: headerOf(headers, "retry-after"),
    date: headerOf(headers, "date"),
  };
}

class LateBody extends Error {
  readonly code = "UND_ERR_BODY_TIMEOUT";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

const redirections: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The path, below the same base address, that a read is sent on to; undefined when it isn't, or not to this host: the
 * token goes nowhere else, and what changes something is not sent on at all (RFC 9110, section 15.4).
 */
function redirectedPath(
  request: RequestLine & { readonly base: string },
  answer: {
    readonly status: number;
    readonly headers: Headers;
  },
): string | undefined {
  const { location } = answer.headers;
  if (request.method !== "GET" || !redirections.includes(answer.status)) return undefined;
  if (typeof location !== "string" || !URL.canParse(location, request.base + request.path)) {
    return undefined;
  }
  const target = new URL(location, request.base + request.path);
  const base = new URL(request.base);
  const prefix = base.pathname.replace(/\/$/, "");
  if (target.origin !== base.origin || !target.pathname.startsWith(`${prefix}/`)) return undefined;
  return target.pathname.slice(prefix.length) + target.search;
}
