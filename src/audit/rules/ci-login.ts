import type { CiJobCall } from "../../automation/ci-jobs.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job logs in with a command that needs a person. */
export const ciLogin = projectRule({
  id: "ci-login",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job logs in with a command that needs a person, and always fails.",
  why: "The variable with the token is the login. auth:api-token-login refuses when that variable is set, and where there is no terminal; login opens a browser. Either ends the job. (Source of the official CLI; manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "run: |\n  platform auth:api-token-login\n  platform backup:create --yes --wait",
    after: "run: platform backup:create --yes --wait",
  },
  ignore: "Never: the command can't work in a job.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, calls }) =>
      calls
        .filter(
          ({ call }) => call.name === "auth:api-token-login" || call.name === "auth:browser-login",
        )
        .map((each) => ({
          message: `${stepOfJob(each.part.step, job)} runs ${each.call.name}, which needs a person at a terminal`,
          ...(isSpared(each) ? { severity: "info" as const } : {}),
          location: placeInPart(each.part, each.call),
          fix: byHand("Take it out", {
            what: "What comes after it would run for the first time",
            next: "take the command out, give the step the token in its env, and look at what runs then",
          }),
        })),
    ),
});

/** Whether the job goes on without it, or may not come by it. */
function isSpared({ call: { command, flags } }: CiJobCall): boolean {
  if (flags.some((flag) => flag === "--help" || flag === "-h")) return true;
  return command.conditional || command.failing.kind !== "ends";
}
