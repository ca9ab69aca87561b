import type { Command } from "unbash";
import { parseScript } from "./parse/parse.ts";
import { programName, setsErrexit, withoutWrappers } from "./parse/simple-command.ts";
import { eachCommand } from "./parse/tree.ts";

/**
 * The first command of a script whose failure nothing takes notice of; undefined when there is none, or when the script
 * ends at failures. What hardly fails doesn't count, and neither does the last command.
 */
export function uncheckedFailure(
  script: string,
): { readonly name: string; readonly start: number; readonly end: number } | undefined {
  const tree = parseScript(script);
  let errexit = false;
  eachCommand(tree, (command) => {
    if (setsErrexit(command)) errexit = true;
  });
  if (errexit || (tree.errors?.length ?? 0) > 0) return undefined;
  const last = tree.commands.length - 1;
  for (const [index, { command, pos, end }] of tree.commands.entries()) {
    if (index === last) return undefined;
    const name = command.type === "Command" ? nameOf(command) : undefined;
    if (name !== undefined) return { name, start: pos, end };
  }
  return undefined;
}

/** What is called, with its subcommand: `npm ci`; undefined when its failure doesn't matter. */
function nameOf(command: Command): string | undefined {
  const [program, first, second] = withoutWrappers(command).words;
  if (program === undefined) return undefined;
  const name = programName(program);
  const asks = first !== undefined && second === undefined && asking.test(first.value);
  if (harmless.has(name) || asks) return undefined;
  return first !== undefined && /^[a-z][a-z:-]*$/u.test(first.text)
    ? `${name} ${first.text}`
    : name;
}

/** The only argument of a program that tells about itself: `node -v`, `nvm current`. */
const asking = /^(?:-v|-V|--?version|--help|current)$/u;

/** Programs that fail only where nothing works any more, or whose failure changes nothing. */
const harmless = new Set(
  `: [ alias cat date df du echo env exit export false file head hostname id local ls printenv printf ps pwd set
  sleep stat tail test tree true type umask uname unset which whoami`.split(/\s+/u),
);
