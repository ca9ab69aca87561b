import { editDistance } from "../edit-distance.ts";

/**
 * Which of some words was meant by one that is none of them, as the beginning of what to do now: "did you mean backup? ".
 * The nearest ones by their letters; else those that begin with it; else, of ids of several words, those with most of its
 * words. Empty where none is near, or more than three are.
 */
export function meantBy(typed: string, known: readonly string[]): string {
  const word = typed.trim().toLowerCase();
  if (word === "") return "";
  const found = [nearest, beginningWith, ofItsWords].map((near) => near(word, known));
  const meant = found.find(({ length }) => length > 0) ?? [];
  return meant.length === 0 || meant.length > 3 ? "" : `did you mean ${meant.join(" or ")}? `;
}

/** Those that differ by the fewest letters, and by no more than one in three. */
function nearest(word: string, known: readonly string[]): readonly string[] {
  const edits = known.map((each) => editDistance(word, each.toLowerCase()));
  const least = Math.min(...edits);
  return least > word.length / 3 ? [] : known.filter((_, at) => edits[at] === least);
}

function beginningWith(word: string, known: readonly string[]): readonly string[] {
  return word.length < 3 ? [] : known.filter((each) => each.toLowerCase().startsWith(word));
}

/** Those that share most of their words with it, as far as the beginnings of the words tell, in any order. */
function ofItsWords(word: string, known: readonly string[]): readonly string[] {
  const wordsIn = (text: string) => text.toLowerCase().split(/[^a-z]+/u);
  const isLike = (one: string, other: string) =>
    one !== "" && one.slice(0, 4) === other.slice(0, 4);
  const alike = known.map((each) => {
    const [own, others] = [wordsIn(word), wordsIn(each)];
    const shared = own.filter((one) => others.some((other) => isLike(one, other)));
    return shared.length / Math.max(own.length, others.length);
  });
  const most = Math.max(...alike);
  return most < 0.6 ? [] : known.filter((_, at) => alike[at] === most).slice(0, 3);
}
