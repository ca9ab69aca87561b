import type { Statement } from "unbash";
import { type GuardTarget, guardedLines, guardTest } from "./guard.ts";
import { parseScript } from "./parse.ts";
import { eachNode } from "./tree.ts";

/** A part of a script and what it is replaced by. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts the statement around a place of a script behind a guard. Undefined when that can't be done without
 * changing more: in a function, or with a here-document in it.
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
  const statement = parseScript(script).commands.find(({ pos, end }) => pos <= at && at < end);
  if (statement === undefined || !canMove(statement)) return undefined;
  const { pos: start, end } = statement;
  const text = script.slice(start, end);
  if (!lines && !text.includes("\n"))
    return { start, end, text: `if ${guardTest(guard)}; then ${text}; fi` };
  const margin = /[^\S\n]*$/u.exec(script.slice(0, start))?.[0] ?? "";
  // In quotes a line's indentation is part of the text, so then only the first line is moved.
  const body = hasOpenQuote(statement, script) ? [text] : text.split(`\n${margin}`);
  return { start, end, text: guardedLines(guard, body).join(`\n${margin}`) };
}

function canMove(statement: Statement): boolean {
  let can = statement.background !== true;
  eachNode(statement, (node) => {
    if (node.type === "HereDoc" || node.type === "Function") can = false;
  });
  return can;
}

function hasOpenQuote(statement: Statement, script: string): boolean {
  let open = false;
  eachNode(statement, ({ type, pos, end }) => {
    if (/Quoted$/u.test(type) && script.slice(pos, end).includes("\n")) open = true;
  });
  return open;
}
