import { Agent } from "undici";

const largestAnswer = 32 * 1024 * 1024;

/** A pool of kept-alive connections, at most eight to a host, that waits so many milliseconds for each part of an answer. */
export function openAgent(timeoutMs: number): Agent {
  return new Agent({
    connections: 8,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: largestAnswer,
  });
}
