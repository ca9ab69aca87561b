/** The colours of the marks that a line begins with, as numbers of SGR (ECMA-48). */
const colours: Readonly<Record<string, number>> = { "✔": 32, "▲": 33, "?": 33, "✖": 31 };

/**
 * Gives the mark that a line begins with its colour: done, to watch or not known, wrong. Only the mark has one, as on the
 * screens (docs/terminal.md).
 *
 * @param line as it was meant, before its marks were written in ASCII
 * @param rows the line as it is printed: its first sign is the mark, or what stands for it in ASCII
 */
export function withColouredMark(line: string, rows: readonly string[]): readonly string[] {
  const text = line.trimStart();
  const colour = text[1] === " " ? colours[text.charAt(0)] : undefined;
  const [first = "", ...rest] = rows;
  if (colour === undefined) return rows;
  return [first.replace(/\S/u, `\u001b[${colour}m$&\u001b[39m`), ...rest];
}
