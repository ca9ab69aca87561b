/** How many lines of a list are read out at once. */
const atOnce = 20;

/**
 * What of a list is read out at once, and where there is more than can be followed, how to have the others.
 *
 * @param word what is typed in front of the words that narrow the list
 */
export function readOut<Item>(
  items: readonly Item[],
  word = "filter",
): { readonly first: readonly Item[]; readonly rest: readonly string[] } {
  const left = items.length - atOnce;
  return left <= 0
    ? { first: items, rest: [] }
    : {
        first: items.slice(0, atOnce),
        rest: [`and ${left} more: type ${word} and words, to list those that have them.`],
      };
}

/** The lines that have all the words of a filter, whatever the case, as many of them as are read out at once. */
export function linesWith(
  lines: readonly string[],
  filter: string,
  word?: string,
): readonly string[] {
  const words = filter.toLowerCase().split(/\s+/u);
  const found = lines.filter((line) => words.every((word) => line.toLowerCase().includes(word)));
  if (found.length === 0) return [`None of ${lines.length} has all of: ${filter}`];
  const { first, rest } = readOut(found, word);
  return [...first, ...rest];
}
