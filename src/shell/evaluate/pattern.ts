import type { Word, WordPart } from "unbash";

/** One thing that a shell pattern asks for: any text, or one character of some. */
type Piece = { readonly kind: "any" } | { readonly kind: "one"; fits(character: string): boolean };

/** A shell pattern, piece by piece (POSIX, "Pattern Matching Notation"). */
export type Pattern = readonly Piece[];

/** The pattern that a word is; undefined for what can't be read alike in every shell, such as `[^a]` or `[[:alpha:]]`. */
export function patternOf({ parts = [] }: Word): Pattern | undefined {
  const read = parts.map(piecesOf);
  const known = read.filter((pieces) => pieces !== undefined);
  return known.length === read.length ? known.flat() : undefined;
}

/** The pattern of a file's name as it is written, of whose brackets no more is taken than that they fit something. */
export function namePattern(text: string): Pattern {
  return text.split(/(\*|\?|\[[^\]]*\])/u).flatMap((part): Pattern => {
    if (part === "?") return [{ kind: "one", fits: () => true }];
    return /^[*[]/u.test(part) ? [{ kind: "any" }] : exactly(part);
  });
}

function piecesOf(part: WordPart): Pattern | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return exactly(part.value);
    case "DoubleQuoted": {
      const texts = part.parts.flatMap((child) => (child.type === "Literal" ? [child.value] : []));
      return texts.length === part.parts.length ? exactly(texts.join("")) : undefined;
    }
    case "Glob":
      if (part.kind === "star") return [{ kind: "any" }];
      if (part.kind === "question") return [{ kind: "one", fits: () => true }];
      return bracket(part.text);
    default:
      return undefined;
  }
}

function exactly(text: string): Pattern {
  return [...text].map((wanted) => ({ kind: "one", fits: (found) => found === wanted }));
}

/** `[abc]`, `[a-z]`, `[!a]`. */
function bracket(text: string): Pattern | undefined {
  const [, not, inside] = /^\[(!?)([^\]["'`$\\^]+)\]$/u.exec(text) ?? [];
  if (inside === undefined) return undefined;
  const ranges = [...inside.matchAll(/(.)-(.)|(.)/gsu)].map(([, from, to, only]) => ({
    from: from ?? only ?? "",
    to: to ?? only ?? "",
  }));
  const holds = (found: string) => ranges.some(({ from, to }) => from <= found && found <= to);
  return [{ kind: "one", fits: (found) => holds(found) !== (not === "!") }];
}

/** Whether any text at all fits. */
export function fitsAnything(pattern: Pattern): boolean {
  return pattern.length > 0 && pattern.every(({ kind }) => kind === "any");
}

/**
 * Whether a text fits a pattern as a whole. Each `*` first stands for nothing; when what follows doesn't fit, the last
 * one takes a character more. The ones before it never have to be tried again, so the time is at most that of both
 * lengths multiplied.
 */
export function fits(pattern: Pattern, text: string): boolean {
  const characters = [...text];
  let [at, next] = [0, 0];
  let retry: { at: number; next: number } | undefined;
  while (at < characters.length) {
    const piece = pattern[next];
    const character = characters[at] ?? "";
    if (piece?.kind === "any") {
      next += 1;
      retry = { at, next };
    } else if (piece?.fits(character) === true) {
      at += 1;
      next += 1;
    } else if (retry !== undefined) {
      retry.at += 1;
      ({ at, next } = retry);
    } else return false;
  }
  return pattern.slice(next).every(({ kind }) => kind === "any");
}
