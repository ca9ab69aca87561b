import type { While } from "unbash";
import { eachNode } from "../parse/tree.ts";
import type { CommandOutput } from "./scope.ts";
import { fixedText } from "./word.ts";

/** What is known of the rounds of a loop that reads its input line by line. */
export type ReadRounds =
  /** What each of them gives the loop's variables, by their names. */
  | { readonly kind: "known"; readonly lines: readonly ReadonlyMap<string, string>[] }
  /** How many there are isn't known, and can't differ between environments. */
  | { readonly kind: "same" };

/**
 * The rounds of `while read NAME…`; undefined for any other loop, and where they may differ between environments.
 *
 * @param input what comes in, which begins at the loop
 */
export function readRounds(node: While, input: CommandOutput | undefined): ReadRounds | undefined {
  const read = readOf(node);
  if (read === undefined || input === undefined) return undefined;
  if (input.kind === "unknown") return input.same === true ? { kind: "same" } : undefined;
  // A file elsewhere than in the app may be written by a script.
  if (input.kind === "file") return ofApp.test(input.file.value) ? { kind: "same" } : undefined;
  if (!input.isKnown) return undefined;
  const { source } = input.text;
  const all = source.split("\n");
  // A last line without its end counts as the end of the input.
  const isCut = source === "" || source.endsWith("\n") || input.isCut === true;
  const lines = isCut ? all.slice(0, -1) : all;
  const { names, isWhole } = read;
  const isPlain = names !== undefined && !source.includes("\\");
  if (!isPlain || readsMore(node)) return { kind: "same" };
  return { kind: "known", lines: lines.map((line) => fields(line, names, isWhole)) };
}

const ofApp = /^(?:\/app\/)?\w[\w./-]*$/u;

/** A `read` that is all that a loop asks. */
interface Read {
  /** What it sets; undefined where that can't be told. */
  readonly names: readonly string[] | undefined;
  /** Whether it leaves blanks as they are: `IFS= read`. */
  readonly isWhole: boolean;
}

function readOf({ kind, clause }: While): Read | undefined {
  const [statement, second] = clause.commands;
  const command = statement?.command;
  if (kind !== "while" || command?.type !== "Command" || second !== undefined) return undefined;
  const { name, prefix, args, redirects } = command;
  if (name?.value !== "read" || redirects.length > 0) return undefined;
  const words = args.map((each) => (each.type === "Word" ? fixedText(each) : undefined));
  const named = (words[0] === "-r" ? words.slice(1) : words).flatMap((word) => word ?? []);
  const isNamed = named.length > 0 && named.every((word) => /^[A-Za-z_]\w*$/u.test(word));
  const isWhole = prefix.length > 0;
  const keepsBlanks = prefix.every(
    (each) => each.type === "Assignment" && /^IFS=(?:''|"")?$/u.test(each.text),
  );
  const isKnown = isNamed && !words.includes(undefined) && keepsBlanks && !(isWhole && named[1]);
  return { names: isKnown ? named : undefined, isWhole };
}

/** Whether something in a loop reads lines of the same input. */
function readsMore({ body }: While): boolean {
  let found = false;
  eachNode(body, (node) => {
    if (node.type === "Command" && /^(?:read|cat|head|tee)$/u.test(node.name?.value ?? ""))
      found = true;
  });
  return found;
}

/** What a line gives each of the names: a word, and the last one all that is left. */
function fields(line: string, names: readonly string[], isWhole: boolean) {
  let rest = isWhole ? line : line.replace(/^[ \t]+|[ \t]+$/gu, "");
  const values = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const [word = ""] = index === names.length - 1 ? [rest] : (/^[^ \t]*/u.exec(rest) ?? []);
    values.set(name, word);
    rest = rest.slice(word.length).replace(/^[ \t]+/u, "");
  }
  return values;
}
