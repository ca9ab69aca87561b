import { type ParsedScript, parse } from "unbash";

/** The scripts that a script may call, and what they mean; each text is parsed once. */
export class Repository {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #trees = new Map<string, ParsedScript>();

  /** @param texts by the path, which is relative to the app's directory, with `/` */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  tree(text: string): ParsedScript {
    const before = this.#trees.get(text);
    if (before !== undefined) return before;
    const tree = parse(text);
    this.#trees.set(text, tree);
    return tree;
  }
}
