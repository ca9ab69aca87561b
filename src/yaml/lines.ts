import type { Edit } from "./edit.ts";

/** A place as people count it: lines and columns (UTF-16 units) from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const byteOrderMark = "\uFEFF";

/** The place of an offset. A byte order mark takes no column. */
export function placeOf(text: string, offset: number): Place {
  const start = lineStart(text, offset);
  return { line: linesBefore(text, start) + 1, column: Math.max(0, offset - start) + 1 };
}

/** Of shorter texts the lines are counted anew each time. */
const long = 16 * 1024;
/** The texts of which the starts of the lines are kept; thousands of places may be asked for in one. */
const keptTexts = 4;
const kept = new Map<string, readonly number[]>();

/** How many lines end before an offset. */
function linesBefore(text: string, offset: number): number {
  if (text.length < long) {
    let lines = 0;
    for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1))
      lines += 1;
    return lines;
  }
  const ends = kept.get(text) ?? lineEnds(text);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineEnds(text: string): readonly number[] {
  const ends: number[] = [];
  for (let feed = text.indexOf("\n"); feed !== -1; feed = text.indexOf("\n", feed + 1))
    ends.push(feed);
  kept.set(text, ends);
  const [oldest] = kept.keys();
  if (kept.size > keptTexts && oldest !== undefined) kept.delete(oldest);
  return ends;
}

/** The offset at which the line around an offset starts, after a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.startsWith(byteOrderMark) ? 1 : start;
}

/** The offset of the line end at or after an offset: of its `\r` or `\n`, or the end of the text. */
function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf("\n", offset);
  if (feed === -1) return text.length;
  return feed > offset && text[feed - 1] === "\r" ? feed - 1 : feed;
}

/** The offset of the first line after the one around an offset; undefined when that line is the last. */
export function nextLine(text: string, offset: number): number | undefined {
  const feed = text.indexOf("\n", offset);
  return feed === -1 ? undefined : feed + 1;
}

/** The number of spaces the line around an offset starts with. */
export function indentAt(text: string, offset: number): number {
  let at = lineStart(text, offset);
  const start = at;
  while (text[at] === " ") at++;
  return at - start;
}

/** The line around an offset, without its end. */
export function lineAt(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset));
}

/** How the line around an offset ends; the last line has no end and takes that of the line before. */
export function eolAt(text: string, offset: number): "\r\n" | "\n" {
  const after = text.indexOf("\n", offset);
  const feed = after === -1 ? text.lastIndexOf("\n") : after;
  return feed > 0 && text[feed - 1] === "\r" ? "\r\n" : "\n";
}

/**
 * Inserts whole lines after the line around an offset, with that line's end. After a last line that has
 * no end, the new last line has none either.
 */
export function linesAfter(text: string, offset: number, lines: readonly string[]): Edit {
  const eol = eolAt(text, offset);
  const next = nextLine(text, offset);
  return next === undefined
    ? { offset: text.length, length: 0, text: lines.map((line) => eol + line).join("") }
    : { offset: next, length: 0, text: lines.map((line) => line + eol).join("") };
}

/** Lines at an indentation; an empty line stays empty. */
export function indented(lines: readonly string[], indent: number): readonly string[] {
  return lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line));
}
