import type { CliCall } from "./cli-call.ts";
import { cliCommand } from "./cli-commands.ts";

/** Whether the command starts an activity that it waits for unless told otherwise. */
export function waitsByDefault(call: CliCall): boolean {
  const waiting = cliCommand(call.name)?.waiting;
  return waiting === "always" || (waiting === "when-setting" && sets(call));
}

/** Whether the command changes something on the platform. */
export function changesPlatform(call: CliCall): boolean {
  return waitsByDefault(call) || cliCommand(call.name)?.waiting === "on-request";
}

/** Property and value, as in `environment:info title Shop`; one argument alone only reads. */
function sets(call: CliCall): boolean {
  const texts = call.arguments.map(({ text }) => text);
  const positionals = texts.filter(
    (text, index) => !text.startsWith("-") && !valueOptions.has(texts[index - 1] ?? ""),
  );
  return positionals.length > 2;
}

const valueOptions = new Set(
  "-A --app -c --columns -e --environment --format -P --property -p --project".split(" "),
);
