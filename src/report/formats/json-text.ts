/**
 * JSON in which the characters that a terminal or a CI system obeys, that reorder a line or have no width, are written as
 * escapes: it says the same.
 *
 * @param text JSON, as `JSON.stringify` writes it
 */
export function asciiControls(text: string): string {
  return text.replace(
    /[\u007F-\u009F\u2028\u2029]|\p{Default_Ignorable_Code_Point}|#(?=#\w*\[)|\p{Bidi_Control}/gu,
    (character) =>
      Array.from(
        { length: character.length },
        (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`,
      ).join(""),
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
