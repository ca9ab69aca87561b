import { type AppScript, scriptsOf } from "../../automation/scripts.ts";
import { whereDashStops } from "../../shell/dash.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import { cuttingComment } from "../evidence/cutting-comment.ts";
import { joinsCommands } from "../evidence/joined-lines.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeAt, placeIn } from "../findings/places.ts";
import { type Rule, rule } from "../rule.ts";

/** A script can't be read to its end: dash stops at an error in its syntax. */
export const scriptSyntaxError = rule({
  id: "script-syntax-error",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A script has an error in its syntax, at which dash stops.",
  why: "Hooks and crons run in dash, which reads a script command by command. At an error it ends with a message in the log, and runs neither the command that the error is in nor any after it. (Manual: “Hooks”.)",
  manual: "create-apps/hooks",
  example: {
    before: `if [ "$PLATFORM_BRANCH" = main ] then
    platform backup:create --yes --no-wait
fi`,
    after: `if [ "$PLATFORM_BRANCH" = main ]; then
    platform backup:create --yes --no-wait
fi`,
  },
  ignore: "Never: dash doesn't get beyond it.",
  check: ({ app, environmentFile }) => [
    ...scriptsOf(app)
      .filter((from) => from.shell === "dash" && !hasAnotherCause(from))
      .flatMap((from) => {
        const stop = whereDashStops(from.script.text);
        if (stop === undefined || stop.bashism !== undefined) return [];
        return [
          {
            message: `${from.called} has a syntax error, at which dash stops: ${stop.says}`,
            location: placeIn(from, stop),
            ...(stop.repair === undefined
              ? {}
              : {
                  fix: scriptFix(
                    from,
                    { title: "Put a semicolon where one is missing", disposition: "unsafe" },
                    stop.repair,
                  ),
                }),
          },
        ];
      }),
    ...(environmentFile === undefined ? [] : inEnvironment(environmentFile)),
  ],
});

/** A shell that stops while it reads `.environment` runs nothing of the hook or the cron that it was started for. */
function inEnvironment(file: TextFile): ReturnType<Rule["check"]> {
  const stop = whereDashStops(file.text);
  if (stop === undefined || stop.bashism !== undefined) return [];
  return [
    {
      message: `${file.shown} has a syntax error, at which dash stops: ${stop.says}`,
      location: placeAt(file, stop.start, stop.end),
    },
  ];
}

/** What YAML makes of the lines, and carriage returns, are told as that. */
function hasAnotherCause({ script }: AppScript): boolean {
  return (
    joinsCommands(script) ||
    cuttingComment(script) !== undefined ||
    (script.style === "included" && script.text.includes("\r\n"))
  );
}
