import { Failure, type FailureParts } from "../failure.ts";

/** What a request that failed did: nothing for certain, or nobody knows. */
export type RequestEffect = "none" | "unknown";

/** A request that was refused or failed. Its parts hold no secret and no control characters. */
export class ApiFailure extends Failure {
  /** The HTTP status, when there was an answer. */
  readonly status: number | undefined;
  readonly effect: RequestEffect;

  /**
   * @param reason "signedOut" when another token is what helps, "api" otherwise
   * @param effect unless given: a refusal (3xx, 4xx) did nothing, and of anything else nobody knows
   */
  constructor(
    reason: "signedOut" | "api",
    parts: FailureParts,
    status?: number,
    effect: RequestEffect = status !== undefined && status >= 300 && status < 500
      ? "none"
      : "unknown",
  ) {
    super(reason, parts);
    this.name = "ApiFailure";
    this.status = status;
    this.effect = effect;
  }
}
