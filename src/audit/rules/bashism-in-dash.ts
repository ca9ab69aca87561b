import { replaceInFile } from "../../appfile/operations.ts";
import { type AppScript, inScript, scriptsOf } from "../../automation/scripts.ts";
import { bashismsIn, whereDashStops } from "../../shell/dash.ts";
import type { CliCommand } from "../../shell/script.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import { fileFix, scriptFix } from "../findings/fix.ts";
import { placeAt, placeIn } from "../findings/places.ts";
import { type Rule, rule } from "../rule.ts";

/** A script has something from bash, and dash runs it. */
export const bashismInDash = rule({
  id: "bashism-in-dash",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A script that dash runs uses something that only bash has.",
  why: "Hooks, crons and other commands run in dash, also where SSH opens a bash. Dash stops at some of these with an error and takes others for something else. (Manual: “Hooks”.)",
  manual: "create-apps/hooks",
  example: {
    before: "source ./scripts/settings.sh",
    after: ". ./scripts/settings.sh",
  },
  ignore: "The line is never reached in dash.",
  check: ({ app, environmentFile }) => [
    ...scriptsOf(app)
      .filter(({ shell }) => shell === "dash")
      .flatMap((from) => {
        const cause = whereDashStops(from.script.text)?.bashism?.start;
        return bashismsIn(from.script.text)
          .filter(({ start }) => !isToldAsGuard(from, start))
          .map((bashism) => ({
            message: `${from.called} uses ${bashism.what}, ${bashism.start === cause ? "at which dash stops" : "which dash doesn't know"}`,
            ...(bashism.start === cause ? { severity: "error" as const } : {}),
            location: placeIn(from, bashism),
            ...(bashism.repair === undefined
              ? {}
              : {
                  fix: scriptFix(
                    from,
                    {
                      title: `Write ${bashism.what} in POSIX form`,
                      promises: { kind: "meant", place: inScript(from, bashism) },
                    },
                    bashism.repair,
                  ),
                }),
          }));
      }),
    ...(environmentFile === undefined ? [] : inEnvironment(environmentFile)),
  ],
});

/** Every shell of the app reads its `.environment`, and that of a hook or a cron is dash. */
function inEnvironment(file: TextFile): ReturnType<Rule["check"]> {
  const cause = whereDashStops(file.text)?.bashism?.start;
  return bashismsIn(file.text).map(({ what, start, end, repair }) => ({
    message: `${file.shown} uses ${what}, ${start === cause ? "at which dash stops" : "which dash doesn't know"}`,
    ...(start === cause ? { severity: "error" as const } : {}),
    location: placeAt(file, start, end),
    ...(repair === undefined
      ? {}
      : {
          fix: fileFix({ title: `Write ${what} in POSIX form`, disposition: "unsafe" }, () =>
            replaceInFile(file, repair),
          ),
        }),
  }));
}

/** A guard that never holds because of it is found as that, with what it means for the commands behind it. */
function isToldAsGuard({ kind, reading }: AppScript, start: number): boolean {
  const flawed = ({ guard }: CliCommand) => guard.flaws.some((flaw) => flaw.start === start);
  return kind === "cron" && reading.commands.some(flawed);
}
