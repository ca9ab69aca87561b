import { cronScripts } from "../../automation/scripts.ts";
import { usualDefaults } from "../../git/production.ts";
import { guardVariablesOf, shellWord } from "../../shell/guard.ts";
import { askedBranches } from "../evidence/asked-branches.ts";
import { listsEveryEnvironment } from "../evidence/at-home.ts";
import { vendorFor } from "../evidence/vendor.ts";
import type { Confidence, Severity } from "../finding.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron is guarded by a branch, and the default branch has another name. */
export const cronGuardNotDefaultBranch = rule({
  id: "cron-guard-not-default-branch",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A cron runs only on a branch that isn't the project's default branch, and has no environment.",
  why: "After the default branch was renamed, a guard that still asks for the old name never holds, and the cron does nothing without telling anyone. (Manual: “Change the default environment”.)",
  manual: "environments/default-environment",
  example: {
    before: `# the default branch is main
crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = master ]; then
                    platform backup:create --yes --no-wait
                fi`,
    after: `# the default branch is main
crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = main ]; then
                    platform backup:create --yes --no-wait
                fi`,
  },
  ignore:
    "The cron is meant for that other branch, as one that updates dependencies may be. Where the crons of an app ask for several branches, only one that asks for main or master is more than a hint.",
  check: ({ app, vendor, defaultBranch, branches: inCheckout, platform }) => {
    // What the Git host calls its default says nothing about the platform.
    if (defaultBranch === undefined || defaultBranch.isGuess === true) return [];
    // The one that is asked for may be one that the API's answer lacks, or has no name for.
    if (platform !== undefined && !listsEveryEnvironment(platform)) return [];
    const { name, because } = defaultBranch;
    const there = new Set(platform?.environments?.map(({ id }) => id) ?? inCheckout);
    const crons = cronScripts(app);
    const asked = new Set(crons.flatMap(({ reading }) => [...reading.branches]));
    return crons.flatMap((cron) => {
      const seen = new Set<number>();
      return cron.reading.commands.flatMap(({ guard }) => {
        const branches = askedBranches(guard);
        if (guard.kind !== "guarded" || branches === undefined || branches.includes(name))
          return [];
        // A job for another environment that is there is right.
        if (branches.some((branch) => there.has(branch))) return [];
        const { by, literal } = guard;
        if (by.kind !== "branch" || seen.has(literal.start)) return [];
        seen.add(literal.start);
        const title = `Ask for the branch ${name}`;
        const plain = unquoted(literal.text) === by.branch && guard.others.length === 0;
        return [
          {
            message: `${cron.called} asks for ${guardVariablesOf(vendorFor({ app, vendor }).vendor).branch} = ${by.branch}, but the default branch is ${name} (${because})${aside(asked)}`,
            ...howSure(by.branch, name, asked),
            location: placeIn(cron, literal),
            ...(plain
              ? {
                  fix: scriptFix(
                    cron,
                    { title, disposition: "unsafe" },
                    { ...literal, text: shellWord(name) },
                  ),
                }
              : {}),
          },
        ];
      });
    });
  },
});

function aside(asked: ReadonlySet<string>): string {
  return asked.size === 1 ? "" : `; the app's crons ask for ${[...asked].join(", ")}`;
}

/** Crons that ask for different branches do so on purpose, but for a guard that was left behind at a renaming. */
function howSure(
  branch: string,
  defaultBranch: string,
  asked: ReadonlySet<string>,
): { readonly severity?: Severity; readonly confidence?: Confidence } {
  if (asked.size === 1) return {};
  if (!usualDefaults.includes(branch)) return { severity: "info", confidence: "low" };
  return asked.has(defaultBranch) ? { severity: "warning", confidence: "medium" } : {};
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/u, "$2");
}
