import { isKnown } from "./unknown-text.ts";

/** A shell pattern in its pieces: texts that stand for themselves, `*`, and `?`. */
export type TextPattern = readonly (string | { readonly any: "text" | "character" })[];

/** The pattern of an unquoted text; undefined for one with brackets, which isn't read. */
export function textPatternOf(text: string): TextPattern | undefined {
  if (/[[\\]/u.test(text)) return undefined;
  return text
    .split(/([*?])/u)
    .filter((piece) => piece !== "")
    .map((piece): TextPattern[number] => {
      if (piece === "*") return { any: "text" };
      return piece === "?" ? { any: "character" } : piece;
    });
}

/** Whether a text fits a pattern as a whole; undefined where that depends on what isn't known of them. */
export function fitsText(text: string, pattern: TextPattern): boolean | undefined {
  if (pattern.every((piece) => typeof piece !== "string" && piece.any === "text"))
    return pattern.length > 0 || text === "";
  if (pattern.every((piece) => typeof piece === "string")) {
    const whole = pattern.join("");
    if (text === whole) return true;
    return isKnown(text) && isKnown(whole) ? false : undefined;
  }
  const known =
    isKnown(text) && pattern.every((piece) => typeof piece !== "string" || isKnown(piece));
  return known
    ? matches(
        [...text],
        pattern.flatMap((piece): TextPattern => (typeof piece === "string" ? [...piece] : [piece])),
      )
    : undefined;
}

/** Goes back to the latest `*` only, so that the time stays within the product of both lengths. */
function matches(text: readonly string[], pattern: TextPattern): boolean {
  let [at, piece] = [0, 0];
  let star: { readonly piece: number; at: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[piece];
    if (wanted === text[at] || (typeof wanted === "object" && wanted.any === "character")) {
      at += 1;
      piece += 1;
    } else if (typeof wanted === "object") {
      star = { piece, at };
      piece += 1;
    } else if (star !== undefined) {
      star.at += 1;
      at = star.at;
      piece = star.piece + 1;
    } else return false;
  }
  return pattern.slice(piece).every((rest) => typeof rest === "object" && rest.any === "text");
}

/**
 * What is left of a text without the shortest or the longest start or end that fits a pattern, as `${x#…}` and its
 * like; undefined where that depends on what isn't known.
 */
export function without(
  text: string,
  pattern: TextPattern,
  { end, longest }: { readonly end: boolean; readonly longest: boolean },
): string | undefined {
  if (!isKnown(text)) return undefined;
  const lengths = [...text, ""].map((_, index) => index);
  for (const length of longest ? lengths.toReversed() : lengths) {
    const piece = end ? text.slice(text.length - length) : text.slice(0, length);
    const found = fitsText(piece, pattern);
    if (found === undefined) return undefined;
    if (found) return end ? text.slice(0, text.length - length) : text.slice(length);
  }
  return text;
}
