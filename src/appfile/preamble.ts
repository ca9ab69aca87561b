/**
 * How many lines at the top of a script come before anything is done: `set` commands, comments and the
 * blank lines between them. Comments after a blank line belong to what follows, unless a `set` comes
 * after them.
 *
 * @param lines the lines of a shell script
 */
export function preambleLength(lines: readonly string[]): number {
  let length = 0;
  let joined = true;
  for (const [index, line] of lines.entries()) {
    const setting = /^\s*set(?:\s+[-+]?\w+)+\s*;?\s*(?:#.*)?$/u.test(line);
    const comment = /^\s*#/u.test(line);
    if (setting) joined = true;
    else if (line.trim() === "") joined = joined && length === 0;
    else if (!comment) break;
    if (setting || (comment && joined)) length = index + 1;
  }
  return length;
}
