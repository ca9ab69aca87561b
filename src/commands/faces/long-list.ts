/** How many lines of a list are read out at once. */
const atOnce = 20;

/**
 * The lines that have all the words of a filter, whatever the case, and where there are more than can be followed, how
 * to have the others.
 */
export function linesWith(lines: readonly string[], filter: string): readonly string[] {
  const words = filter.toLowerCase().split(/\s+/u);
  const found = lines.filter((line) => words.every((word) => line.toLowerCase().includes(word)));
  if (found.length === 0) return [`None of ${lines.length} has all of: ${filter}`];
  const left = found.length - atOnce;
  return left <= 0
    ? found
    : [
        ...found.slice(0, atOnce),
        `and ${left} more: type filter and words, to list those that have them.`,
      ];
}
