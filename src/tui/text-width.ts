import stringWidth from "string-width";

/** Made when it is asked for: it takes a fifth of the time of a run without it. */
let graphemes: Intl.Segmenter | undefined;

/** What a person sees as one character, in order. */
export function characters(text: string): string[] {
  // Taking a text apart by Unicode's rules takes a hundred times as long.
  if (isNarrow(text) && !text.includes("\r")) return text.split("");
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** How many terminal columns the text takes, measured as Ink measures it when it lays a frame out. */
export function widthOf(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

/** Whether each code unit is a character of its own, one column wide: what most texts here are made of. */
function isNarrow(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isNarrowUnit(text.charCodeAt(at))) return false;
  return true;
}

/** ASCII, Latin letters without the soft hyphen, dashes and quotes, arrows, and the lines of frames. */
function isNarrowUnit(unit: number): boolean {
  return (
    unit <= 0x7e ||
    (unit >= 0xa1 && unit <= 0x2ff && unit !== 0xad) ||
    (unit >= 0x2010 && unit <= 0x2027) ||
    (unit >= 0x2190 && unit <= 0x21ff) ||
    (unit >= 0x2500 && unit <= 0x257f)
  );
}

/** Cuts the text to the columns, with `…` where something is missing. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  return `${takeColumns(characters(text), Math.max(0, columns - 1)).join("")}…`;
}

/** The characters from the front that fit into the columns. */
function takeColumns(from: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let left = columns;
  for (const character of from) {
    left -= widthOf(character);
    if (left < 0) break;
    taken.push(character);
  }
  return taken;
}

/**
 * Breaks the text into lines of at most `columns`, between words where there is a blank. At least one line. `wrap-ansi` takes a
 * hundred times as long, which a key in a long list has no time for, and begins a word that is too long in the line before.
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (widthOf(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = breakAnywhere(word, columns);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  return [...lines, line];
}

/**
 * Breaks a line of code so that no word is cut: a piece goes on deeper than the line's own indentation. A break stands in
 * the place of one blank, and every other is kept. Only a word that is longer than a whole row is cut. At least one line.
 */
export function wrapCode(text: string, columns: number): string[] {
  if (widthOf(text) <= columns) return [text];
  const indentation = /^ */u.exec(text)?.[0] ?? "";
  const deeper = " ".repeat(Math.min(indentation.length + 2, Math.floor(columns / 3)));
  const lines: string[] = [];
  let line = "";
  // Each piece is a word with the blanks before it.
  for (const piece of text.match(/ *[^ ]+| +$/gu) ?? [text]) {
    if (widthOf(line + piece) <= columns) {
      line += piece;
      continue;
    }
    if (line.trim() !== "") lines.push(line);
    const rest = line.trim() === "" ? line + piece : deeper + piece.slice(1);
    const pieces = breakAnywhere(rest, columns);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  return [...lines, line];
}

/** Breaks the text exactly at the columns, keeping every blank: for code and diffs. At least one line. */
export function breakAnywhere(text: string, columns: number): string[] {
  if (widthOf(text) <= columns) return [text];
  const lines: string[] = [];
  let rest = characters(text);
  while (rest.length > 0) {
    const taken = takeColumns(rest, columns);
    // A character that is wider than the line stands alone.
    const count = Math.max(1, taken.length);
    lines.push(rest.slice(0, count).join(""));
    rest = rest.slice(count);
  }
  return lines;
}
