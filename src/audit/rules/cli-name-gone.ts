import { buildInstallers } from "../../automation/installers.ts";
import { inScript, scriptsOf } from "../../automation/scripts.ts";
import { formerNames } from "../../shell/cli-commands.ts";
import { vendorOfBinary } from "../../vendors/registry.ts";
import { scriptFix } from "../fix.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** A command is called by a name that the current CLI doesn't know any more. */
export const cliNameGone = rule({
  id: "cli-name-gone",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "A script calls a command of the CLI by an old name, which the current version doesn't know.",
  why: "Up to version 4 the CLI also took names as snapshot:create. Version 5, which the current installer brings, says that there is no such command, and ends with an error. (Seen with version 5.11.1 of the CLI.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform snapshot:create --yes --no-wait",
    after: "platform backup:create --yes --no-wait",
  },
  ignore: "An old version of the CLI is kept on purpose.",
  check: ({ app }) => {
    const isCurrent = buildInstallers(app).some(({ installation: { way } }) => way === "bash");
    return scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap(({ binary, written, nameEnd, start, end }) => {
        const name = formerNames.get(written);
        const nameStart = nameEnd - written.length;
        if (name === undefined || vendorOfBinary(binary)?.commandNames[written] !== undefined)
          return [];
        return [
          {
            message: `${from.called} calls ${written}, which the current CLI has only as ${name}`,
            ...(isCurrent ? { severity: "error" as const, confidence: "high" as const } : {}),
            location: placeIn(from, { start, end }),
            ...(from.script.text.slice(nameStart, nameEnd) === written
              ? {
                  fix: scriptFix(
                    from,
                    {
                      title: `Call it ${name}`,
                      promises: {
                        kind: "words",
                        call: { ...inScript(from, { start, end }), name: written },
                        change: { replace: written, by: name },
                      },
                    },
                    { start: nameStart, end: nameEnd, text: name },
                  ),
                }
              : {}),
          },
        ];
      }),
    );
  },
});
