import type { CiJobCall, CiUse } from "../../automation/ci-jobs.ts";
import { releaseInCi } from "../../automation/installed-release.ts";
import { hasFlag, waitsByDefault } from "../../shell/cli-call.ts";
import { refusedOptions } from "../evidence/refused-option.ts";
import { ciUsesIn, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { projectRule } from "../rule.ts";

/** A job doesn't say whether it waits. */
export const ciWaitUnclear = projectRule({
  id: "ci-wait-unclear",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A CI job runs a command that waits, and says neither --wait nor --no-wait.",
  why: "The CLI waits unless the variables and the shell make it believe that it runs in a hook; a job that sets PLATFORM_PROJECT looks like one. The job itself should say whether green means finished or only started. (Source of the official CLI, ActivityMonitor.)",
  example: {
    before: "run: upsun backup:create --yes",
    after: "run: upsun backup:create --wait --yes",
  },
  ignore: "It makes no difference to what comes after it.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) =>
      use.calls
        .filter(
          ({ call, part }) =>
            part.own &&
            waitsByDefault(call) &&
            !hasFlag(call, "--wait") &&
            !hasFlag(call, "--no-wait", "W") &&
            !misspellsWaiting({ call, part }, use),
        )
        .map(({ call, part }) => ({
          message: `${stepOfJob(part.step, use.job)} doesn't say whether ${call.name} waits`,
          location: placeInPart(part, call),
          fix: partFix(
            part,
            use.job,
            {
              title: `Add --wait to ${call.name}`,
              promises: {
                kind: "words",
                call: { in: "", start: call.start, end: call.end, name: call.written },
                change: { add: "--wait", after: call.written },
              },
            },
            { start: call.nameEnd, end: call.nameEnd, text: " --wait" },
          ),
        })),
    ),
});

/** Whether a call says it in a form at which it ends with an error, of which ci-option-unknown tells. */
function misspellsWaiting({ call, part }: CiJobCall, use: CiUse): boolean {
  const refused = refusedOptions(call, releaseInCi(use, call), part.script.text);
  return refused.some(({ meant }) => meant === "--wait" || meant === "--no-wait");
}
