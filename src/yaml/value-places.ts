import type { Scalar } from "yaml";
import { blockOf } from "./block.ts";
import { rangeOf } from "./nodes.ts";

/** Where each UTF-16 unit of a scalar's value is written; undefined where it has no place of its own. */
export interface Units {
  readonly starts: readonly (number | undefined)[];
  readonly ends: readonly (number | undefined)[];
}

/** A stretch of a line in the file that stands for units of the value. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the units of a value in the file: the written lines are laid along the value, in order. What
 * stands between them (line ends, folded or not) has a place only in a literal block.
 */
export function unitsOf(file: string, node: Scalar, value: string): Units {
  const starts = new Array<number | undefined>(value.length).fill(undefined);
  const ends = starts.slice();
  const literal = node.type === "BLOCK_LITERAL";
  let at = 0;
  for (const [index, { start, end }] of stretchesOf(file, node).entries()) {
    if (!literal && index > 0 && start < end) at = afterFold(value, at);
    let offset = start;
    while (offset < end) {
      const written = unitAt(file, offset, node);
      // A backslash at the end of a line stands for nothing, and joins it to the next.
      if (offset + written.length > end) break;
      if (written.length === 1 && value[at] !== written) return none(value);
      starts[at] = offset;
      offset += written.length;
      ends[at] = offset;
      at++;
    }
    if (literal && value[at] === "\n" && end < file.length) {
      starts[at] = end;
      ends[at] = file.indexOf("\n", end) + 1;
      at++;
    }
  }
  return /^\n*$/u.test(value.slice(at)) ? { starts, ends } : none(value);
}

/** The unit after a folded line end: one space, or the line feeds that blank lines leave. */
function afterFold(value: string, at: number): number {
  if (value[at] === " ") return at + 1;
  let next = at;
  while (value[next] === "\n") next++;
  return next;
}

function none(value: string): Units {
  const nowhere = new Array<undefined>(value.length).fill(undefined);
  return { starts: nowhere, ends: nowhere };
}

/** One unit as it is written: a character, `''` in single quotes, or an escape in double quotes. */
function unitAt(file: string, offset: number, node: Scalar): string {
  const pattern = escapes(node);
  if (pattern === undefined) return file.charAt(offset);
  pattern.lastIndex = offset;
  return pattern.exec(file)?.[0] ?? file.charAt(offset);
}

function escapes({ type }: Scalar): RegExp | undefined {
  if (type === "QUOTE_SINGLE") return /''/uy;
  if (type === "QUOTE_DOUBLE") return /\\(?:x[\da-f]{2}|u[\da-f]{4}|\r\n|[^xuU])/iy;
  return undefined;
}

/** The lines a scalar is written on, without quotes, indentation and, where lines fold, outer blanks. */
function stretchesOf(file: string, node: Scalar): readonly Stretch[] {
  const block = blockOf(node);
  if (block !== undefined) {
    const indent = block.indent ?? Number.POSITIVE_INFINITY;
    return linesOf(file, block.bodyStart, block.bodyStart + block.body.length).map(
      ({ start, end }) => ({ start: Math.min(start + indent, end), end }),
    );
  }
  const [start, end] = rangeOf(node);
  const quote = node.type === "PLAIN" ? 0 : 1;
  const lines = linesOf(file, start + quote, end - quote);
  return lines.length === 1 ? lines : lines.map((line) => trimmed(file, line));
}

function trimmed(file: string, { start, end }: Stretch): Stretch {
  const line = file.slice(start, end);
  return {
    start: start + line.length - line.trimStart().length,
    end: end - (line.length - line.trimEnd().length),
  };
}

/** The lines between two offsets, without their ends. What follows a last line end is no line. */
function linesOf(file: string, from: number, to: number): readonly Stretch[] {
  const lines: Stretch[] = [];
  for (let start = from; start < to; ) {
    const feed = file.indexOf("\n", start);
    const next = feed === -1 || feed >= to ? to : feed + 1;
    let end = next;
    if (feed !== -1 && feed < to) end = file[feed - 1] === "\r" && feed > start ? feed - 1 : feed;
    lines.push({ start, end });
    start = next;
  }
  return lines;
}
