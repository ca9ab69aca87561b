import { stripVTControlCharacters } from "node:util";

/**
 * Text from the API or from a file, made safe to show: terminal sequences, control characters (C0, DEL, C1) and the
 * invisible characters that reorder a line are removed; a tab becomes two spaces, a line end a space.
 */
export function printable(text: string): string {
  return printableLines(text).join(" ");
}

/** As `printable`, with the lines kept apart. */
export function printableLines(text: string): string[] {
  return stripVTControlCharacters(text)
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => line.replaceAll("\t", "  ").replace(unprintable, ""));
}

/** Unicode 16: general category Cc, and the Bidi_Control characters. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
