import type { Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { knownRange, quotedRange, shellNamed, type TextRange } from "./shell-input.ts";
import type { Shell } from "./sighting.ts";
import { fixedText } from "./word.ts";

/** A script inside a script. */
export interface InnerScript extends TextRange {
  /** The shell that runs it; "here" for the one that it is in, "later" for that one at its end or at a signal. */
  readonly by: Shell | "here" | "later";
  readonly errexit: boolean;
  /** Whether another user runs it, with variables of their own. */
  readonly asOther?: boolean;
}

/** Reads `sh -c '…'`, `bash -ec "…"`, `eval '…'` and `trap '…' EXIT`; undefined for anything else. */
export function innerScript(words: readonly Word[]): InnerScript | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const [text, second] = rest;
  if (first.value === "eval" && text !== undefined)
    return { ...evaluated(rest), by: "here", errexit: false };
  if (first.value === "trap" && text !== undefined && second !== undefined)
    return /^-?$/u.test(text.value)
      ? undefined
      : { ...quotedRange(text), by: "later", errexit: false };
  return commandString(first, rest) ?? asUser(first, rest);
}

/** What `eval` runs: its words with blanks between them. */
function evaluated(words: readonly Word[]): TextRange {
  const [first, second] = words;
  if (first !== undefined && second === undefined) return knownRange(first);
  const texts = words.map(fixedText);
  const range = { start: first?.pos ?? 0, end: words.at(-1)?.end ?? 0, verbatim: false };
  return texts.includes(undefined) ? range : { ...range, text: texts.join(" ") };
}

/** `su -c '…' user`, also with the user in front, and the like. */
function asUser(first: Word, rest: readonly Word[]): InnerScript | undefined {
  const name = programName(first);
  if (name === "flock" || name === "script") return startedWithin(rest, /^(?:-\w*c|--command)$/u);
  if (name === "env") return startedWithin(rest, /^(?:-\w*S|--split-string)$/u);
  if (name !== "su" && name !== "runuser") return undefined;
  const option = rest.findIndex(({ value }) => /^(?:-\w*c|--command)$/u.test(value));
  const text = option === -1 ? undefined : rest[option + 1];
  return text && { ...quotedRange(text), by: "dash", errexit: false, asOther: true };
}

/** `flock FILE -c '…'`, `script -qc '…' FILE` and `env -S '…'`. */
function startedWithin(rest: readonly Word[], names: RegExp): InnerScript | undefined {
  const option = rest.findIndex(({ value }) => names.test(value));
  const text = option === -1 ? undefined : rest[option + 1];
  return text && { ...knownRange(text), by: "dash", errexit: false };
}

function commandString(first: Word, rest: readonly Word[]): InnerScript | undefined {
  const by = shellNamed(first);
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
