import { cronScripts } from "../../automation/scripts.ts";
import { targetOf } from "../../automation/target.ts";
import { changesPlatform, positionals } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** A cron changes the environment it runs in, and which environments these are can't be told, or isn't production. */
export const cronGuardUnclear = rule({
  id: "cron-guard-unclear",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A cron runs a CLI command that changes something, and the script doesn't tell on which environments, or tells that it is all but production.",
  why: "Crons come with the code, so each preview environment runs them too. What keeps this one off them is something that the audit can't judge, so that it says neither that the guard is right nor that one is missing. A backup that is made everywhere but on production protects nothing that counts. (Manual: “Crons”, conditional crons; “Back up environments”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `if echo "$PLATFORM_BRANCH" | grep -q main; then
    platform backup:create --yes --no-wait
fi`,
    after: `if [ "$PLATFORM_BRANCH" = main ]; then
    platform backup:create --yes --no-wait
fi`,
  },
  ignore: "You know where it runs, and it is meant to run there.",
  check: (facts) =>
    cronScripts(facts.app).flatMap((cron) =>
      cron.reading.commands.flatMap((command) => {
        const said = unclear(command, facts);
        return said === undefined
          ? []
          : [
              {
                ...said,
                message: `${cron.called} ${said.message}`,
                location: placeIn(cron, command),
              },
            ];
      }),
    ),
});

function unclear(command: CliCommand, { defaultBranch }: AuditFacts) {
  const { guard, name } = command;
  if (guard.flaws.length > 0) return undefined;
  if (guard.kind === "unguarded" && guard.test === undefined) return openWord(command);
  if (guard.kind !== "unknown") return undefined;
  if (!changesPlatform(command) || targetOf(command).kind !== "own") return undefined;
  const { allBut, why } = guard;
  if (allBut === undefined) return { message: `runs ${name} where that can't be told: ${why}` };
  const place = allBut.kind === "type" ? allBut.type : allBut.branch;
  const isProduction = place === (allBut.kind === "type" ? "production" : defaultBranch?.name);
  const message = `runs ${name} on every environment but ${place}`;
  if (!isProduction) return { message };
  // Whatever else is kept off production alone was meant for all the others.
  return name === "backup:create" ? { message, severity: "warning" as const } : undefined;
}

/** `backup:create $OPTIONS`, where an environment may stand; an environment behind an option was chosen. */
function openWord(command: CliCommand) {
  const target = targetOf(command);
  const isWord = positionals(command).some(
    ({ text }) => target.kind === "unknown" && text === target.written,
  );
  if (target.kind !== "unknown" || !isWord || !changesPlatform(command)) return undefined;
  return {
    message: `runs ${command.name} wherever it is, and on what can't be told: only the shell knows what ${target.written} stands for`,
  };
}
