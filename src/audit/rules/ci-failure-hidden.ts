import type { CiJobCall } from "../../automation/ci-jobs.ts";
import type { CiCommand } from "../../shell/ci-script.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import { readsStatusOf } from "../../shell/command-results.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A call of the CLI fails and the job is green. */
export const ciFailureHidden = projectRule({
  id: "ci-failure-hidden",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job stays green when its call of the CLI fails.",
  why: "Within the words of echo or export, and before the end of a pipe, a failure doesn't count, whatever the shell is told; || true and continue-on-error say so outright. The backup or the deployment is then missing, and nobody notices. (Manual of bash, “Simple Command Expansion”; GitHub's page “Workflow syntax”.)",
  example: {
    before: 'run: echo "URL=$(upsun url --primary --pipe)" >> "$GITHUB_ENV"',
    after: 'run: |\n  url=$(upsun url --primary --pipe)\n  echo "URL=$url" >> "$GITHUB_ENV"',
  },
  ignore: "The job may go on without it.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, calls }) =>
      calls
        .filter(({ part }) => part.own)
        .flatMap((each) => {
          const says = hiding(each, job.tolerant);
          if (says === undefined) return [];
          return {
            message: `${stepOfJob(each.part.step, job)} doesn't notice when ${each.call.name} fails: ${says}`,
            location: placeInPart(each.part, each.call),
            fix: byHand("Let the failure count", {
              what: "Whether the job may go on without it, only you know",
              next: "put the result into a variable by a line of its own, or take away what passes over the failure",
            }),
          };
        }),
    ),
});

function hiding({ call, part }: CiJobCall, jobIsTolerant: boolean): string | undefined {
  const { failing } = call.command;
  const changes = changesPlatform(call) || bringsData.has(call.name);
  if (failing.kind === "lost") {
    if (failing.by === "substitution")
      return isHandedOn(call.command, part.reading.commands) ? `it ${failing.says}` : undefined;
    const isHeeded = failing.by === "errexit off" && isHeededLater(call.command, part);
    return changes && !isHeeded ? `it ${failing.says}` : undefined;
  }
  if (!changes || failing.kind === "asked") return undefined;
  if (part.step.tolerant) return "the step may fail";
  return jobIsTolerant ? "the job may fail" : undefined;
}

/** Commands whose work is what they bring: half a dump that nobody notices is no dump. */
const bringsData: ReadonlySet<string> = new Set([
  "db:dump",
  "mount:download",
  "service:mongo:dump",
]);

/** Whether the script ends with the call's status, or reads it. */
function isHeededLater(command: CiCommand, { text, reading }: CiJobCall["part"]): boolean {
  const isLast = !reading.commands.some(({ start }) => start >= command.end);
  return isLast || readsStatusOf(text, command);
}

/** Whether what the call prints is kept for later, and not only shown. */
function isHandedOn(inner: CiCommand, commands: readonly CiCommand[]): boolean {
  const outer = commands
    .filter(({ start, end }) => start < inner.start && inner.end <= end)
    .toSorted((a, b) => b.start - a.start)[0];
  if (outer === undefined) return false;
  if (["export", "local", "declare", "readonly", "typeset"].includes(outer.program)) return true;
  return outer.into.some((target) => /GITHUB_(?:ENV|OUTPUT)|BASH_ENV|\.env\b/u.test(target));
}
