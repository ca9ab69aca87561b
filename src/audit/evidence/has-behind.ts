/**
 * Whether a part of a text has something, and something else behind it. Only the first place of the one is gone from:
 * from each of them on, a long line takes minutes.
 *
 * @param by what parts the text: a line end, say
 * @param first a pattern that takes one character at least
 */
export function hasBehind(
  text: string,
  by: RegExp | string,
  first: RegExp,
  second: RegExp,
): boolean {
  return text.split(by).some((part) => {
    const at = part.search(first);
    return at >= 0 && second.test(part.slice(at + 1));
  });
}
