import { cronScripts } from "../../automation/scripts.ts";
import { guardVariablesOf, shellWord } from "../../shell/guard.ts";
import { goneBranches } from "../evidence/asked-branches.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron is guarded by a branch that the checkout doesn't have any more. */
export const cronGuardBranchGone = rule({
  id: "cron-guard-branch-gone",
  // Only the platform knows its environments; what a checkout lets one guess is the ground of no error.
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "A cron runs only on branches that the repository doesn't have: on master, where it has main instead, on Main or on mian.",
  why: "A guard that asks for a branch which isn't there never holds, and the cron does nothing without telling anyone. (Manual: “Change the default environment”.)",
  manual: "environments/default-environment",
  example: {
    before: `# the branches are main and staging
if [ "$PLATFORM_BRANCH" = master ]; then`,
    after: `# the branches are main and staging
if [ "$PLATFORM_BRANCH" = main ]; then`,
  },
  ignore: "The branch exists on the platform, and this checkout doesn't know of it.",
  check: ({ app, vendor, defaultBranch, branches, branchesInPart }) =>
    defaultBranch !== undefined && defaultBranch.isGuess !== true
      ? []
      : cronScripts(app).flatMap((cron) => {
          const seen = new Set<number>();
          return cron.reading.commands.flatMap(({ guard }) => {
            const found = goneBranches(guard, branchesInPart ? undefined : branches);
            if (found === undefined || guard.kind !== "guarded") return [];
            const { gone, now } = found;
            const { literal } = guard;
            if (seen.has(literal.start)) return [];
            seen.add(literal.start);
            const asked = gone.join(" or ");
            const title = `Ask for the branch ${now}`;
            return [
              {
                message: `${cron.called} asks for ${guardVariablesOf(vendorFor({ app, vendor }).vendor).branch} = ${asked}, but the repository has ${now} and no ${asked}`,
                location: placeIn(cron, literal),
                // Which of several is to be what is there now, only a person knows.
                ...(gone.length > 1
                  ? {}
                  : {
                      fix: scriptFix(
                        cron,
                        { title, disposition: "unsafe" },
                        { ...literal, text: shellWord(now) },
                      ),
                    }),
              },
            ];
          });
        }),
});
