import type { Command, Statement, SyntaxNode } from "unbash";
import { cliCall } from "./cli-call.ts";
import { whereDashStops } from "./dash.ts";
import { parseScript } from "./parse/parse.ts";
import { commandWords, programName, withoutWrappers } from "./parse/simple-command.ts";
import { eachNode } from "./parse/tree.ts";
import type { Replacement } from "./replacement.ts";

/** Options that begin a line, so that the shell runs them as a command, and the one before them without them. */
export interface StrandedOptions {
  /** The first of them, as written: "--live". */
  readonly option: string;
  /** Whose they are, by its name: "backup:create"; undefined where no single command stands before them. */
  readonly of: string | undefined;
  /** Why the line before ends there, a clause; undefined where it only isn't continued. */
  readonly because: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The lines as one command, where nothing else stands between them. */
  readonly repair?: Replacement;
}

/**
 * Options that stand on lines of their own behind a command. No program begins with a hyphen, so that the shell finds none.
 * None in a script that the shell doesn't read to its end.
 *
 * @param shell the one that runs the script
 */
export function strandedOptions(
  script: string,
  shell: "dash" | "bash",
): readonly StrandedOptions[] {
  const tree = parseScript(script);
  if ((tree.errors ?? []).length > 0) return [];
  if (shell === "dash" && whereDashStops(script) !== undefined) return [];
  const found: StrandedOptions[] = [];
  eachNode(tree, (node) => {
    if (node.type !== "Script" && node.type !== "CompoundList") return;
    for (const [index, before] of node.commands.entries()) {
      // What stands behind it is not run: an archive, say, or a note.
      if (before.command.type === "Command" && before.command.name?.value === "exit") break;
      if (isStranded(before, script)) continue;
      const rest = node.commands.slice(index + 1);
      const next = rest.findIndex((statement) => !isStranded(statement, script));
      const lines = next === -1 ? rest : rest.slice(0, next);
      if (lines.length > 0) found.push(stranded(before, lines, script));
    }
  });
  return found.sort((a, b) => a.start - b.start);
}

/** Whether a statement begins a line with an option. */
function isStranded({ command }: Statement, script: string): boolean {
  const first = outermost(command, 0);
  if (first === undefined || first.prefix.length > 0) return false;
  if (!/^["']?--?[A-Za-z]/u.test(first.name?.text ?? "")) return false;
  const line = script.slice(script.lastIndexOf("\n", first.pos - 1) + 1, first.pos);
  return line.trim() === "";
}

/** The first or the last command of a list or a pipe; undefined where that isn't a simple one. */
function outermost(node: SyntaxNode, at: 0 | -1): Command | undefined {
  if (node.type === "Command") return node;
  const inner =
    node.type === "AndOr" || node.type === "Pipeline" ? node.commands.at(at) : undefined;
  return inner === undefined ? undefined : outermost(inner, at);
}

function stranded(before: Statement, lines: readonly Statement[], script: string): StrandedOptions {
  const [first = before] = lines;
  const last = lines.at(-1) ?? first;
  const command = outermost(before.command, -1);
  const repair = command?.name === undefined ? undefined : joined(before, lines, script);
  return {
    option: /^["']?([\w-]+)/u.exec(script.slice(first.pos))?.[1] ?? "",
    of: command === undefined ? undefined : nameOf(command),
    because: whyApart(script.slice(tail(before, script), first.pos)),
    start: first.pos,
    end: last.end,
    ...(repair === undefined ? {} : { repair }),
  };
}

function nameOf(command: Command): string | undefined {
  const { words } = withoutWrappers(command);
  const [program = commandWords(command)[0]] = words;
  return cliCall(words)?.name || (program && programName(program));
}

/** Where what a statement says ends: before the blank that a `\` at the end of its line takes for a word. */
function tail({ pos, end }: Statement, script: string): number {
  const escaped = /(?<!\\)\\[ \t]$/u.exec(script.slice(pos, end));
  return escaped === null ? end : pos + escaped.index;
}

/** @param gap what stands between the command and its options */
function whyApart(gap: string): string | undefined {
  if (gap.startsWith("\\") && !gap.startsWith("\\\n"))
    return "a blank stands behind the \\ of the line before";
  if (gap.includes("#")) return "a comment ends the command before it";
  const sign = /[;&]/u.exec(gap)?.[0];
  return sign === undefined ? undefined : `${sign} ends the command before it`;
}

/** What has to be written at the ends of lines; undefined where more than that end is between two of them. */
function joined(
  before: Statement,
  lines: readonly Statement[],
  script: string,
): Replacement | undefined {
  const start = tail(before, script);
  let end = start;
  let text = "";
  let above = before;
  for (const line of lines) {
    const from = tail(above, script);
    const gap = script.slice(from, line.pos);
    if (above.background === true || !/^(?:\\?[ \t])*\n[ \t]*$/u.test(gap)) return undefined;
    const said = script.slice(end, from);
    const blank = /\s$/u.test(script.slice(0, from)) ? "" : " ";
    text += `${said}${blank}\\`;
    end = from + gap.indexOf("\n");
    above = line;
  }
  return { start, end, text };
}
