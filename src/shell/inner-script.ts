import type { Command, HereDoc, Word } from "unbash";
import { readsInput } from "./called-scripts.ts";
import type { Shell } from "./sighting.ts";
import { programName } from "./simple-command.ts";
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
}

/**
 * Reads `sh -c '…'`, `bash -ec "…"`, `eval '…'`, `trap '…' EXIT`, and a here-document that a shell gets as its input;
 * undefined for anything else.
 */
export function innerScript(words: readonly Word[], command: Command): InnerScript | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const [text, second] = rest;
  if (first.value === "eval" && text !== undefined && second === undefined)
    return { ...quotedRange(text), by: "here", errexit: false };
  if (first.value === "trap" && text !== undefined && second !== undefined)
    return /^-?$/u.test(text.value)
      ? undefined
      : { ...quotedRange(text), by: "later", errexit: false };
  return commandString(first, rest) ?? hereDocument(words, command);
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
    return text === undefined ? undefined : { ...quotedRange(text), by, errexit };
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
