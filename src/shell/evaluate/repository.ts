import type { ParsedScript } from "unbash";
import type { Refusal } from "../parse/dash/refusal.ts";
import { type DashReading, readAsDash } from "../parse/dash/syntax.ts";
import { parseScript } from "../parse/parse.ts";

/** The scripts that a script may call, and what they mean; each text is read once. */
export class Repository {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #readings = new Map<string, DashReading>();
  readonly #trees = new Map<string, ParsedScript>();

  /** @param texts by the path, which is relative to the app's directory, with `/` */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** What dash says of a text whose syntax it refuses. */
  refusal(text: string): Refusal | undefined {
    if (!this.#readings.has(text)) this.#readings.set(text, readAsDash(text));
    const reading = this.#readings.get(text);
    return reading?.kind === "refused" ? reading.refusal : undefined;
  }

  tree(text: string): ParsedScript {
    const before = this.#trees.get(text);
    if (before !== undefined) return before;
    const tree = parseScript(text);
    this.#trees.set(text, tree);
    return tree;
  }
}
