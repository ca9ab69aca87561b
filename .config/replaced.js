/**
 * The text of a package's file with another text in the place of one that stands in it exactly once; throws where that
 * isn't so, because the package has changed then.
 *
 * @param {string} text @param {string} from @param {string} to
 */
export function replaced(text, from, to) {
  if (from === "" || text.split(from).length !== 2)
    throw new Error(`Not once in the package: ${from}`);
  return text.replace(from, () => to);
}
