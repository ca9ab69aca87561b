import type { CiJobCall, CiUse } from "../../automation/ci-jobs.ts";
import { releaseInCi } from "../../automation/installed-release.ts";
import { missingCommand } from "../../automation/missing-command.ts";
import { leftOutSaid, type Mending, mendingOf, missingSaid } from "../evidence/missing-command.ts";
import type { FixPlan } from "../finding.ts";
import { ciUsesIn, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { type Problem, projectRule } from "../rule.ts";

/** A job calls a command by a name that the CLI doesn't know: not any more, not yet, or not at all. */
export const ciNameGone = projectRule({
  id: "ci-name-gone",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "A CI job calls a command of the CLI by a name that the installed version doesn't know.",
  why: "Up to version 4 the CLI also took older names, such as snapshot:create. Version 5, which the current installer brings, says that there is no such command, and ends with an error. It says the same of a name that no command has, of the value of an option in front of the command, and of a command that its vendor leaves out. (Seen with version 5.11.1 of the CLI; tags of platformsh/legacy-cli.)",
  manual: "administration/cli/reference",
  example: {
    before: "run: upsun snapshot:create --project PROJECT --environment main --yes --wait",
    after: "run: upsun backup:create --project PROJECT --environment main --yes --wait",
  },
  ignore: "Another CLI than the one that is installed is called.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) => use.calls.flatMap((each) => problem(each, use))),
});

function problem({ call, part }: CiJobCall, use: CiUse): readonly Problem[] {
  const location = placeInPart(part, call);
  const called = stepOfJob(part.step, use.job);
  const leftOut = leftOutSaid(call);
  if (leftOut !== undefined) {
    const { says, fix } = leftOut;
    const message = `${called} calls ${says}`;
    return [{ message, severity: "error", confidence: "high", location, fix }];
  }
  const installed = releaseInCi(use, call);
  const missing = missingCommand(call, installed);
  if (missing === undefined) return [];
  const { text } = part.script;
  const { says, ...others } = missingSaid(call, missing, text);
  const mending = mendingOf(call, missing, installed, text);
  return [
    {
      message: `${called} ${says}`,
      ...others,
      location,
      ...(mending === undefined ? {} : { fix: fixBy(mending, { call, part }, use) }),
    },
  ];
}

function fixBy(
  { title, does, replacement }: Mending,
  { call: { written, start, end }, part }: CiJobCall,
  { job }: CiUse,
): FixPlan {
  if (does.kind === "unsure")
    return partFix(part, job, { title, disposition: "unsafe", because: does.because }, replacement);
  const call = { in: "", start, end, name: written };
  const { change } = does;
  return partFix(part, job, { title, promises: { kind: "words", call, change } }, replacement);
}
