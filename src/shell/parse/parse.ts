import { forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from "unbash";

/** Longer than any script that a person keeps in a configuration file, in UTF-16 units. */
const longest = 200_000;

/** What opens something that ends further on; more of it than this, and a parser may take very long. */
const openings = /[({`]|<<|\b(?:coproc|function)\b/gu;
const mostOpenings = 3000;

/** Said of a script that nobody wrote by hand. */
export const tooIntricate = "the script is too intricate to follow";

const recent = new Map<string, ParsedScript>();
const recentLimit = 128;

/**
 * Parses a script; unlike dash, the parser also takes what only bash knows. One that is made to take very long comes
 * back empty, with an error. Never throws. Many look at the same few scripts one after the other: the latest trees are
 * kept, and nobody changes them.
 */
export function parseScript(text: string): ParsedScript {
  const before = recent.get(text);
  if (before !== undefined) return before;
  const tree = parsed(text);
  const [oldest] = recent.keys();
  if (recent.size === recentLimit && oldest !== undefined) recent.delete(oldest);
  recent.set(text, tree);
  return tree;
}

function parsed(text: string): ParsedScript {
  if (text.length > longest || count(text, openings) > mostOpenings) return unparsed(text);
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

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
