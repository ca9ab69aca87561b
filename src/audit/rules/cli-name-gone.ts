import { installedRelease } from "../../automation/installed-release.ts";
import { missingCommand } from "../../automation/missing-command.ts";
import { type AppScript, inScript, scriptsOf } from "../../automation/scripts.ts";
import type { CliCommand } from "../../shell/script.ts";
import { type Mending, mendingOf, missingSaid } from "../evidence/missing-command.ts";
import type { FixPlan } from "../finding.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A command is called by a name that the CLI doesn't know: not any more, not yet, or not at all. */
export const cliNameGone = rule({
  id: "cli-name-gone",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "A script calls a command of the CLI by a name that the installed version doesn't know.",
  why: "Up to version 4 the CLI also took older names, such as snapshot:create. Version 5, which the current installer brings, says that there is no such command, and ends with an error; a release that is pinned to an older one doesn't know newer names. A name that no command of 5.11.1 has, such as pause for environment:pause, ends the same way; so does an option in front of the command with its value behind a blank, because the CLI takes the value for the command. (Seen with version 5.11.1 of the CLI; tags of platformsh/legacy-cli.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform snapshot:create --yes --no-wait",
    after: "platform backup:create --yes --no-wait",
  },
  ignore: "Another CLI than the one that is installed is called.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const installed = installedRelease(from, command);
        const missing = missingCommand(command, installed);
        if (missing === undefined) return [];
        const { text } = from.script;
        const { says, ...others } = missingSaid(command, missing, text);
        const mending = mendingOf(command, missing, installed, text);
        return [
          {
            message: `${from.called} ${says}`,
            ...others,
            location: placeIn(from, command),
            ...(mending === undefined ? {} : { fix: fixBy(mending, from, command) }),
          },
        ];
      }),
    ),
});

function fixBy(
  { title, does, replacement }: Mending,
  from: AppScript,
  { written, start, end }: CliCommand,
): FixPlan {
  if (does.kind === "unsure")
    return scriptFix(from, { title, disposition: "unsafe", because: does.because }, replacement);
  const call = { ...inScript(from, { start, end }), name: written };
  const { change } = does;
  return scriptFix(from, { title, promises: { kind: "words", call, change } }, replacement);
}
