/**
 * JSON in which the characters that a terminal obeys, or that reorder a line, are written as escapes: it says the same.
 *
 * @param text JSON, as `JSON.stringify` writes it
 */
export function asciiControls(text: string): string {
  return text.replace(
    /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The items of a JSON array, each on a line of its own, with the commas between them. */
export async function* inArray(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before: string | undefined;
  for await (const item of items) {
    if (before !== undefined) yield `${before},`;
    before = asciiControls(JSON.stringify(item));
  }
  if (before !== undefined) yield before;
}
