import type { Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { knownRange, quotedRange, shellNamed, type TextRange } from "./shell-input.ts";
import type { Shell } from "./sighting.ts";
import { fixedText, likelyText, type WordContext } from "./word.ts";

/** A script inside a script. */
export interface InnerScript extends TextRange {
  /** The shell that runs it; "here" for the one that it is in, "later" for that one at its end or at a signal. */
  readonly by: Shell | "here" | "later";
  readonly errexit: boolean;
  /** Whether another user runs it, with variables of their own. */
  readonly asOther?: boolean;
  /** What it is called with, where that is a matter of its own: `$1` and on. */
  readonly args?: readonly Word[];
  /** What it is called, as `$0`. */
  readonly name?: Word;
}

/** Reads `sh -c '…'`, `bash -ec "…"`, `eval '…'` and `trap '…' EXIT`; undefined for anything else. */
export function innerScript(words: readonly Word[], context: WordContext): InnerScript | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const [text, second] = rest;
  if (first.value === "eval" && text !== undefined)
    return { ...evaluated(rest, context), by: "here", errexit: false };
  if (first.value === "trap" && text !== undefined && second !== undefined)
    return /^-?$/u.test(text.value)
      ? undefined
      : { ...quotedRange(text), by: "later", errexit: false };
  return commandString(first, rest, context) ?? asUser(first, rest, context);
}

/** What `eval` runs: its words with blanks between them. */
function evaluated(words: readonly Word[], context: WordContext): TextRange {
  const [first, second] = words;
  if (first !== undefined && second === undefined) return knownRange(first, context);
  const texts = words.map(likelyText);
  const range = { start: first?.pos ?? 0, end: words.at(-1)?.end ?? 0, verbatim: false };
  return texts.includes(undefined) ? range : { ...range, text: texts.join(" ") };
}

/** `su -c '…' user`, also with the user in front, and the like. */
function asUser(first: Word, rest: readonly Word[], context: WordContext): InnerScript | undefined {
  const name = programName(first);
  const within = (names: RegExp) => startedWithin(rest, names, context);
  if (name === "flock" || name === "script") return within(/^(?:-\w*c|--command)$/u);
  if (name === "env") return within(/^(?:-\w*S|--split-string)$/u);
  if (name !== "su" && name !== "runuser") return undefined;
  const option = rest.findIndex(({ value }) => /^(?:-\w*c|--command)$/u.test(value));
  const text = option === -1 ? undefined : rest[option + 1];
  return text && { ...quotedRange(text), by: "dash", errexit: false, asOther: true };
}

/** `flock FILE -c '…'`, `script -qc '…' FILE` and `env -S '…'`. */
function startedWithin(
  rest: readonly Word[],
  names: RegExp,
  context: WordContext,
): InnerScript | undefined {
  const option = rest.findIndex(({ value }) => names.test(value));
  const text = option === -1 ? undefined : rest[option + 1];
  return text && { ...knownRange(text, context), by: "dash", errexit: false };
}

function commandString(
  first: Word,
  rest: readonly Word[],
  context: WordContext,
): InnerScript | undefined {
  const by = shellNamed(first);
  if (by === undefined) return undefined;
  let errexit = false;
  let takesText = false;
  let next = 0;
  for (; next < rest.length; next++) {
    const option = optionAt(rest, next);
    if (option === undefined) break;
    if (option === "--") {
      next += 1;
      break;
    }
    if (/^-\w*e/u.test(option)) errexit = true;
    if (/^-\w*c/u.test(option)) takesText = true;
    if (/^[-+]\w*[oO]$/u.test(option)) next += 1;
  }
  const [text, name, ...args] = rest.slice(next);
  if (!takesText || text === undefined) return undefined;
  const called = { args, ...(name === undefined ? {} : { name }) };
  return { ...knownRange(text, context), by, errexit, ...called };
}

function optionAt(words: readonly Word[], index: number): string | undefined {
  const word = words[index];
  const option = word === undefined ? undefined : fixedText(word);
  return option !== undefined && /^[-+]./u.test(option) ? option : undefined;
}
