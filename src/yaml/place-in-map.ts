import { isScalar, type Pair, type YAMLMap } from "yaml";
import { blockOf } from "./block.ts";
import type { Edit } from "./edit.ts";
import { eolAt, indentAt, lineAt, lineStart, linesAfter, nextLine } from "./lines.ts";
import { lastLeaf, rangeOf } from "./nodes.ts";

/**
 * Ways to add lines as the last entry of a mapping, the best first: after its content and the comments
 * that are indented as part of it; right after its content; after the blank lines that belong to a last
 * block (`|+`), without one more. Where the file ends within a last block, without a line end, that entry stays the
 * last one, and the lines come to stand above it: below it they would give its text a line end that it doesn't have.
 *
 * @param outer comments deeper than this column are part of the mapping
 * @param spaced whether a blank line goes before the lines
 */
export function appendedTo(
  text: string,
  map: YAMLMap,
  outer: number,
  spaced: boolean,
  lines: readonly string[],
): readonly Edit[] {
  const leaf = lastLeaf(map);
  const above = endsWithoutLineEnd(text, leaf) ? aboveLast(text, map, spaced, lines) : undefined;
  if (above !== undefined) return [above];
  const [start, end] = rangeOf(leaf);
  const content = Math.max(start, text.slice(0, end).trimEnd().length);
  const blockEnd = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const withSpace = spaced ? ["", ...lines] : lines;
  return [
    linesAfter(text, afterComments(text, content, outer), withSpace),
    linesAfter(text, content, withSpace),
    linesAfter(text, blockEnd, lines),
  ];
}

/**
 * Whether a node is a block that the end of the file ends. Its text has no line end then (YAML 1.2.2, 8.1.1.2), though
 * some parsers, both of ours among them, give it one.
 */
function endsWithoutLineEnd(text: string, node: unknown): boolean {
  const block = isScalar(node) ? blockOf(node) : undefined;
  if (block === undefined || block.header.includes("-")) return false;
  return rangeOf(node)[1] === text.length && !/(?:^|\n)[ \t]*$/u.test(block.body);
}

/** Lines before the last entry of a mapping; undefined where its key doesn't begin a line. */
function aboveLast(
  text: string,
  { items }: YAMLMap,
  spaced: boolean,
  lines: readonly string[],
): Edit | undefined {
  const [last, previous] = [items.at(-1), items.at(-2)];
  const key = rangeOf(last?.key)[0];
  const start = lineStart(text, key);
  if (text.slice(start, key).trim() !== "") return undefined;
  if (previous !== undefined) {
    const kept = endOfKeptBlock(text, previous);
    if (kept !== undefined) return linesAfter(text, kept, lines);
    const at = afterComments(text, endOf(text, previous), key - start);
    return linesAfter(text, at, spaced ? ["", ...lines] : lines);
  }
  const eol = eolAt(text, start);
  const added = [...lines, ...(spaced ? [""] : [])].map((line) => line + eol).join("");
  return { offset: aboveComments(text, start), length: 0, text: added };
}

/** Where an entry ends whose last block keeps the blank lines below it (`|+`): one more would be a part of it. */
function endOfKeptBlock(text: string, { key, value }: Pair): number | undefined {
  const leaf = lastLeaf(value ?? key);
  if (!isScalar(leaf) || blockOf(leaf)?.header.includes("+") !== true) return undefined;
  const [, end] = rangeOf(leaf);
  return text[end - 1] === "\n" ? end - 1 : end;
}

/** Where the content of an entry ends, without the blank lines below it. */
function endOf(text: string, { key, value }: Pair): number {
  const [start, end] = rangeOf(lastLeaf(value ?? key));
  return Math.max(start, text.slice(0, end).trimEnd().length);
}

/** Where the comment lines right above a line begin. */
function aboveComments(text: string, start: number): number {
  let first = start;
  while (
    first > 0 &&
    lineAt(text, first - 1)
      .trim()
      .startsWith("#")
  )
    first = lineStart(text, first - 1);
  return first;
}

/**
 * Lines as the only content of a key that had none: after the comments that are indented below it.
 *
 * @param written where the key ends, with the empty value behind it
 */
export function placedUnder(
  text: string,
  written: number,
  outer: number,
  lines: readonly string[],
): Edit {
  return linesAfter(text, afterComments(text, written, outer), lines);
}

/** The last comment line after an offset that is deeper than a column; the offset itself without one. */
function afterComments(text: string, offset: number, outer: number): number {
  let last = offset;
  for (let at = nextLine(text, offset); at !== undefined; at = nextLine(text, at)) {
    const line = lineAt(text, at).trim();
    if (line.startsWith("#") && indentAt(text, at) > outer) last = at;
    else if (line !== "") break;
  }
  return last;
}
