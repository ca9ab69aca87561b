/**
 * A text of which not all is known: what a program printed, or a variable that the platform sets. What isn't known
 * stands under a name between NUL characters, which no shell string can hold, so that the same unknown text is the same
 * wherever it gets to.
 */
export function unknownText(name: string): string {
  return `\0${name.replaceAll("\0", "")}\0`;
}

/** Whether all of a text is known. */
export function isKnown(text: string): boolean {
  return !text.includes("\0");
}

/** The text where the shell splits it at blanks or looks for files that fit: nobody knows how many words it becomes. */
export function severalWords(text: string): string {
  return isKnown(text)
    ? unknownText(`${several}${text}`)
    : text.replace(/\0([^\0]*)\0/gu, (_, name: string) => unknownText(several + name));
}

/** Whether a text may become another number of words than one. */
export function isSeveral(text: string): boolean {
  return text.includes(`\0${several}`);
}

const several = "words of ";

/** The text as a person can read it. */
export function readable(text: string): string {
  return text.replaceAll("\0", "").replaceAll(several, "");
}
