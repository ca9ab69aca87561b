import { releaseInCi } from "../../automation/installed-release.ts";
import { refusedOptions } from "../evidence/refused-option.ts";
import { ciUsesIn, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { projectRule } from "../rule.ts";

/** A job calls a command with an option that the command doesn't have, and so never does its work. */
export const ciOptionUnknown = projectRule({
  id: "ci-option-unknown",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A CI job calls a command of the CLI with an option that the command doesn't have.",
  why: "The CLI takes an option only as it is written in full, and ends with an error at one that it doesn't know, before it does anything: --env is none, and --wait only one of commands that can wait. (Seen with version 5.11.1 of the CLI.)",
  manual: "administration/cli/reference",
  example: {
    before: "run: upsun backup:create --project PROJECT --env main --yes --wait",
    after: "run: upsun backup:create --project PROJECT --environment main --yes --wait",
  },
  ignore: "Another CLI than the official one is called.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) =>
      use.calls.flatMap(({ call, part }) =>
        refusedOptions(call, releaseInCi(use, call), part.script.text).map(
          ({ says, place, mending }) => ({
            message: `${stepOfJob(part.step, use.job)} ${says}`,
            location: placeInPart(part, place),
            ...(mending === undefined
              ? {}
              : { fix: partFix(part, use.job, mending.title, mending.replacement) }),
          }),
        ),
      ),
    ),
});
