import { installedRelease } from "../../automation/installed-release.ts";
import { type AppScript, inScript, scriptsOf } from "../../automation/scripts.ts";
import { hasFlag, waitsByDefault } from "../../shell/cli-call.ts";
import type { Replacement } from "../../shell/replacement.ts";
import type { CliCommand } from "../../shell/script.ts";
import { refusedOptions } from "../evidence/refused-option.ts";
import { callFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A hook or cron waits for an activity that may itself wait for the hook or cron to end. */
export const noWaitMissing = rule({
  id: "no-wait-missing",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A hook, a cron or an operation runs a CLI command that waits, without --no-wait.",
  why: "A running cron blocks deployments and an activity can wait for the cron, so the two hold each other up. Newer releases guess that they are in a hook; --no-wait says so. (Manual: “Troubleshoot development”.)",
  manual: "development/troubleshoot",
  example: {
    before: "platform backup:create --yes",
    after: "platform backup:create --no-wait --yes",
  },
  ignore: "A later command of the same script needs the activity to be finished.",
  check: ({ app }) =>
    // Nothing waits for the command that starts an app, or for a task, to end; everything else holds an activity up.
    scriptsOf(app)
      .filter(({ kind }) => kind !== "start" && kind !== "task")
      .flatMap((from) =>
        from.reading.commands
          .filter(
            (command) =>
              waitsByDefault(command) &&
              !hasFlag(command, "--no-wait", "W") &&
              !misspellsNoWait(command, from),
          )
          .map((command) => ({
            message: `${from.called} waits for ${command.name} to finish`,
            severity: isSure(command) ? ("error" as const) : ("warning" as const),
            location: placeIn(from, command),
            fix: callFix(
              from,
              command,
              {
                title: `Add --no-wait to ${command.name}`,
                promises: {
                  kind: "words",
                  call: { ...inScript(from, command), name: command.written },
                  change: hasFlag(command, "--wait")
                    ? { replace: "--wait", by: "--no-wait" }
                    : { add: "--no-wait", after: command.written },
                  loses: "with --no-wait that only says whether it was started",
                },
              },
              noWait(command),
            ),
          })),
      ),
});

/** Whether a call has --no-wait in a form at which it ends with an error, of which cli-option-unknown tells. */
function misspellsNoWait(command: CliCommand, from: AppScript): boolean {
  const refused = refusedOptions(command, installedRelease(from, command), from.script.text);
  return refused.some(({ meant }) => meant === "--no-wait");
}

/** The CLI only guesses in dash, and not against an order to wait. */
function isSure(command: CliCommand): boolean {
  return command.shell === "bash" || hasFlag(command, "--wait");
}

function noWait(command: CliCommand): Replacement {
  const wait = command.arguments.find(({ text }) => text === "--wait");
  if (wait !== undefined) return { start: wait.start, end: wait.end, text: "--no-wait" };
  return { start: command.nameEnd, end: command.nameEnd, text: " --no-wait" };
}
