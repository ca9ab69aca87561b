import { exitCodes } from "../../exit-code.ts";
import type { Failure } from "../../failure.ts";

/** The JSON document of a run that failed: the exit code, and the parts of the message. */
export function failureReport(command: string, { reason, parts }: Failure) {
  return {
    version: 1,
    command,
    failure: { code: exitCodes[reason].code, reason, ...parts },
  };
}
