/** Something that makes a file unfit for editing, and where it is. */
export interface UnfitPlace {
  readonly offset: number;
  readonly why: string;
}

/**
 * What YAML parsers pass over, or report in a way that doesn't help, by the text that shows it. A rare character is looked
 * for before what stands in front of it.
 */
const unfitTexts: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  {
    pattern: /^version https:\/\/git-lfs\.github\.com\/spec\//u,
    why: "It is a Git LFS pointer; the file itself has to be fetched first",
  },
  { pattern: /\0/u, why: "It holds a zero byte" },
  { pattern: /\r(?!\n)/u, why: "A line ends with a carriage return alone" },
  {
    pattern: /^(?:<{7}|>{7}|\|{7})(?= |\r?$)/mu,
    why: "A merge conflict isn't resolved here",
  },
  {
    pattern: /[\u0085\u00A0\u1680\u2000-\u200B\u2028\u2029\u202F\u205F\u3000](?<=^[ \t]*.)/msu,
    why: "The indentation holds a character that looks like a space and isn't one",
  },
  {
    pattern: /\uFEFF(?<=\n[ \t]*.)/u,
    why: "A byte order mark stands in the middle of the file",
  },
];

/** The first unfit place in a text, by its place in the table. */
export function firstUnfitPlace(text: string): UnfitPlace | undefined {
  for (const { pattern, why } of unfitTexts) {
    const match = pattern.exec(text);
    if (match !== null) return { offset: match.index, why };
  }
  return undefined;
}
