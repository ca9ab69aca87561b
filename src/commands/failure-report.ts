import { exitCodes } from "../exit-code.ts";
import type { Failure } from "../failure.ts";
import type { DocumentOf } from "../json-document.ts";
import type { failureForm } from "./failure-form.ts";

/** The JSON document of a command that failed: the exit code, and the parts of the message. @param command null when none was understood */
export function failureReport(
  command: string | null,
  { reason, parts }: Failure,
): DocumentOf<typeof failureForm> {
  return {
    version: 1,
    command,
    failure: { code: exitCodes[reason].code, reason, ...parts },
  };
}
