import type { YAMLMap } from "yaml";
import type { Edit } from "./edit.ts";
import { indentAt, lineAt, linesAfter, nextLine } from "./lines.ts";
import { lastLeaf, rangeOf } from "./nodes.ts";

/**
 * Ways to add lines as the last entry of a mapping, the best first: after its content and the comments
 * that are indented as part of it; right after its content; after the blank lines that belong to a last
 * block (`|+`), without one more.
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
  const [start, end] = rangeOf(lastLeaf(map));
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
