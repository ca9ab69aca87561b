import { scriptsOf } from "../../automation/scripts.ts";
import { byHand } from "../fix.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** The upsun command doesn't have all that platform has. */
export const cliCommandDisabled = rule({
  id: "cli-command-disabled",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A script calls a command that the CLI has only under its name platform.",
  why: "The CLI for Upsun leaves out commands that were replaced long ago. Called, it says that there is no such command. (Source of the CLI, `upsun-cli.yaml`.)",
  example: {
    before: "upsun variable:set env:RELEASE 42",
    after: "upsun variable:update env:RELEASE --value 42",
  },
  ignore: "Never: the command fails.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const successor = command.binary === "upsun" ? successors.get(command.name) : undefined;
        return successor === undefined
          ? []
          : [
              {
                message: `${from.called} calls ${command.name}, which upsun doesn't have`,
                location: placeIn(from, command),
                fix: byHand(`Use ${successor}`, {
                  what: "The two commands take their arguments differently",
                  next: `write the command with ${successor}`,
                }),
              },
            ];
      }),
    ),
});

/** What is disabled, and what there is instead. */
const successors: ReadonlyMap<string, string> = new Map([
  ["project:variable:delete", "variable:delete --level project"],
  ["project:variable:get", "variable:get --level project"],
  ["project:variable:set", "variable:create --level project or variable:update"],
  ["variable:set", "variable:create or variable:update"],
  ["variable:enable", "variable:update --enabled true"],
  ["variable:disable", "variable:update --enabled false"],
  ["local:build", "a build on the platform"],
  ["local:drush-aliases", "drush aliases of your own"],
]);
