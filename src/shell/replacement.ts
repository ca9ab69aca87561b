import type { Command, Statement } from "unbash";
import { type GuardTarget, guardedLines, guardTest } from "./guard.ts";
import { failureOf } from "./install/verification.ts";
import { parseScript } from "./parse/parse.ts";
import { eachNode } from "./parse/tree.ts";

/** A part of a script and what it is replaced by. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts the statement around a place of a script behind a guard. Undefined when that can't be done without
 * changing more: in the background, with a function or a here-document in it, or with the arguments of what follows.
 *
 * @param at an offset in the script
 * @param lines whether the result may take several lines; a statement of several lines always does
 */
export function guardStatement(
  script: string,
  at: number,
  guard: GuardTarget,
  lines: boolean,
): Replacement | undefined {
  const statement = statementAt(script, at);
  if (statement === undefined || !canMove(statement)) return undefined;
  const { pos: start, end } = statement;
  const text = script.slice(start, end);
  const margin = /[^\S\n]*$/u.exec(script.slice(0, start))?.[0] ?? "";
  const startsLine = start === margin.length || script[start - margin.length - 1] === "\n";
  if (!text.includes("\n") && !(lines && startsLine))
    return { start, end, text: `if ${guardTest(guard)}; then ${text}; fi` };
  // In quotes a line's indentation is part of the text, so then only the first line is moved.
  const body = hasOpenQuote(statement, script) ? [text] : text.split(`\n${margin}`);
  return { start, end, text: guardedLines(guard, body).join(`\n${margin}`) };
}

/** The smallest statement around a place, in a block or a function too. */
function statementAt(script: string, at: number): Statement | undefined {
  let found: Statement | undefined;
  eachNode(parseScript(script), (node) => {
    if (node.type === "Statement" && node.pos <= at && at < node.end) found = node;
  });
  return found;
}

function canMove(statement: Statement): boolean {
  let can = statement.background !== true;
  eachNode(statement, (node) => {
    if (node.type === "HereDoc" || node.type === "Function") can = false;
    // What `set --` leaves to `"$@"` would run all the same, without its words.
    if (node.type === "Command" && node.name?.value === "set" && setsArguments(node)) can = false;
  });
  return can;
}

function setsArguments({ args: [first, ...rest] }: Command): boolean {
  const isPlain = first !== undefined && !/^[-+]/u.test(first.text);
  return isPlain || [first, ...rest].some((word) => word?.text === "--");
}

function hasOpenQuote(statement: Statement, script: string): boolean {
  let open = false;
  eachNode(statement, ({ type, pos, end }) => {
    if (/Quoted$/u.test(type) && script.slice(pos, end).includes("\n")) open = true;
  });
  return open;
}

/**
 * Puts other commands in the place of one. They take a line each where the command stands alone on its lines, and the
 * script ends if one of them fails; else they become one command in braces, which fails if one of them does, and ends the
 * script where that would be lost.
 *
 * @param place the command to be replaced
 * @param commands one or more, without what is to happen when they fail
 * @param lines whether the result may take several lines
 */
export function swapCommand(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
  commands: readonly string[],
  lines: boolean,
): Replacement & { readonly ends: boolean } {
  const first = script.lastIndexOf("\n", start - 1) + 1;
  const feed = script.indexOf("\n", end);
  const last = feed === -1 ? script.length : feed;
  const margin = script.slice(first, start);
  const above = script.slice(0, first).trimEnd();
  const below = script.slice(last).trimStart();
  const alone =
    margin.trim() === "" &&
    script.slice(end, last).trim() === "" &&
    !/(?:\\|&&|\|)$/u.test(above) &&
    !/^(?:&&|\|)/u.test(below);
  if (lines && alone) {
    const text = commands.map((line) => `${line} || exit 1`).join(`\n${margin}`);
    return { start, end, text, ends: true };
  }
  const isLost = failureOf(parseScript(script), { pos: start, end }, false) === "lost";
  const all = commands.join(" && ") + (isLost ? " || exit 1" : "");
  return { start, end, text: `{ ${all}; }`, ends: isLost };
}

/** Takes a command out: its lines where it stands alone on them, else it becomes `:`. */
export function withoutCommand(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): Replacement {
  const first = script.lastIndexOf("\n", start - 1) + 1;
  const feed = script.indexOf("\n", end);
  const alone =
    script.slice(first, start).trim() === "" &&
    feed !== -1 &&
    script.slice(end, feed).trim() === "" &&
    !/(?:\\|&&|\|)$/u.test(script.slice(0, first).trimEnd()) &&
    !/^(?:&&|\|)/u.test(script.slice(feed).trimStart());
  return alone ? { start: first, end: feed + 1, text: "" } : { start, end, text: ":" };
}
