import { type AppScript, scriptsOf } from "../../automation/scripts.ts";
import { forgetsEnvironment, targetOf } from "../../automation/target.ts";
import { usualDefaults } from "../../git/production.ts";
import { changesPlatform, flagValue } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { byHand, callFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** A command is for another environment than its neighbour, or than a dot makes one believe. */
export const environmentForgotten = rule({
  id: "environment-forgotten",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "One command of a script names its environment and a later one doesn't, or -e . sends a command that runs on several environments to the default one.",
  why: "Without -e, the CLI acts on the environment that the script runs in. Behind a command with -e staging, one without it changes production, say, where staging was meant. And -e . is the default environment, which is production, wherever the command runs. (Manual: “Source operations”; source of the CLI, `Selector`.)",
  manual: "create-apps/source-operations",
  example: {
    before: `platform sync code data -e update-dependencies --yes --no-wait
platform source-operation:run update --no-wait`,
    after: `platform sync code data -e update-dependencies --yes --no-wait
platform source-operation:run -e update-dependencies update --no-wait`,
  },
  ignore: "The second command is for the environment that the script runs in.",
  check: (facts) =>
    scriptsOf(facts.app).flatMap((from) => {
      const { commands } = from.reading;
      return commands.flatMap((command) => {
        if (takesDotForOwn(from, command, facts))
          return [
            {
              message: `${from.called} runs ${command.name} with -e ., which is the project's default environment and not the one it is in`,
              location: placeIn(from, command),
              fix: byHand(`Say which environment ${command.name} is for`, {
                what: "Whether the one that it runs on was meant, only you know",
                next: "leave -e out, or write the environment's name in place of the dot",
              }),
            },
          ];
        const first = forgetsEnvironment(command, commands);
        if (first === undefined) return [];
        const written = from.script.text.slice(first.start, first.end);
        const option = /(?:\s-e\s*|\s--environment[=\s])("[^"]*"|'[^']*'|\S+)/u.exec(written)?.[1];
        const environment = flagValue(first, "--environment", "e");
        return [
          {
            message: `${from.called} runs ${first.name} on ${environment}, and then ${command.name} on the environment it is in`,
            location: placeIn(from, command),
            ...(option === undefined
              ? {}
              : {
                  fix: callFix(
                    from,
                    command,
                    { title: `Run ${command.name} on ${environment} too`, disposition: "unsafe" },
                    { start: command.nameEnd, end: command.nameEnd, text: ` -e ${option}` },
                  ),
                }),
          },
        ];
      });
    }),
});

/**
 * Whether a command changes the default environment, as `-e .` has it, and runs on others than that. A source operation
 * of a cron is what `source-operation-on-production` is about.
 */
function takesDotForOwn(
  { kind }: AppScript,
  command: CliCommand,
  { defaultBranch }: AuditFacts,
): boolean {
  if (targetOf(command).kind !== "default" || !changesPlatform(command)) return false;
  if (kind === "cron" && command.name === "source-operation:run") return false;
  const { guard } = command;
  if (guard.kind !== "guarded") return guard.kind === "unguarded" && kind !== "build";
  const defaults = defaultBranch === undefined ? usualDefaults : [defaultBranch.name];
  return [guard, ...guard.others].some(({ by }) =>
    by.kind === "type" ? by.type !== "production" : !defaults.includes(by.branch),
  );
}
