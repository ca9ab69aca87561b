import { cronScripts } from "../../automation/scripts.ts";
import type { CliCommand, Flaw } from "../../shell/script.ts";
import { scriptFix } from "../fix.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** A guard is written in a way that dash takes for something else: the cron runs nowhere, or everywhere. */
export const cronGuardNeverTrue = rule({
  id: "cron-guard-never-true",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A cron's guard never holds, or always does, because of how it is written.",
  why: "Crons run in dash, where == and [[ ]] are errors and a missing blank or $ makes another test: the cron does nothing, or runs on every environment. (Manual: “Crons”, “Hooks”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `if [ "$PLATFORM_ENVIRONMENT_TYPE" == production ]; then
    platform backup:create --yes --no-wait
fi`,
    after: `if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
    platform backup:create --yes --no-wait
fi`,
  },
  ignore: "Never: the test doesn't do what it says.",
  check: ({ app }) =>
    cronScripts(app).flatMap((cron) => {
      const seen = new Set<number>();
      return cron.reading.commands.flatMap((command) => {
        const flaw = flawOf(command);
        if (flaw === undefined || seen.has(flaw.start)) return [];
        seen.add(flaw.start);
        const effect = command.guard.kind === "never" ? "nowhere" : "on every environment";
        const { repair } = flaw;
        return [
          {
            message: `${cron.called} runs ${command.name} ${effect}: its guard ${flaw.says}`,
            location: placeIn(cron, flaw),
            ...(repair === undefined
              ? {}
              : {
                  fix: scriptFix(
                    cron,
                    { title: "Write the guard in POSIX form", disposition: "safe" },
                    repair,
                  ),
                }),
          },
        ];
      });
    }),
});

function flawOf({ guard }: CliCommand): Flaw | undefined {
  return guard.kind === "never" || guard.kind === "unguarded" ? guard.flaw : undefined;
}
