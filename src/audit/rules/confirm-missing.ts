import { type AppScript, inScript, scriptsOf } from "../../automation/scripts.ts";
import { effectWithoutAnswer, hasFlag, whyIdle } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { byHand, callFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A command asks for confirmation where nobody can give it. */
export const confirmMissing = rule({
  id: "confirm-missing",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A script runs a CLI command that asks for confirmation, without --yes, or with the answer no.",
  why: "Without a terminal the CLI takes the question's default. Mostly that is yes, and --yes doesn't depend on it. Where it is no, as before something is deleted or a bare environment:synchronize, the command ends with an error and never does its work. (Manual: “CLI command reference”; source of the CLI.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform environment:redeploy --no-wait",
    after: "platform environment:redeploy --yes --no-wait",
  },
  ignore: "The script sets PLATFORMSH_CLI_NO_INTERACTION elsewhere, and the default is yes.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const idle = whyIdle(command);
        if (idle === "refused") return [refusalOf(from, command)];
        return hasFlag(command, "--yes", "y") || hasFlag(command, "--no", "n")
          ? []
          : problemOf(from, command, idle === "unanswered");
      }),
    ),
});

/** `-n` is the answer no, where other programs mean that nothing is asked (source of the CLI, 5.11). */
function refusalOf(from: AppScript, command: CliCommand) {
  return {
    message: `${from.called} runs ${command.name} with the answer no to its question, so that it never does its work`,
    severity: "warning" as const,
    location: placeIn(from, command),
    fix: byHand(`Let ${command.name} do its work, or leave it out`, {
      what: "Whether it was to do its work, only you know",
      next: "write --yes in place of -n or --no",
    }),
  };
}

function problemOf(from: AppScript, command: CliCommand, isIdle: boolean) {
  const location = placeIn(from, command);
  const title = `Add --yes to ${command.name}`;
  const addition = { start: command.nameEnd, end: command.nameEnd, text: " --yes" };
  if (isIdle) {
    const because = "it then does what it never did";
    return [
      {
        message: `${from.called} runs ${command.name}, which asks for confirmation and never does its work, because the answer is no where nobody gives one`,
        severity: "warning" as const,
        location,
        fix: callFix(from, command, { title, disposition: "unsafe", because }, addition),
      },
    ];
  }
  const does = effectWithoutAnswer(command);
  if (does === "works or does nothing") {
    const because = "without a word of what to do it then does what it never did";
    return [
      {
        message: `${from.called} runs ${command.name}, which asks for confirmation, and does nothing where its arguments are empty`,
        location,
        fix: callFix(from, command, { title, disposition: "unsafe", because }, addition),
      },
    ];
  }
  if (does === undefined || isTakenForYes(from, command)) return [];
  const call = { ...inScript(from, command), name: command.written };
  const change = { add: "--yes", after: command.written };
  return [
    {
      message: `${from.called} runs ${command.name}, which asks for confirmation`,
      location,
      fix: callFix(from, command, { title, promises: { kind: "words", call, change } }, addition),
    },
  ];
}

/** Whether the script says itself that the default is to be taken. */
function isTakenForYes({ script }: AppScript, command: CliCommand): boolean {
  return hasFlag(command, "--no-interaction") || /CLI_NO_INTERACTION=1/u.test(script.text);
}
