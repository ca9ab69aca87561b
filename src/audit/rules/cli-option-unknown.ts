import { installedRelease } from "../../automation/installed-release.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { refusedOptions } from "../evidence/refused-option.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A call has an option that its command doesn't have, and so never does its work. */
export const cliOptionUnknown = rule({
  id: "cli-option-unknown",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A script calls a command of the CLI with an option that the command doesn't have.",
  why: "The CLI takes an option only as it is written in full, and ends with an error at one that it doesn't know, before it does anything: --nowait is none, and --wait only one of commands that can wait. (Seen with version 5.11.1 of the CLI.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform backup:create --yes --nowait",
    after: "platform backup:create --yes --no-wait",
  },
  ignore: "Another CLI than the official one is called.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const { text } = from.script;
        return refusedOptions(command, installedRelease(from, command), text).flatMap(
          // no-wait-unknown tells of that one.
          ({ option, says, place, mending }) =>
            option === "--no-wait"
              ? []
              : [
                  {
                    message: `${from.called} ${says}`,
                    location: placeIn(from, place),
                    ...(mending === undefined
                      ? {}
                      : { fix: scriptFix(from, mending.title, mending.replacement) }),
                  },
                ],
        );
      }),
    ),
});
