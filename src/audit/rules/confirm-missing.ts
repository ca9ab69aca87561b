import { inScript, scriptsOf } from "../../automation/scripts.ts";
import { hasFlag } from "../../shell/cli-call.ts";
import { cliCommand } from "../../shell/cli-commands.ts";
import type { CliCommand } from "../../shell/script.ts";
import { scriptFix } from "../fix.ts";
import { placeIn } from "../places.ts";
import { rule } from "../rule.ts";

/** A command asks for confirmation where nobody can give it. */
export const confirmMissing = rule({
  id: "confirm-missing",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A script runs a CLI command that asks for confirmation, without --yes.",
  why: "Without a terminal the CLI takes the question's default, which is yes today. --yes doesn't depend on that. (Manual: “CLI command reference”.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform environment:redeploy --no-wait",
    after: "platform environment:redeploy --yes --no-wait",
  },
  ignore: "The script sets PLATFORMSH_CLI_NO_INTERACTION elsewhere.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands
        .filter((command) => asks(command) && !/CLI_NO_INTERACTION=1/u.test(from.script.text))
        .map((command) => ({
          message: `${from.called} runs ${command.name}, which asks for confirmation`,
          location: placeIn(from, command),
          fix: scriptFix(
            from,
            {
              title: `Add --yes to ${command.name}`,
              promises: {
                kind: "words",
                call: { ...inScript(from, command), name: command.written },
                change: { add: "--yes", after: command.written },
              },
            },
            { start: command.nameEnd, end: command.nameEnd, text: " --yes" },
          ),
        })),
    ),
});

function asks(command: CliCommand): boolean {
  const answered =
    hasFlag(command, "--yes", "y") ||
    hasFlag(command, "--no-interaction") ||
    hasFlag(command, "--no", "n");
  return cliCommand(command.name)?.confirms === true && !answered;
}
