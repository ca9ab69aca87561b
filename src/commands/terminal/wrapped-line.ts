import { widthOf } from "../../tui/text-width.ts";

/**
 * A line as it is printed on a terminal: broken between words where it is too long. What begins with four blanks is code,
 * and stays whole. A command at the end is broken so that it can be copied: a POSIX shell reads its lines as one.
 *
 * @param columns of the terminal; undefined where there is none, and nothing is broken
 */
export function wrappedLine(line: string, columns: number | undefined): readonly string[] {
  if (columns === undefined || widthOf(line) <= columns || line.startsWith("    ")) return [line];
  const [, prose, command] = /^(.*:) (machinist [a-z]+ [/'].*)$/u.exec(line) ?? [];
  if (prose === undefined || command === undefined) return hanging(line, columns);
  return [...hanging(prose, columns), ...commandLines(command, columns)];
}

/**
 * A line of two columns as it is printed on a terminal: the further lines stand in the second column.
 *
 * @param width of the first column
 * @param columns of the terminal; undefined where there is none, and nothing is broken
 */
export function wrappedColumn(
  name: string,
  text: string,
  width: number,
  columns: number | undefined,
): readonly string[] {
  const start = name.padEnd(width);
  if (columns === undefined) return [start + text];
  // In a few columns nobody reads: what is too long stands below its name then.
  const depth = columns - width < leastColumn ? 2 : width;
  return broken(text, start, " ".repeat(depth), columns);
}

const leastColumn = 24;

/** The further lines are two blanks deeper than the first. */
function hanging(text: string, columns: number): readonly string[] {
  const blanks = /^ */u.exec(text)?.[0] ?? "";
  return broken(text.slice(blanks.length), blanks, `${blanks}  `, columns);
}

/** The text after its start, and after the blanks of further lines. A word that is too long, such as a path, stays whole. */
function broken(text: string, start: string, blanks: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = start;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    const joined = isEmpty ? line + word : `${line} ${word}`;
    if (isEmpty || widthOf(joined) <= columns) {
      line = joined;
    } else {
      lines.push(line);
      line = blanks + word;
    }
    isEmpty = false;
  }
  return [...lines, line];
}

/** Broken before flags only, so that a value stays with its flag. */
function commandLines(command: string, columns: number): readonly string[] {
  const words = command.match(/(?:'[^']*'|\\'|[^\s'\\])+/gu) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    const value = word.startsWith("--") && next !== undefined && !next.startsWith("--") ? next : "";
    const needed = widthOf(word) + (value === "" ? 0 : 1 + widthOf(value));
    if (word.startsWith("--") && widthOf(line) + 1 + needed > columns - 4) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  const all = [...lines, line];
  return all.map((text, index) => `  ${text}${index < all.length - 1 ? " \\" : ""}`);
}
