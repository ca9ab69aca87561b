import { type Command, parse } from "unbash";
import { setsErrexit } from "./errexit.ts";
import { programName, started } from "./simple-command.ts";
import { eachCommand } from "./tree.ts";

/**
 * The first command of a script whose failure nothing takes notice of; undefined when there is none, or when the script
 * ends at failures. What hardly fails doesn't count, and neither does the last command.
 */
export function unheeded(
  script: string,
): { readonly name: string; readonly start: number; readonly end: number } | undefined {
  const tree = parse(script);
  let errexit = false;
  eachCommand(tree, (command) => {
    if (setsErrexit(command)) errexit = true;
  });
  if (errexit || (tree.errors?.length ?? 0) > 0) return undefined;
  const last = tree.commands.length - 1;
  for (const [index, { command, pos, end }] of tree.commands.entries()) {
    if (index === last) return undefined;
    const name = command.type === "Command" ? nameOf(command) : undefined;
    if (name !== undefined && !harmless.has(name)) return { name, start: pos, end };
  }
  return undefined;
}

function nameOf(command: Command): string | undefined {
  const [program] = started(command).words;
  return program === undefined ? undefined : programName(program);
}

/** Programs that fail only where nothing works any more, or whose failure changes nothing. */
const harmless = new Set(
  ": [ alias cat date echo exit export false id local ls printf pwd set true type umask unset which".split(
    " ",
  ),
);
