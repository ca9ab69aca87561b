import type { ParsedScript } from "unbash";
import { type StreamWrite, writeKey } from "./streams.ts";

/** What called scripts write by themselves, which is told of each as a script of its own. */
export class OwnWrites {
  readonly #known = new Map<string, ReadonlySet<string>>();
  readonly #follow: (tree: ParsedScript) => readonly StreamWrite[];

  /** @param follow follows a script that is given nothing, and those that it calls */
  constructor(follow: (tree: ParsedScript, own: OwnWrites) => readonly StreamWrite[]) {
    this.#follow = (tree) => follow(tree, this);
  }

  /** What a script writes that is given nothing, by the keys of its writes. */
  of(text: string, tree: ParsedScript): ReadonlySet<string> {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    // One that calls itself brings nothing more.
    this.#known.set(text, new Set());
    const own = new Set(this.#follow(tree).map(writeKey));
    this.#known.set(text, own);
    return own;
  }
}
