import { type CliCall, flagValue } from "./cli-call.ts";
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

/**
 * Whether the command names the environment it is for. Without that, or with `-e .`, it is for the one it runs
 * in (source of the CLI, 5.11, `Selector`).
 */
export function namesEnvironment(call: CliCall): boolean {
  const value = flagValue(call, "--environment", "e");
  return value !== undefined && value !== "." && !value.includes("$");
}

/**
 * The command before this one that names an environment, when this one changes something and names none: it acts on the
 * environment that the script runs in, where it was probably meant for the other.
 *
 * @param commands all commands of the script, in order
 */
export function forgetsEnvironment<C extends CliCall>(
  command: C,
  commands: readonly C[],
): C | undefined {
  if (!changesPlatform(command) || flagValue(command, "--environment", "e") !== undefined)
    return undefined;
  return commands.find((other) => {
    const environment = flagValue(other, "--environment", "e");
    const named = environment !== undefined && environment !== ".";
    return other.start < command.start && changesPlatform(other) && named;
  });
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
