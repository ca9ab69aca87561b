import type { Headers } from "./headers.ts";
import type { RequestLine } from "./request-line.ts";

const redirections: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The path, below the same base address, that a read is sent on to; undefined when it isn't, or not to this host: the
 * token goes nowhere else, and what changes something is not sent on at all (RFC 9110, section 15.4).
 */
export function redirectedPath(
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
