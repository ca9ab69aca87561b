import { setTimeout as wait } from "node:timers/promises";
import type { Agent } from "undici";
import { networkFailure } from "./network-failure.ts";
import { pathOf, type RequestLine } from "./request-line.ts";

interface Outgoing extends RequestLine {
  /** The base address, without a slash at the end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Kept as text, so that the request can be sent again. */
  readonly body?: string | undefined;
  /** Whether sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What became of one request that was sent; the path is without its query. */
export interface RequestReport {
  readonly method: string;
  readonly path: string;
  readonly status: number | "failed";
  readonly ms: number;
}

export interface TransportOptions {
  readonly signal?: AbortSignal;
  /** 15,000 unless given. */
  readonly timeoutMs?: number;
  readonly onRequest?: (report: RequestReport) => void;
  readonly pause?: (ms: number) => Promise<void>;
}

export interface Transport {
  /** Gives the answer whatever its status; throws `ApiFailure` or `Failure("interrupted")` when there is none. */
  request(outgoing: Outgoing): Promise<Answer>;
  close(): Promise<void>;
}

/** Statuses that the official CLI takes for a passing fault of a gateway. */
const passingStatuses: readonly number[] = [502, 503, 524];
const lostConnection: readonly unknown[] = ["ECONNRESET", "UND_ERR_SOCKET"];

/**
 * Sends requests, at most eight at a time to each host, and reads the whole answer. Redirects are
 * not followed. A repeatable request is sent once more after a lost connection or a passing fault.
 */
export function transport(options: TransportOptions): Transport {
  const { signal, timeoutMs = 15_000, onRequest } = options;
  const pause = options.pause ?? ((ms) => wait(ms, undefined, signal && { signal }));
  let agent: Promise<Agent> | undefined;

  async function exchange(outgoing: Outgoing): Promise<Answer> {
    // The HTTP library is loaded with the first request: it takes longer than most commands without one.
    agent ??= import("./agent.ts").then(({ openAgent }) => openAgent(timeoutMs));
    const address = new URL(outgoing.base);
    const response = await (await agent).request({
      origin: address.origin,
      path: address.pathname.replace(/\/$/, "") + outgoing.path,
      method: outgoing.method,
      headers: { "user-agent": "machinist", ...outgoing.headers },
      body: outgoing.body ?? null,
      ...(signal && { signal }),
    });
    // The body timeout of the agent starts anew with every byte; this one is for the whole body.
    const late = setTimeout(() => response.body.destroy(new LateBody()), timeoutMs);
    try {
      const text = await response.body.text();
      return { status: response.statusCode, headers: response.headers, text };
    } finally {
      clearTimeout(late);
    }
  }

  async function attempt(outgoing: Outgoing): Promise<Answer> {
    const start = performance.now();
    const report = (status: number | "failed") =>
      onRequest?.({
        method: outgoing.method,
        path: pathOf(outgoing),
        status,
        ms: Math.round(performance.now() - start),
      });
    try {
      const answer = await exchange(outgoing);
      report(answer.status);
      return answer;
    } catch (error) {
      report("failed");
      throw error;
    }
  }

  async function request(outgoing: Outgoing): Promise<Answer> {
    try {
      if (!outgoing.repeatable) return await attempt(outgoing);
      const first = await attempt(outgoing).catch((error: unknown) => {
        if (lostConnection.includes(codeOf(error))) return undefined;
        throw error;
      });
      if (first !== undefined && !passingStatuses.includes(first.status)) return first;
      await pause(200 + Math.random() * 300);
      return await attempt(outgoing);
    } catch (error) {
      throw networkFailure(outgoing, codeOf(error), signal?.aborted === true);
    }
  }

  return {
    request,
    close: async () => (await agent)?.destroy(),
  };
}

class LateBody extends Error {
  readonly code = "UND_ERR_BODY_TIMEOUT";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
