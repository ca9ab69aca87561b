import { forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from "unbash";
import { keepingLatest } from "./latest.ts";

/** Longer than any script that a person keeps in a configuration file, in UTF-16 units. */
const longest = 200_000;

/** What opens something that ends further on; more of it than this, and a parser may take very long. */
const openings = /[({`]|<<|\b(?:coproc|function)\b/gu;
const mostOpenings = 3000;

/** Said of a script that nobody wrote by hand. */
export const tooIntricate = "the script is too intricate to follow";

/**
 * Parses a script; unlike dash, the parser also takes what only bash knows. One that is made to take very long comes
 * back empty, with an error. Never throws. The latest trees are kept.
 */
export const parseScript: (text: string) => ParsedScript = keepingLatest(parsed);

function parsed(text: string): ParsedScript {
  if (text.length > longest || hasTooMany(text)) return unparsed(text);
  try {
    const tree = parse(text);
    const inner = /\$\(|`/u.test(text) ? errorsBelow(tree) : [];
    return inner.length === 0 ? tree : { ...tree, errors: [...(tree.errors ?? []), ...inner] };
  } catch (error) {
    // The parser follows some constructs until the stack is full.
    if (error instanceof RangeError) return unparsed(text);
    throw error;
  }
}

/**
 * Why commands of a script may be left out of its tree, as a clause; undefined where all of it was read. A limit of the
 * parser says nothing of the script.
 */
export function whyCutShort({ errors: [error] = [] }: ParsedScript): string | undefined {
  if (error === undefined) return undefined;
  const isLimit = error.message === tooIntricate || /^maximum .* exceeded$/u.test(error.message);
  return isLimit ? tooIntricate : `it isn't complete: ${error.message}`;
}

/** What the parser couldn't read within `$(…)`: it tells so there alone, and leaves out what follows. */
function errorsBelow(top: SyntaxNode): readonly ParseError[] {
  const errors: ParseError[] = [];
  const take = (node: SyntaxNode): void => {
    if (node.type === "Script") errors.push(...(node.errors ?? []));
    forEachChild(node, take);
  };
  forEachChild(top, take);
  return errors;
}

function unparsed(text: string): ParsedScript {
  const { length: end } = text;
  return { ...parse(""), end, errors: [{ message: tooIntricate, pos: 0 }] };
}

function hasTooMany(text: string): boolean {
  return text.length > mostOpenings && (text.match(openings)?.length ?? 0) > mostOpenings;
}
