/**
 * How many lines at the top of a script come before anything is done: `#!`, `set` commands with the comments before
 * them, and a comment that a blank line sets apart from what follows. A comment right above a command describes that
 * command and stays with it.
 *
 * @param lines the lines of a shell script
 */
export function preambleLength(lines: readonly string[]): number {
  let length = lines[0]?.startsWith("#!") === true ? 1 : 0;
  let apart = true;
  for (const [index, line] of lines.entries()) {
    const comment = /^\s*#/u.test(line);
    const blank = line.trim() === "";
    if (isSetting(line)) {
      length = index + 1;
      apart = false;
    } else if (!(comment || blank)) return length;
    else if (apart && comment && isLastOfItsKind(lines, index)) length = index + 1;
    if (blank && length > 0) apart = false;
  }
  // Nothing is done at all: the lines come after all that is said.
  return lines.findLastIndex((line) => line.trim() !== "") + 1;
}

function isSetting(line: string): boolean {
  return /^\s*set(?:\s+[-+]?\w+)+\s*;?\s*(?:#.*)?$/u.test(line);
}

/** Whether a comment is followed by a blank line. */
function isLastOfItsKind(lines: readonly string[], index: number): boolean {
  return lines[index + 1]?.trim() === "";
}
