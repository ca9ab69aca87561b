import { parseScript } from "./parse/parse.ts";

/**
 * Whether a comment starts at an offset of a script. It does when the shell reads the same script without it, and
 * another one with a word in its place; so a `#` in quotes, in a here-document or inside another comment is none.
 *
 * @param index the offset of a `#`
 */
export function startsComment(text: string, index: number): boolean {
  const feed = text.indexOf("\n", index);
  const rest = feed === -1 ? "" : text.slice(feed);
  const without = text.slice(0, index) + rest;
  return (
    isSameScript(text, without) && !isSameScript(without, `${text.slice(0, index)}word${rest}`)
  );
}

/** Whether two scripts are the same commands in the same order, whatever blanks and comments stand between them. */
export function isSameScript(one: string, other: string): boolean {
  return shapeOf(one) === shapeOf(other);
}

function shapeOf(text: string): string {
  return JSON.stringify(parseScript(text), (key, value: unknown) =>
    key === "pos" || key === "end" ? undefined : value,
  );
}
