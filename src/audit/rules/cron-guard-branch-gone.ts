import { cronScripts } from "../../automation/scripts.ts";
import { guardVariables, shellWord } from "../../shell/guard.ts";
import { scriptFix } from "../fix.ts";
import { placeIn } from "../places.ts";
import { renamedTo } from "../renamed.ts";
import { rule } from "../rule.ts";

/** A cron is guarded by a branch that the checkout doesn't have any more. */
export const cronGuardBranchGone = rule({
  id: "cron-guard-branch-gone",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "A cron runs only on master, where the repository has main instead, or the other way round.",
  why: "A guard that asks for a branch which isn't there never holds, and the cron does nothing without telling anyone. (Manual: “Change the default environment”.)",
  manual: "environments/default-environment",
  example: {
    before: `# the branches are main and staging
if [ "$PLATFORM_BRANCH" = master ]; then`,
    after: `# the branches are main and staging
if [ "$PLATFORM_BRANCH" = main ]; then`,
  },
  ignore: "The branch is on the platform, and this checkout doesn't know it.",
  check: ({ app, defaultBranch, branches }) =>
    defaultBranch !== undefined || branches === undefined
      ? []
      : cronScripts(app).flatMap((cron) => {
          const seen = new Set<number>();
          return cron.reading.commands.flatMap(({ guard }) => {
            if (guard.kind !== "guarded" || guard.by.kind !== "branch") return [];
            const { by, literal, others } = guard;
            const renamed = renamedTo(by.branch, branches);
            if (renamed === undefined || others.length > 0 || seen.has(literal.start)) return [];
            seen.add(literal.start);
            return [
              {
                message: `${cron.called} asks for ${guardVariables.branch} = ${by.branch}, but the repository has ${renamed} and no ${by.branch}`,
                location: placeIn(cron, literal),
                fix: scriptFix(
                  cron,
                  { title: `Ask for the branch ${renamed}`, disposition: "unsafe" },
                  { ...literal, text: shellWord(renamed) },
                ),
              },
            ];
          });
        }),
});
