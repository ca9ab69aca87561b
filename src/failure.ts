import type { ExitReason } from "./exit-code.ts";

/** What a person needs to know about a failure; every part is a sentence or a fragment without secrets. */
export interface FailureParts {
  /** What happened: "The file can't be edited safely". */
  readonly what: string;
  /** Where: `file:line:column`, or the request as method and path. */
  readonly where?: string;
  /** Why, when it is known. */
  readonly why?: string;
  /** What to do now. */
  readonly next?: string;
  /** Text to paste by hand instead, as whole lines. */
  readonly paste?: string;
}

/** An expected failure: it is shown as its parts, never as a stack trace, and decides the exit code. */
export class Failure extends Error {
  readonly reason: ExitReason;
  readonly parts: FailureParts;

  constructor(reason: ExitReason, parts: FailureParts, options?: { readonly cause?: unknown }) {
    super(parts.what, options);
    this.name = "Failure";
    this.reason = reason;
    this.parts = parts;
  }
}

/** A failure that nobody knows to be one: what was to be done may be done. */
export class UnclearFailure extends Failure {}

/** A failure that the same run would meet again, whatever a person puts right meanwhile. */
export class LastingFailure extends Failure {}

/** Whether what failed like this was surely not done. What was interrupted may have been sent. */
export function isSurelyNotDone(error: unknown): error is Failure {
  return (
    error instanceof Failure && !(error instanceof UnclearFailure) && error.reason !== "interrupted"
  );
}

/**
 * Whether the same may work a moment later, once the cause is gone: all but an interruption, our own mistakes and what
 * lasts.
 */
export function canBeTriedAgain(error: unknown): error is Failure {
  return (
    error instanceof Failure &&
    !(error instanceof LastingFailure) &&
    error.reason !== "interrupted" &&
    error.reason !== "unexpected"
  );
}

/**
 * The lines a person reads about a failure, the most important first.
 * The result may contain text from the API or from files: print it through `printable`.
 */
export function failureLines(parts: FailureParts): string[] {
  const lines = [parts.where === undefined ? parts.what : `${parts.where}: ${parts.what}`];
  if (parts.why !== undefined) lines.push(`why: ${parts.why}`);
  if (parts.next !== undefined) lines.push(`now: ${parts.next}`);
  if (parts.paste !== undefined) lines.push("paste this by hand:", ...parts.paste.split("\n"));
  return lines;
}
