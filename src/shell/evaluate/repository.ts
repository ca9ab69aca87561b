import type { ParsedScript } from "unbash";
import type { DashRefusal } from "../parse/dash/refusal.ts";
import { type DashReading, readAsDash } from "../parse/dash/syntax.ts";
import { parseScript } from "../parse/parse.ts";
import { eachNode } from "../parse/tree.ts";
import { Conditions } from "./conditions.ts";
import type { Shell } from "./sighting.ts";
import { TaskFiles } from "./task-file.ts";

/** The scripts that a script may call, and what they mean; each text is read once. */
export class ScriptRepository {
  /** The beginning of every walk through them. */
  readonly unconditional = new Conditions();
  readonly tasks = new TaskFiles();
  readonly #texts: ReadonlyMap<string, string>;
  readonly #readings = new Map<string, DashReading>();
  /** By the shell and then by the text as it is: a key made of both would be as long as the text, for each look. */
  readonly #trees = new Map<Shell, Map<string, ParsedScript>>();

  /** @param texts by the path, which is relative to the app's directory, with `/` */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /** The text of a script by its path; undefined where it isn't known. */
  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** What dash says of a text whose syntax it refuses. */
  refusal(text: string): DashRefusal | undefined {
    if (!this.#readings.has(text)) this.#readings.set(text, readAsDash(text));
    const reading = this.#readings.get(text);
    return reading?.kind === "refused" ? reading.refusal : undefined;
  }

  /** The tree of a text as a shell reads it; places are those of the text. */
  tree(text: string, shell: Shell): ParsedScript {
    const trees = this.#trees.get(shell) ?? new Map<string, ParsedScript>();
    this.#trees.set(shell, trees);
    const before = trees.get(text);
    if (before !== undefined) return before;
    const tree = parseScript(shell === "dash" ? withBackground(text) : text);
    trees.set(text, tree);
    return tree;
  }
}

/** `a &> b` as dash reads it, `a & > b`, with everything in its place. */
function withBackground(text: string): string {
  if (!text.includes("&>")) return text;
  let read = text;
  eachNode(parseScript(text), (node) => {
    if (node.type !== "Redirect" || !node.operator.startsWith("&")) return;
    const { pos } = node;
    if (/\s/u.test(text[pos - 1] ?? "")) read = `${read.slice(0, pos - 1)}& ${read.slice(pos + 1)}`;
  });
  return read;
}
