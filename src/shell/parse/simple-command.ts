import type { Command, Word } from "unbash";

/** A simple command without the words that only say how it is started. */
export interface UnwrappedCommand {
  /** The program and its arguments; empty when there is none, as in `exec > log`. */
  readonly words: readonly Word[];
  /** Whether the shell is replaced by it, so that nothing follows. */
  readonly replaces: boolean;
  /** Whether it may be started never, or more than once. */
  readonly repeats: boolean;
  /** Whether it may get other variables than the shell has. */
  readonly changesVariables: boolean;
}

/** Takes off `timeout 10`, `env A=b`, `nohup` and the like; what they start has the same status. */
export function withoutWrappers(command: Command): UnwrappedCommand {
  return wordsWithoutWrappers(commandWords(command));
}

/** As `withoutWrappers`, for the words of a command. */
export function wordsWithoutWrappers(all: readonly Word[]): UnwrappedCommand {
  let words = all;
  let [replaces, repeats, changesVariables] = [false, false, false];
  for (let taken = 0; ; taken++) {
    const [first] = taken < mostWrappers ? words : [];
    const name = first === undefined ? undefined : programName(first);
    const wrapper = name === undefined ? undefined : wrappers.get(name);
    const rest = wrapper?.(words.slice(1));
    if (rest === undefined) return { words, replaces, repeats, changesVariables };
    if (name === "exec" && rest.length > 0) replaces = true;
    if (name === "xargs" || name === "find") repeats = true;
    if (name === "env" || name === "sudo") changesVariables = true;
    words = rest;
  }
}

/** Nobody puts more of them in front of each other. */
const mostWrappers = 20;

/** The words of a command, its name first. */
export function commandWords(command: Command): readonly Word[] {
  if (command.name === undefined) return [];
  // In an argument, what looks like an assignment is a plain word.
  const args = command.args.map((argument): Word => {
    if (argument.type === "Word") return argument;
    const { pos, end, text } = argument;
    return { type: "Word", pos, end, text, value: text };
  });
  return [command.name, ...args];
}

/** A copy of a word; those of the parser compute their parts when they are asked for. */
export function copyOf({ type, pos, end, text, value, parts }: Word): Word {
  return { type, pos, end, text, value, ...(parts === undefined ? {} : { parts }) };
}

/** The last part of a program's path: `backup.sh` of `./bin/backup.sh`. */
export function programName(word: Word): string {
  return word.value.slice(word.value.lastIndexOf("/") + 1);
}

/** What is started, given the words after the wrapper's name; undefined when it starts nothing. */
type Wrapper = (words: readonly Word[]) => readonly Word[] | undefined;

const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ["command", (words) => (startsWith(words, /^-[vV]/u) ? undefined : withoutOptions(words, ""))],
  ["exec", (words) => withoutOptions(words, "a")],
  ["nohup", (words) => withoutOptions(words, "")],
  ["setsid", (words) => withoutOptions(words, "")],
  ["time", (words) => withoutOptions(words, "")],
  // One program under the names of many: `busybox env`, `busybox sh -c '…'`.
  ["busybox", (words) => (startsWith(words, /^-/u) ? undefined : some(words))],
  ["croncape", (words) => withoutOptions(words, "")],
  ["chronic", (words) => withoutOptions(words, "")],
  ["nice", (words) => withoutOptions(words, "n")],
  ["ionice", (words) => withoutOptions(words, "cn")],
  ["stdbuf", (words) => withoutOptions(words, "ioe")],
  ["timeout", (words) => withoutOptions(words, "ks").slice(1)],
  ["flock", (words) => withoutScript(withoutOptions(words, "wE").slice(1))],
  ["xargs", (words) => some(withoutOptions(words, "EILPadns"))],
  ["find", (words) => some(executed(words))],
  ["doas", (words) => some(withoutOptions(words, "Cu"))],
  ["sudo", (words) => some(withoutSettings(withoutOptions(words, "CDRTUghprtu")))],
  ["env", (words) => some(withoutText(withoutSettings(withoutOptions(words, "uC")), words))],
]);

/** What `find … -exec program … ;` starts. */
function executed(words: readonly Word[]): readonly Word[] {
  const option = words.findIndex(({ value }) => /^-(?:exec|ok)(?:dir)?$/u.test(value));
  const rest = option === -1 ? [] : words.slice(option + 1);
  const end = rest.findIndex(({ value }) => value === ";" || value === "+");
  return end === -1 ? rest : rest.slice(0, end);
}

function some(words: readonly Word[]): readonly Word[] | undefined {
  return words.length === 0 ? undefined : words;
}

/** `flock FILE -c '…'` starts a shell, which is another thing than a program. */
function withoutScript(words: readonly Word[]): readonly Word[] | undefined {
  return startsWith(words, /^(?:-c|--command)$/u) ? undefined : words;
}

/** `env -S '…'` is given a whole command as one word. */
function withoutText(program: readonly Word[], words: readonly Word[]): readonly Word[] {
  const isText = words.some(({ value }) => /^(?:-\w*S|--split-string)$/u.test(value));
  return isText ? [] : program;
}

function withoutSettings(words: readonly Word[]): readonly Word[] {
  const program = words.findIndex((word) => !/^\w+=/u.test(word.text));
  return program === -1 ? [] : words.slice(program);
}

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
    if (longWithValue.has(text)) next += 1;
    if (text.length === 2 && withValue.includes(text.slice(1))) next += 1;
  }
}

/** Options of `xargs` and `timeout` whose value may be the next word. */
const longWithValue = new Set(
  "--max-args --max-procs --max-lines --delimiter --arg-file --signal --kill-after".split(" "),
);

/** Whether a command has the shell end at the first failure: `set -e`, also among other letters. */
export function setsErrexit({ name, args }: Command): boolean {
  if (name?.value !== "set") return false;
  return args.some(({ text }) => /^-[a-zA-Z]*e/u.test(text) || text === "errexit");
}
