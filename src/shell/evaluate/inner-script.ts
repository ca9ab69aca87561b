import type { Command, CommandNode, HereDoc, Word } from "unbash";
import { commandWords, programName } from "../parse/simple-command.ts";
import { readsInput } from "./called-scripts.ts";
import type { Shell } from "./sighting.ts";
import { fixedText } from "./word.ts";

/** A script inside a script, as a range of it. */
export interface InnerScript {
  readonly start: number;
  readonly end: number;
  /** The shell that runs it; "here" for the one that it is in, "later" for that one at its end or at a signal. */
  readonly by: Shell | "here" | "later";
  /** Whether it is run as it stands: no escapes or expansions of the outer shell are in it. */
  readonly verbatim: boolean;
  readonly errexit: boolean;
  /** What is run, where that isn't what is written there, and is known all the same. */
  readonly text?: string;
  /** Whether another user runs it, with variables of their own. */
  readonly asOther?: boolean;
}

/**
 * Reads `sh -c '…'`, `bash -ec "…"`, `eval '…'`, `trap '…' EXIT`, and a here-document that a shell gets as its input;
 * undefined for anything else.
 */
export function innerScript(words: readonly Word[], command: Command): InnerScript | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const [text, second] = rest;
  if (first.value === "eval" && text !== undefined)
    return { ...evaluated(rest), by: "here", errexit: false };
  if (first.value === "trap" && text !== undefined && second !== undefined)
    return /^-?$/u.test(text.value)
      ? undefined
      : { ...quotedRange(text), by: "later", errexit: false };
  return commandString(first, rest) ?? asUser(first, rest) ?? hereDocument(words, command);
}

/** What `eval` runs: its words with blanks between them. */
function evaluated(
  words: readonly Word[],
): Pick<InnerScript, "start" | "end" | "verbatim" | "text"> {
  const [first, second] = words;
  if (first !== undefined && second === undefined) return knownRange(first);
  const texts = words.map(fixedText);
  const range = { start: first?.pos ?? 0, end: words.at(-1)?.end ?? 0, verbatim: false };
  return texts.includes(undefined) ? range : { ...range, text: texts.join(" ") };
}

/** A word whose text is a script, as it is written or as it is known. */
function knownRange(word: Word): Pick<InnerScript, "start" | "end" | "verbatim" | "text"> {
  const range = quotedRange(word);
  const text = range.verbatim ? undefined : fixedText(word);
  return text === undefined ? range : { ...range, text };
}

/** `su -c '…' user`, also with the user in front. */
function asUser(first: Word, rest: readonly Word[]): InnerScript | undefined {
  if (programName(first) === "flock") return lockedScript(rest);
  if (!/^(?:su|runuser)$/u.test(programName(first))) return undefined;
  const option = rest.findIndex(({ value }) => /^(?:-\w*c|--command)$/u.test(value));
  const text = option === -1 ? undefined : rest[option + 1];
  return text && { ...quotedRange(text), by: "dash", errexit: false, asOther: true };
}

/** `flock FILE -c '…'`. */
function lockedScript(rest: readonly Word[]): InnerScript | undefined {
  const option = rest.findIndex(({ value }) => /^(?:-c|--command)$/u.test(value));
  const text = option === -1 ? undefined : rest[option + 1];
  return text && { ...knownRange(text), by: "dash", errexit: false };
}

/**
 * The script that a shell at the end of a pipe gets: `cat <<EOF | sh`, `echo '…' | sh`. Undefined when that isn't what
 * the two commands do, or the text isn't in the script.
 */
export function pipedScript(source: CommandNode, reader: CommandNode): InnerScript | undefined {
  if (source.type !== "Command" || reader.type !== "Command") return undefined;
  const by = readsInput(commandWords(reader));
  const [program, text, second] = commandWords(source);
  if (by === undefined || program === undefined) return undefined;
  const errexit = reader.args.some(({ text: option }) => /^-\w*e/u.test(option));
  const document = source.redirects.findLast((redirect) => redirect.type === "HereDoc");
  if (program.value === "cat" && text === undefined && document !== undefined)
    return { ...bodyRange(document), by, errexit };
  if (program.value === "echo" && text !== undefined && second === undefined)
    return { ...quotedRange(text), by, errexit };
  return undefined;
}

const shells: ReadonlyMap<string, Shell> = new Map([
  ["sh", "dash"],
  ["dash", "dash"],
  ["ash", "dash"],
  ["bash", "bash"],
] as const);

function commandString(first: Word, rest: readonly Word[]): InnerScript | undefined {
  const by = shells.get(programName(first));
  if (by === undefined) return undefined;
  let errexit = false;
  for (let index = 0; index < rest.length; index++) {
    const option = optionAt(rest, index);
    if (option === undefined) return undefined;
    if (/^-\w*e/u.test(option)) errexit = true;
    if (/^[-+]\w*[oO]$/u.test(option)) index += 1;
    if (!/^-\w*c/u.test(option)) continue;
    const text = rest[index + 1];
    return text === undefined ? undefined : { ...knownRange(text), by, errexit };
  }
  return undefined;
}

function optionAt(words: readonly Word[], index: number): string | undefined {
  const word = words[index];
  const option = word === undefined ? undefined : fixedText(word);
  return option !== undefined && /^[-+]./u.test(option) ? option : undefined;
}

function hereDocument(words: readonly Word[], { redirects }: Command): InnerScript | undefined {
  const by = readsInput(words);
  const document = redirects.findLast((redirect) => redirect.type === "HereDoc");
  if (by === undefined || document === undefined) return undefined;
  const errexit = words.some(({ value }) => /^-\w*e/u.test(value));
  return { ...bodyRange(document), by, errexit };
}

function bodyRange({ body, delimiter }: HereDoc): Pick<InnerScript, "start" | "end" | "verbatim"> {
  const { pos: start, end, text, parts } = body;
  const plain = (parts ?? []).every(({ type }) => type === "Literal") && !text.includes("\\");
  return { start, end, verbatim: delimiter?.quoted === true || plain };
}

/** The text in the quotes of a word, when it is all in one pair of them. */
export function quotedRange(word: Word): Pick<InnerScript, "start" | "end" | "verbatim"> {
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
