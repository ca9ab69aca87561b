import type { Command, SyntaxNode } from "unbash";
import { containerPrefixes, patternOfAny } from "../vendors/registry.ts";
import { pathInApp } from "./evaluate/app-path.ts";
import { parseScript } from "./parse/parse.ts";
import { setsErrexit } from "./parse/simple-command.ts";
import { eachNode } from "./parse/tree.ts";

/** Something in a `.environment` that every shell suffers from; offsets are those of the file. */
export interface ShellFlaw {
  /** What the file does: "sets PATH without …". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
  /** What puts it right, where that can be told; offsets are those of the file. */
  readonly repair?: { readonly start: number; readonly end: number; readonly text: string };
}

/**
 * Where a `.environment` loses the path, or prints. What it does only for a terminal, or inside `$(…)`, a function or a
 * pipe, is left out.
 */
export function shellFlaws(text: string): readonly ShellFlaw[] {
  const tree = parseScript(text);
  if ((tree.errors?.length ?? 0) > 0) return [];
  const found: ShellFlaw[] = [];
  for (const { command } of tree.commands) visit(command, text, found);
  // Where it goes in between doesn't matter.
  const moves = found.filter(({ says }) => says === movesAway || says === movesHome);
  return found.filter((flaw) =>
    moves.includes(flaw) ? flaw.says === movesAway && flaw === moves.at(-1) : true,
  );
}

const movesAway = "leaves every hook and cron in another folder";
const movesHome = "goes back to the app's folder";

/** Where a change of folder leads: the app's folder is also its home. */
function moveOf({ args }: Command): string {
  const [target] = args.filter(({ text }) => !/^-[LPe]$/u.test(text));
  const isHome =
    target === undefined ||
    (target.type === "Word" && (home.test(target.text) || pathInApp(target, undefined) === ""));
  return isHome ? movesHome : movesAway;
}

/** The folder before the first move, and the app's own. */
const home = /^["']?(?:-|\$\{?OLDPWD\}?)["']?$/u;

function visit(node: SyntaxNode, text: string, found: ShellFlaw[]): void {
  if (node.type === "AndOr" || node.type === "CompoundList") {
    if (isForTerminal(text.slice(node.pos, node.end))) return;
    for (const each of node.commands) visit(each, text, found);
  } else if (node.type === "Statement") visit(node.command, text, found);
  else if (node.type === "If") {
    if (!isForTerminal(text.slice(node.pos, node.end)))
      eachNode(node, (each) => {
        if (each.type === "Command") note(each, text, found);
      });
  } else if (node.type === "Command") note(node, text, found);
}

function isForTerminal(text: string): boolean {
  return /-t\s+[012]|\$PS1|\$\{PS1|\$-|SSH_/u.test(text);
}

function note(command: Command, text: string, found: ShellFlaw[]): void {
  const { name, prefix, args, redirects } = command;
  const assigned = name === undefined ? prefix : name.value === "export" ? args : [];
  for (const each of assigned) {
    const { pos: start, end } = each;
    const written = text.slice(start, end);
    if (/^PATH=/u.test(written) && !/\bPATH\b/u.test(written.slice(5)))
      found.push({
        says: "sets PATH without the folders that were in it",
        start,
        end,
        ...withOldPath(written, start, end),
      });
  }
  const says = lastingEffect(command);
  if (says !== undefined) found.push({ says, start: command.pos, end: command.end });
  if ((name?.value === "echo" || name?.value === "printf") && redirects.length === 0)
    found.push({
      says: "prints something in every shell",
      start: command.pos,
      end: command.end,
      // What goes to the error output is in nobody's way: rsync and the CLI read the other one.
      repair: { start: command.end, end: command.end, text: " >&2" },
    });
}

/** What else a command does to every hook and cron, which read the file in the shell that they run in. */
function lastingEffect(command: Command): string | undefined {
  const { name, prefix, args } = command;
  if (name !== undefined && /^(?:cd|pushd|popd)$/u.test(name.value))
    return name.value === "popd" ? movesHome : moveOf(command);
  if (name?.value === "exit") return "ends every shell that reads it";
  if (setsErrexit(command)) return "has every hook and cron end at its first failure";
  const set = (name === undefined ? prefix : name.value === "export" ? args : []).flatMap((each) =>
    each.type === "Assignment" ? each.name : [],
  );
  const unset = name?.value === "unset" ? args.map(({ text }) => text) : [];
  if (set.includes("HOME") || unset.includes("HOME"))
    return "changes HOME, below which the CLI is installed and looked for";
  if (unset.includes("PATH")) return "takes PATH away";
  const changed = [...set, ...unset].find((each) => asked.test(each));
  return changed && `changes ${changed}, which hooks, crons and the CLI ask for`;
}

const asked = new RegExp(
  `^${patternOfAny(containerPrefixes)}(?:BRANCH|ENVIRONMENT|ENVIRONMENT_TYPE|PROJECT)$`,
  "u",
);

/** The assignment with the folders that were in PATH; always quoted, because dash splits the words of `export`. */
function withOldPath(written: string, start: number, end: number): Pick<ShellFlaw, "repair"> {
  const [, value] =
    /^PATH="([^"`\\]*)"$/u.exec(written) ?? /^PATH=([\w/.:${}+-]*)$/u.exec(written) ?? [];
  return value ? { repair: { start, end, text: `PATH="${value}:$PATH"` } } : {};
}
