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

/** The further lines are two blanks deeper than the first. A word that is too long, such as a path, stays whole. */
function hanging(text: string, columns: number): readonly string[] {
  const blanks = /^ */u.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = blanks;
  for (const word of text.slice(blanks.length).split(" ")) {
    const isEmpty = line.trim() === "";
    const joined = isEmpty ? line + word : `${line} ${word}`;
    if (isEmpty || widthOf(joined) <= columns) {
      line = joined;
    } else {
      lines.push(line);
      line = `${blanks}  ${word}`;
    }
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
