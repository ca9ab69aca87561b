import type { Command, SyntaxNode } from "unbash";
import { readAsDash } from "./parse/dash/syntax.ts";
import { foreign, isForeignExpansion } from "./parse/dialect.ts";
import { parseScript } from "./parse/parse.ts";
import { eachCommand, eachNode } from "./parse/tree.ts";
import type { Replacement } from "./replacement.ts";

/** Something that bash has and dash doesn't; the offsets are those of the script. */
export interface Bashism {
  /** As it is written, in short: `source`, `[[`, `<<<`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
  /** The same in POSIX form, where it says exactly the same. */
  readonly repair?: Replacement;
}

/**
 * What a script that dash runs has from bash, in source order: dash takes it for an error, or for something else
 * (POSIX, "Shell Command Language"). What runs in a bash of its own is left alone.
 */
export function bashismsIn(script: string): readonly Bashism[] {
  const tree = parseScript(script);
  const found: Bashism[] = [];
  eachNode(tree, (node) => {
    const what = node.type === "TestCommand" ? "[[" : (foreign(node, script) ?? inWord(node));
    // A test is told once, whatever else in it is foreign.
    if (what === undefined || (what !== "[[" && what.startsWith("[["))) return;
    const { pos: start, end } = node;
    const repair = node.type === "Function" ? namedFunction(script, start) : undefined;
    found.push({ what, start, end, ...(repair === undefined ? {} : { repair }) });
  });
  eachCommand(tree, (command) => {
    const { name } = command;
    found.push(...doubleEquals(command));
    if (name === undefined || !builtins.has(name.text)) return;
    const { pos: start, end } = name;
    const repair = name.text === "source" ? sourced(command) : undefined;
    found.push({ what: name.text, start, end, ...(repair === undefined ? {} : { repair }) });
  });
  return found.sort((a, b) => a.start - b.start);
}

const builtins = new Set(
  "source let declare typeset shopt pushd popd mapfile readarray disown".split(" "),
);

/** `[ … == … ]`: the test of dash knows `=` alone, and is an error with another sign. */
function doubleEquals({ name, args }: Command): readonly Bashism[] {
  if (name?.text !== "[" && name?.text !== "test") return [];
  return args
    .filter(({ text }, at) => text === "==" && at > 0 && !/^!?=$/u.test(args[at - 1]?.text ?? ""))
    .map(({ pos: start, end }) => ({ what: "==", start, end, repair: { start, end, text: "=" } }));
}

/** What bash expands in a word, and dash leaves as it is or refuses. */
function inWord(node: SyntaxNode): string | undefined {
  return node.type === "BraceExpansion" || isForeignExpansion(node) ? node.text : undefined;
}

