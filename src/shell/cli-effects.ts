import { type CliInvocation, hasFlag } from "./cli-call.ts";
import { cliCommand } from "./cli-commands.ts";

/** Whether the command starts an activity that it waits for unless told otherwise. */
export function waitsByDefault(call: CliInvocation): boolean {
  const waiting = cliCommand(call.name)?.waiting;
  return waiting === "always" || (waiting === "when-setting" && sets(call));
}

/** Whether the command changes something on the platform. */
export function changesPlatform(call: CliInvocation): boolean {
  return (
    waitsByDefault(call) ||
    cliCommand(call.name)?.waiting === "on-request" ||
    changingAtOnce.has(call.name)
  );
}

/** Commands that change something and have nothing to wait for, or don't wait for it (source of the CLI, 5.11). */
const changingAtOnce = new Set([
  "activity:cancel",
  "autoscaling:set",
  "blue-green:conclude",
  "blue-green:deploy",
  "blue-green:enable",
  "project:clear-build-cache",
  "resources:build:set",
]);

/**
 * What a command does where it asks and nobody answers: its work, for the question's default is yes, or none. Undefined
 * for one that asks nothing, or only at times.
 */
export function effectWithoutAnswer(call: CliInvocation): "works" | "does nothing" | undefined {
  const asks = cliCommand(call.name)?.asks;
  if (asks === "no") return "does nothing";
  if (asks === "no unless told what") return positionals(call) > 1 ? "works" : "does nothing";
  return asks === "yes" ? "works" : undefined;
}

/** Property and value, as in `environment:info title Shop`, where one argument alone only reads; or an option. */
function sets(call: CliInvocation): boolean {
  const options = settingOptions.get(cliCommand(call.name)?.name ?? "") ?? [];
  return positionals(call) > 2 || options.some(([long, short]) => hasFlag(call, long, short));
}

/** The options that have a command set what it reads otherwise (source of the CLI, 5.11). */
const settingOptions: ReadonlyMap<string, readonly (readonly [long: string, short?: string])[]> =
  new Map([
    ["environment:http-access", [["--access"], ["--auth"], ["--enabled"]]],
    ["user:get", [["--role", "r"]]],
  ]);

/** How many arguments there are, the command's name among them. */
function positionals(call: CliInvocation): number {
  const texts = call.arguments.map(({ text }) => text);
  return texts.filter(
    (text, index) => !text.startsWith("-") && !valueOptions.has(texts[index - 1] ?? ""),
  ).length;
}

const valueOptions = new Set(
  "-A --app -c --columns -e --environment --format -P --property -p --project".split(" "),
);
