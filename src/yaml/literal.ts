import { isScalar } from "yaml";
import { blockOf } from "./block.ts";
import type { Edit } from "./edit.ts";
import { eolAt, lineStart, linesAfter, nextLine } from "./lines.ts";
import { type Entry, rangeOf } from "./nodes.ts";

/** Whether a literal block can hold a text: YAML has escapes for control characters in quotes only. */
export function fitsLiteral(text: string): boolean {
  return !/[^\P{C}\t\n\p{Co}\p{Cf}\p{Cn}]|[\u0085\u2028\u2029\uFEFF]/u.test(text);
}

/**
 * Turns the value of an entry, whatever its style, into a literal block. A comment behind the value
 * comes to stand behind the `|`.
 *
 * @param body the lines of the block, with their indentation
 */
export function asLiteral(
  text: string,
  { value, colon }: Entry,
  body: readonly string[],
): readonly Edit[] {
  const [start, end] = rangeOf(value);
  const block = isScalar(value) ? blockOf(value) : undefined;
  if (block !== undefined) {
    const header = { offset: start, length: block.header.length, text: "|" };
    const content = block.body.replace(/(?:\r?\n *)+$/u, "");
    if (content.trim() === "") return [header, linesAfter(text, start, body)];
    const lines = body.join(eolAt(text, start));
    return [header, { offset: block.bodyStart, length: content.length, text: lines }];
  }
  if (start === end)
    return [{ offset: colon, length: 0, text: " |" }, linesAfter(text, colon, body)];
  const next = nextLine(text, colon);
  if (next === undefined || start < next)
    return [{ offset: start, length: end - start, text: "|" }, linesAfter(text, end, body)];
  const from = lineStart(text, start);
  return [
    { offset: colon, length: 0, text: " |" },
    { offset: from, length: end - from, text: body.join(eolAt(text, start)) },
  ];
}
