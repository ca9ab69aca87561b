import { Failure, type FailureParts } from "../failure.ts";

/** A request that was refused or failed. Its parts hold no secret and no control characters. */
export class ApiFailure extends Failure {
  /** The HTTP status, when there was an answer. */
  readonly status: number | undefined;

  /** @param reason "signedOut" when another token is what helps, "api" otherwise */
  constructor(reason: "signedOut" | "api", parts: FailureParts, status?: number) {
    super(reason, parts);
    this.name = "ApiFailure";
    this.status = status;
  }
}
