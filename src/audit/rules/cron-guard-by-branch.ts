import { cronScripts } from "../../automation/scripts.ts";
import { guardVariablesOf } from "../../shell/guard.ts";
import { askedBranches, goneBranches } from "../evidence/asked-branches.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron is guarded by a branch, and nobody can say whether that is the default branch. */
export const cronGuardByBranch = rule({
  id: "cron-guard-by-branch",
  severity: "info",
  confidence: "low",
  needs: "files",
  fixable: "by-hand",
  what: "A cron is tied to a branch by its name, and it isn't known whether that is still the default branch.",
  why: "When the default branch gets another name, such a guard never holds again, and the cron does nothing without telling anyone. A guard that asks for the environment type goes on. (Manual: “Crons”, “Change the default environment”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: 'if [ "$PLATFORM_BRANCH" = master ]; then',
    after: 'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
  },
  ignore: "The cron is for that branch, whichever the default branch is.",
  check: ({ app, vendor, defaultBranch, branches, branchesInPart }) =>
    defaultBranch !== undefined && defaultBranch.isGuess !== true
      ? []
      : cronScripts(app).flatMap((cron) => {
          const seen = new Set<string>();
          return cron.reading.commands.flatMap(({ guard }) => {
            if (guard.kind !== "guarded" || guard.by.kind !== "branch") return [];
            // What was meant is told first.
            if (guard.flaws.length > 0) return [];
            const { branch } = guard.by;
            if (
              seen.has(branch) ||
              goneBranches(guard, branchesInPart ? undefined : branches) !== undefined
            )
              return [];
            if (askedBranches(guard)?.includes(defaultBranch?.name ?? "") === true) return [];
            // A branch that is there may be the default one, and has jobs of its own where it isn't.
            if (branches?.has(branch) === true) return [];
            seen.add(branch);
            return [
              {
                message: `${cron.called} asks for ${guardVariablesOf(vendorFor({ app, vendor }).vendor).branch} = ${branch}; sign in to see whether that is the default branch`,
                location: placeIn(cron, guard.literal),
              },
            ];
          });
        }),
});
