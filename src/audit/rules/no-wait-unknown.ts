import { scriptsOf } from "../../automation/scripts.ts";
import { cliCommand } from "../../shell/cli-commands.ts";
import { firstRunOf, scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A command is given a flag it doesn't know, and refuses to run. */
export const noWaitUnknown = rule({
  id: "no-wait-unknown",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A CLI command is given --no-wait, which it doesn't know.",
  why: "The CLI refuses options that a command doesn't have, so the command never does anything. (Manual: “CLI command reference”.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform task:run reindex --no-wait --yes",
    after: "platform task:run reindex --yes",
  },
  ignore: "Never: the command fails.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const waiting = cliCommand(command.name)?.waiting;
        const flag = command.arguments.find(({ text }) => text === "--no-wait" || text === "-W");
        if (flag === undefined || (waiting !== "never" && waiting !== "on-request")) return [];
        const before = /\s*$/u.exec(from.script.text.slice(0, flag.start))?.[0].length ?? 0;
        return [
          {
            message: `${from.called} gives ${flag.text} to ${command.name}, which doesn't know it`,
            location: placeIn(from, flag),
            fix: scriptFix(
              from,
              {
                title: `Take ${flag.text} away from ${command.name}`,
                disposition: "unsafe",
                because: firstRunOf(command.name),
              },
              { start: flag.start - before, end: flag.end, text: "" },
            ),
          },
        ];
      }),
    ),
});
