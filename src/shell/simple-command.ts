import type { Command, Word } from "unbash";
import { fixedText } from "./word.ts";

/** A simple command without the words that only say how it is started. */
export interface Started {
  /** The program and its arguments; empty when there is none, as in `exec > log`. */
  readonly words: readonly Word[];
  /** Whether the shell is replaced by it, so that nothing follows. */
  readonly replaces: boolean;
}

/** Takes off `timeout 10`, `env A=b`, `nohup` and the like; what they start has the same status. */
export function started(command: Command): Started {
  let words = commandWords(command);
  let replaces = false;
  for (;;) {
    const [first] = words;
    const name = first === undefined ? undefined : programName(first);
    const wrapper = name === undefined ? undefined : wrappers.get(name);
    if (wrapper === undefined) return { words, replaces };
    const rest = wrapper(words.slice(1));
    if (rest === undefined) return { words, replaces };
    if (name === "exec" && rest.length > 0) replaces = true;
    words = rest;
  }
}

function commandWords(command: Command): readonly Word[] {
  if (command.name === undefined) return [];
  // In an argument, what looks like an assignment is a plain word.
  const args = command.args.map((argument): Word => {
    if (argument.type === "Word") return argument;
    const { pos, end, text } = argument;
    return { type: "Word", pos, end, text, value: text };
  });
  return [command.name, ...args];
}

/** The last part of a program's path: `backup.sh` of `./bin/backup.sh`. */
export function programName(word: Word): string {
  return word.value.slice(word.value.lastIndexOf("/") + 1);
}

/** What is started, given the words after the wrapper's name; undefined when it starts nothing. */
type Wrapper = (words: readonly Word[]) => readonly Word[] | undefined;

const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ["command", (words) => (startsWith(words, /^-[vV]/u) ? undefined : withoutOptions(words, ""))],
  ["exec", (words) => withoutOptions(words, "")],
  ["nohup", (words) => withoutOptions(words, "")],
  ["setsid", (words) => withoutOptions(words, "")],
  ["time", (words) => withoutOptions(words, "")],
  ["croncape", (words) => withoutOptions(words, "")],
  ["chronic", (words) => withoutOptions(words, "")],
  ["nice", (words) => withoutOptions(words, "n")],
  ["ionice", (words) => withoutOptions(words, "cn")],
  ["stdbuf", (words) => withoutOptions(words, "ioe")],
  ["timeout", (words) => withoutOptions(words, "ks").slice(1)],
  ["flock", (words) => withoutOptions(words, "wE").slice(1)],
  [
    "env",
    (words) => {
      const rest = withoutOptions(words, "uC");
      const program = rest.findIndex((word) => !/^\w+=/u.test(word.text));
      return program === -1 ? undefined : rest.slice(program);
    },
  ],
]);

function startsWith(words: readonly Word[], form: RegExp): boolean {
  const [first] = words;
  return first !== undefined && form.test(first.value);
}

/** @param withValue the letters of the short options whose value is the next word */
function withoutOptions(words: readonly Word[], withValue: string): readonly Word[] {
  let next = 0;
  for (;;) {
    const text = words[next]?.value;
    if (text === undefined || !text.startsWith("-") || text === "-") return words.slice(next);
    next += 1;
    if (text === "--") return words.slice(next);
    if (text.length === 2 && withValue.includes(text.slice(1))) next += 1;
  }
}

/** The script that `sh -c '…'` runs, as a range, when the words are such a call. */
export interface InnerScript {
  readonly start: number;
  readonly end: number;
  readonly shell: "dash" | "bash";
  /** Whether it is run as it stands: no escapes or expansions of the outer shell are in it. */
  readonly verbatim: boolean;
  readonly errexit: boolean;
}

/** Reads `sh -c '…'`, `bash -ec "…"` and `eval '…'`; undefined for anything else. */
export function innerScript(words: readonly Word[]): InnerScript | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const name = programName(first);
  if (!shells.has(name)) return undefined;
  let errexit = false;
  for (const [index, word] of rest.entries()) {
    const option = fixedText(word);
    if (option === undefined || !option.startsWith("-")) return undefined;
    if (/^-\w*e/u.test(option)) errexit = true;
    if (!/^-\w*c/u.test(option)) continue;
    const text = rest[index + 1];
    return text === undefined
      ? undefined
      : { ...quotedRange(text), shell: name === "bash" ? "bash" : "dash", errexit };
  }
  return undefined;
}

const shells = new Set(["sh", "dash", "ash", "bash"]);

function quotedRange(word: Word): Pick<InnerScript, "start" | "end" | "verbatim"> {
  const [only, second] = word.parts ?? [];
  if (only === undefined)
    return { start: word.pos, end: word.end, verbatim: word.text === word.value };
  if (second !== undefined) return { start: word.pos, end: word.end, verbatim: false };
  const inside = { start: only.pos + 1, end: only.end - 1 };
  if (only.type === "SingleQuoted") return { ...inside, verbatim: true };
  if (only.type !== "DoubleQuoted") return { start: word.pos, end: word.end, verbatim: false };
  const verbatim = !only.text.includes("\\") && only.parts.every((part) => part.type === "Literal");
  return { ...inside, verbatim };
}
