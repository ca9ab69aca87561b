import type { KeyName } from "./key.ts";

/** Control sequences (CSI) by what follows `ESC [`, without modifiers; as xterm, rxvt and the Linux console send them. */
const controlSequences: Readonly<Record<string, KeyName>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  Z: "shift-tab",
  "1~": "home",
  "3~": "delete",
  "4~": "end",
  "5~": "page-up",
  "6~": "page-down",
  "7~": "home",
  "8~": "end",
  "11~": "f1",
  "[A": "f1",
};

/** Single shifts (SS3) by the letter after `ESC O`: what the keypad and F1 send. */
const singleShifts: Readonly<Record<string, KeyName>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  M: "enter",
  P: "f1",
};

/** What one escape sequence is. */
export type Sequence =
  | { readonly kind: "key"; readonly name: KeyName; readonly end: number }
  | { readonly kind: "paste"; readonly end: number }
  | { readonly kind: "unknown"; readonly end: number }
  /** Its rest has not arrived. */
  | { readonly kind: "unfinished" };

/**
 * Reads the escape sequence at `start`, where the ESC is, by the grammar of ECMA-48; `end` is behind it.
 * Mouse and focus reports, answers of the terminal and unassigned sequences are unknown.
 */
export function readSequence(text: string, start: number): Sequence {
  const introducer = text[start + 1];
  if (introducer === undefined) return { kind: "unfinished" };
  if (introducer === "[") return readControlSequence(text, start + 2);
  if (introducer === "O") return readSingleShift(text, start + 2);
  if ("]PX^_".includes(introducer)) return readString(text, start + 2);
  if (introducer === "\u001B" || introducer === "\r" || introducer === "\n") {
    return { kind: "key", name: "escape", end: start + 1 };
  }
  // Alt and Backspace delete a word in every line editor.
  if (introducer === "\u007F" || introducer === "\b") {
    return { kind: "key", name: "ctrl-w", end: start + 2 };
  }
  // A control character is never swallowed: Ctrl-C has to arrive.
  if (introducer < " ") return { kind: "key", name: "escape", end: start + 1 };
  return { kind: "unknown", end: start + 1 + characterLength(text, start + 1) };
}

function readControlSequence(text: string, start: number): Sequence {
  let end = start;
  if (text[end] === "[") end++;
  while (within(text[end], " ", "?")) end++;
  const final = text[end];
  if (final === undefined) return { kind: "unfinished" };
  if (!within(final, "@", "~")) return { kind: "unknown", end };
  end++;
  const body = text.slice(start, end);
  if (body === "200~") return { kind: "paste", end };
  // An X10 mouse report has three bytes after its final letter.
  if (body === "M")
    return text.length < end + 3 ? { kind: "unfinished" } : { kind: "unknown", end: end + 3 };
  return named(controlSequences[withoutModifier(body)], end);
}

/** `1;5A` is the up arrow with Ctrl held, `3;2~` Delete with Shift: they count as the plain keys. */
function withoutModifier(body: string): string {
  const modified = /^(\d+);\d+([A-Z~])$/u.exec(body);
  if (modified === null) return body;
  const [, number = "", final = ""] = modified;
  return final === "~" ? `${number}~` : final;
}

function readSingleShift(text: string, start: number): Sequence {
  const letter = text[start];
  if (letter === undefined) return { kind: "unfinished" };
  if (!within(letter, "!", "~")) return { kind: "unknown", end: start };
  return named(singleShifts[letter], start + 1);
}

/** An operating system command and its kin: all up to BEL or ST is the terminal's, not the person's. */
function readString(text: string, start: number): Sequence {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\u0007" || character === "\u009C") return { kind: "unknown", end: at + 1 };
    // Ctrl-C has to arrive, also when a string of the terminal was cut off.
    if (character === "\u0003") return { kind: "unknown", end: at };
    if (character !== "\u001B") continue;
    const next = text[at + 1];
    if (next === undefined) return { kind: "unfinished" };
    return { kind: "unknown", end: next === "\\" ? at + 2 : at };
  }
  return { kind: "unfinished" };
}

function named(name: KeyName | undefined, end: number): Sequence {
  return name === undefined ? { kind: "unknown", end } : { kind: "key", name, end };
}

function within(character: string | undefined, first: string, last: string): boolean {
  return character !== undefined && character >= first && character <= last;
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
