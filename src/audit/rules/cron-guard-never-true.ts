import {
  type AppScript,
  calledTexts,
  cronScripts,
  inScript,
  scriptWith,
} from "../../automation/scripts.ts";
import {
  type CliCommand,
  type Excerpt,
  type Flaw,
  type Repair,
  readScript,
  type ScriptReading,
} from "../../shell/script.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A guard is written in a way that dash takes for something else: the cron runs nowhere, or everywhere. */
export const cronGuardNeverTrue = rule({
  id: "cron-guard-never-true",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A cron's guard never holds, or always does, because of how it is written.",
  why: "Crons run in dash, where == and [[ ]] are errors and a missing blank or $ makes another test: the cron does nothing, or runs on every environment. (Manual: “Crons”, “Hooks”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `if [ "$PLATFORM_ENVIRONMENT_TYPE" == production ]; then
    platform backup:create --yes --no-wait
fi`,
    after: `if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
    platform backup:create --yes --no-wait
fi`,
  },
  ignore: "Never: the test doesn't do what it says.",
  check: ({ app }) =>
    cronScripts(app).flatMap((cron) => {
      const seen = new Set<string>();
      return cron.reading.commands.flatMap((command) =>
        [...flawsOf(cron, command), ...idleTest(cron, command)].filter(({ location }) => {
          const place = JSON.stringify(location);
          const isNew = !seen.has(place);
          seen.add(place);
          return isNew;
        }),
      );
    }),
});

/** Each test on the way to a command that can't say what was meant. */
function flawsOf(cron: AppScript, command: CliCommand) {
  return command.guard.flaws.map((flaw) => {
    const { says, repair } = flaw;
    return {
      message: `${cron.called} ${effectOn(command)}: its guard ${says}`,
      location: placeIn(cron, flaw),
      ...(repair === undefined ? {} : { fix: repairFix(cron, flaw, repair) }),
    };
  });
}

function repairFix(cron: AppScript, flaw: Flaw, { isSure: isClear, ...replacement }: Repair) {
  const isSure = isClear && !leavesDoubt(cron, { ...replacement, in: inScript(cron, flaw).in });
  const title = `Write the guard ${isSure ? "in POSIX form" : "as it was meant"}`;
  const promises = { kind: "meant", place: inScript(cron, flaw) } as const;
  const because = "its author may have meant something else";
  return scriptFix(
    cron,
    isSure ? { title, promises } : { title, disposition: "unsafe", because },
    replacement,
  );
}

/** Whether it then says something that no one can mean, such as that a branch is two at once. */
function leavesDoubt(cron: AppScript, replacement: Excerpt): boolean {
  const { start, end, text, in: path = "" } = replacement;
  const entry = cron.caller ?? cron;
  const { text: old } = scriptWith(cron, replacement);
  const edited = old.slice(0, start) + text + old.slice(end);
  const texts = calledTexts(cron.app);
  const then =
    path === ""
      ? readScript(edited, texts)
      : readScript(entry.script.text, new Map(texts).set(path, edited));
  return doubtsIn(then) > doubtsIn(entry.reading);
}

/** How many tests only their author can put right. */
function doubtsIn({ commands, called }: ScriptReading): number {
  return [...commands, ...[...called.values()].flatMap((script) => script.commands)]
    .flatMap(({ guard }) => guard.flaws)
    .filter(({ repair }) => repair?.isSure === false).length;
}

function effectOn({ guard, name }: CliCommand): string {
  if (guard.kind === "never") return `runs ${name} nowhere`;
  if (guard.kind === "unguarded") return `runs ${name} on every environment`;
  return `doesn't run ${name} where it should`;
}

/** A command that is never reached, or that everything reaches through tests which are written as they should be. */
function idleTest(cron: AppScript, command: CliCommand) {
  const { name, guard } = command;
  if (guard.flaws.length > 0) return [];
  if (guard.kind === "never" && guard.test === undefined && isForOthers(cron)) return [];
  if (guard.kind === "never" && guard.test === undefined)
    return [
      {
        message: `${cron.called} never runs ${name}: the script doesn't get there`,
        severity: "info" as const,
        confidence: "medium" as const,
        location: placeIn(cron, command),
      },
    ];
  if (guard.test === undefined || (guard.kind !== "never" && guard.kind !== "unguarded")) return [];
  const { text } = guard.test;
  return [
    {
      message:
        guard.kind === "never"
          ? `${cron.called} never runs ${name}: no environment gets past ${text} and what stands around it`
          : `${cron.called} runs ${name} on every environment: ${text} keeps none of them out`,
      location: placeIn(cron, guard.test),
    },
  ];
}

/** Whether a script does what its arguments say, so that with others it may get to what this call leaves out. */
function isForOthers({ caller, script }: AppScript): boolean {
  return caller !== undefined && /\$\{?[1-9@*#]/u.test(script.text);
}
