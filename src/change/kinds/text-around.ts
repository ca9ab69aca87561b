import type { Edit } from "../../yaml/edit.ts";

/** The text on both sides of a stretch, up to the ends of lines, that tells where the stretch is. */
export interface TextAround {
  readonly before: string;
  readonly after: string;
}

const mostLines = 20;

/**
 * The fewest whole lines around a stretch with which it is in the text once only; undefined where it would take more
 * than twenty on a side.
 */
export function textAround(
  text: string,
  { offset, length }: Pick<Edit, "offset" | "length">,
): TextAround | undefined {
  let start = lineStart(text, offset);
  let end = lineEnd(text, offset + length);
  for (let lines = 0; lines <= mostLines; lines += 1) {
    const [before, after] = [text.slice(start, offset), text.slice(offset + length, end)];
    const stretch = text.slice(start, end);
    if (stretch !== "" && placesOf(stretch, text).length === 1) return { before, after };
    start = lineStart(text, Math.max(0, start - 1));
    end = lineEnd(text, Math.min(text.length, end + 1));
  }
  return undefined;
}

/**
 * Where a stretch is in a text that was edited elsewhere.
 * @returns its offset; undefined when it and its surroundings aren't there exactly once
 */
export function findStretch(
  text: string,
  stretch: string,
  { before, after }: TextAround,
): number | undefined {
  const [place, ...others] = placesOf(before + stretch + after, text);
  return place === undefined || others.length > 0 ? undefined : place + before.length;
}

/** The offsets of whole lines in a text. */
function placesOf(lines: string, text: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(lines); at !== -1; at = text.indexOf(lines, at + 1)) {
    const end = at + lines.length;
    if (lineStart(text, at) === at && (end === 0 || lineEnd(text, end) === end)) places.push(at);
  }
  return places;
}

/** The offset after the line feed before an offset. */
function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset after the line feed that ends the line up to an offset; the offset itself when a line ends there. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const feed = text.indexOf("\n", offset);
  return feed === -1 ? text.length : feed + 1;
}
