import { previewOf } from "../../change/preview.ts";
import { exitCodes } from "../../exit-code.ts";
import type { Failure } from "../../failure.ts";
import type { SetupContext } from "../../setup/context.ts";
import type { Setup } from "../../setup/setup.ts";

/** The JSON document of a setup that came to its end: what was answered and what was changed. No secret is in it. */
export function setupReport(setup: Setup, context: SetupContext) {
  const { request, answers } = setup.session;
  return {
    version: 1,
    command: "setup",
    directory: request.directory,
    dryRun: request.effect === "show",
    answers: Object.entries(answers).map(([step, { value, shown, because }]) => ({
      step,
      value,
      shown,
      because,
    })),
    changes: context.changes.map((change) => {
      const { title, lines } = previewOf(change);
      return { kind: change.kind, title, applied: request.effect === "apply", preview: lines };
    }),
    done: context.done,
  };
}

/** The JSON document of a setup that failed: the exit code, and the parts of the message. */
export function failureReport({ reason, parts }: Failure) {
  return {
    version: 1,
    command: "setup",
    failure: { code: exitCodes[reason].code, reason, ...parts },
  };
}