/** `. path` looks where `source path` does, unless the path has no slash: then dash looks on the PATH only. */
function sourced({ name, args }: Command): Replacement | undefined {
  const [file] = args;
  if (name === undefined || file === undefined || !/^["']?[\w.$/{}-]*\//u.test(file.text)) return;
  return { start: name.pos, end: name.end, text: "." };
}

/** `function name { … }` as `name() { … }`. */
function namedFunction(script: string, start: number): Replacement | undefined {
  const head = /^function\s+(\w+)\s*(?:\(\s*\))?/u.exec(script.slice(start));
  const [text, name] = head ?? [];
  return text === undefined
    ? undefined
    : {
        start,
        end: start + text.length,
        text: `${name}()${script[start + text.length] === " " ? "" : " "}`,
      };
}

/** Where dash stops in a script because of its syntax; the offsets are those of the script. */
export interface SyntaxStop {
  /** What it finds there: "“fi” stands here, where then is missing". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
  /** What the script has from bash at that place, when that is the cause. */
  readonly bashism?: Bashism;
  /** What has to be written where, when it is only a missing semicolon. */
  readonly repair?: Replacement;
}

/**
 * Where dash stops reading a script that it runs: neither the command that the error is in nor any after it is run.
 * Undefined when it gets to the end, when the script ends itself before that, or when it can't be told.
 */
export function whereDashStops(script: string): SyntaxStop | undefined {
  const reading = readAsDash(script);
  if (reading.kind !== "refused" || endsBefore(script.slice(0, reading.commandStart))) return;
  const { refusal, commandStart } = reading;
  const { says } = refusal;
  const bashism = bashismsIn(script).findLast(
    ({ what, start }) => start >= commandStart && start <= refusal.start && stopping.test(what),
  );
  const repair = withSemicolon(script, commandStart, refusal.start);
  // An end that comes too early is shown where that begins which it leaves open.
  const place =
    refusal.start < script.trimEnd().length
      ? refusal
      : { start: commandStart, end: endOfLine(script, commandStart) };
  return {
    says,
    start: place.start,
    end: place.end,
    ...(bashism === undefined ? {} : { bashism }),
    ...(repair === undefined ? {} : { repair }),
  };
}

/** What bash has and dash takes for an error in the syntax. */
const stopping =
  /^(?:an array|for \(\( \)\)|select|<<<|[<>]\( \)|[@?*+!]\( \)|\|&|;;?&|function|\[\[)/u;

function endsBefore(script: string): boolean {
  return parseScript(script).commands.some(({ command, background }) => {
    if (command.type !== "Command" || background === true) return false;
    const name = command.name?.value;
    return name === "exit" || (name === "exec" && command.args.length > 0);
  });
}

/** `if [ … ] then`: without a semicolon, then is one more argument of the test. */
function withSemicolon(script: string, from: number, to: number): Replacement | undefined {
  for (const { index, 0: text } of script.slice(from, to).matchAll(/\S(?=[ \t]+(?:then|do)\b)/gu)) {
    const at = from + index + text.length;
    if (readAsDash(`${script.slice(0, at)};${script.slice(at)}`).kind === "complete")
      return { start: at, end: at, text: ";" };
  }
  return undefined;
}

function endOfLine(script: string, from: number): number {
  const end = script.indexOf("\n", from);
  return end === -1 ? script.length : end;
}

/**
 * Where a script asks for `pipefail`, and the script's text without it. dash 0.5.12 has no such option, and
 * stops there. What runs in a bash of its own is left alone.
 */
export function pipefails(script: string): readonly Replacement[] {
  const found: Replacement[] = [];
  eachCommand(parseScript(script), (command) => {
    if (command.name?.value !== "set") return;
    const option = command.args.findIndex((word) => word.text === "pipefail");
    if (option > 0) found.push(without(command, option, script));
  });
  return found;
}

function without(command: Command, option: number, script: string): Replacement {
  const letters = command.args[option - 1];
  const name = command.args[option];
  if (letters === undefined || name === undefined || command.args.length === 2) {
    const alone = command.args[0]?.text.replace("o", "") ?? "-";
    return alone === "-" ? wholeCommand(command, script) : cut(command, script, alone);
  }
  const kept = letters.text.replace("o", "");
  const start = kept === "-" ? blanksBefore(script, letters.pos) : letters.pos;
  return { start, end: name.end, text: kept === "-" ? "" : kept };
}

function cut(command: Command, script: string, option: string): Replacement {
  const { pos: start, end } = command;
  return { start, end, text: `${script.slice(start, start + 3)} ${option}` };
}

/** A command that stands alone on its line goes with its line. */
function wholeCommand({ pos, end }: Command, script: string): Replacement {
  const start = script.lastIndexOf("\n", pos - 1) + 1;
  const alone = script.slice(start, pos).trim() === "" && script[end] === "\n";
  return alone ? { start, end: end + 1, text: "" } : { start: pos, end, text: ":" };
}

function blanksBefore(script: string, at: number): number {
  return at - (/\s*$/u.exec(script.slice(0, at))?.[0].length ?? 0);
}
