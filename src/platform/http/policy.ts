/** How one attempt at a request ended, as far as trying again goes. */
export type RequestAttempt =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** The header `Retry-After`, and `Date`, the server's own clock to read it by. */
      readonly retryAfter?: string | undefined;
      readonly date?: string | undefined;
    }
  /** The connection broke; whether the request was carried out is not known. */
  | { readonly kind: "lost" }
  /** No answer in time, a certificate that isn't trusted, an interruption: another attempt ends the same. */
  | { readonly kind: "failed" };

/** What is known of a request that may be sent again. */
export interface RetryContext {
  /** How many attempts there were, this one counted: 1 and more. */
  readonly attempts: number;
  /** Whether sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
  /** Whether what is read was made a moment ago, when the API may still refuse to show it. */
  readonly fresh: boolean;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const mostAttempts = 4;
const firstPauseMs = 250;
const longestWaitMs = 60_000;

/**
 * Statuses of a fault on the way that passes: those of the official CLI (platform API reference, rate limits), and
 * 504, which gateways give for the same reason as Cloudflare's 524.
 */
const passing: readonly number[] = [502, 503, 504, 524];
const tooManyRequests = 429;
const forbidden = 403;

/**
 * Milliseconds to wait before the next attempt at a request, or undefined when this one counts. Only what is safe to
 * repeat is repeated; a 429 always is, since the request was turned away before anything was done (RFC 6585, section 4).
 * The pause doubles each time, from a quarter of a second, and is drawn between its half and its whole. A
 * `Retry-After` (RFC 9110, section 10.2.3) is obeyed up to a minute; whoever asks for more gets no other attempt.
 */
export function pauseBeforeNext(attempt: RequestAttempt, o: RetryContext): number | undefined {
  if (o.attempts >= mostAttempts || attempt.kind === "failed") return undefined;
  const again =
    attempt.kind === "lost"
      ? o.repeatable
      : attempt.status === tooManyRequests ||
        (o.repeatable && passing.includes(attempt.status)) ||
        (o.fresh && attempt.status === forbidden);
  if (!again) return undefined;
  const pause = firstPauseMs * 2 ** (o.attempts - 1);
  const jittered = pause * (1 + o.random()) * 0.5;
  const asked = attempt.kind === "answer" ? askedToWait(attempt) : undefined;
  if (asked === undefined) return jittered;
  return asked > longestWaitMs ? undefined : asked + jittered;
}

/**
 * Milliseconds that an answer asks to wait, by its header `Retry-After`: whole seconds, or a moment, which is read by
 * the clock of the server that wrote it, as far as it tells. Undefined when it asks for nothing that can be read.
 */
export function askedToWait(answer: {
  readonly retryAfter?: string | undefined;
  readonly date?: string | undefined;
}): number | undefined {
  const { retryAfter, date } = answer;
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const until = /^[A-Z][a-z]{2},? /.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  const now = Date.parse(date ?? "");
  if (Number.isNaN(until) || Number.isNaN(now)) return undefined;
  return Math.max(0, until - now);
}
