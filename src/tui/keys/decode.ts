import { printable } from "../../printable.ts";
import type { Key, KeyName } from "./key.ts";
import { readSequence } from "./sequences.ts";

/** Turns chunks of terminal input into keys. */
export interface Decoder {
  /** The keys that are complete with this chunk; the beginning of another is kept. */
  push(chunk: string): Key[];
  /** Says that nothing more arrived for a while: a lone ESC was the Escape key, other beginnings are dropped. */
  flush(): Key[];
  /** What the kept beginning is of. */
  waitsFor(): "nothing" | "sequence" | "paste";
}

const pasteEnd = "\u001B[201~";

/**
 * Makes a decoder. It never throws, whatever arrives: reports of focus and mouse, answers of the terminal
 * and unknown sequences are dropped. A chunk with several keys gives them one by one, CR, LF and CR LF are
 * Enter, DEL and BS are Backspace.
 */
export function createDecoder(): Decoder {
  let rest = "";
  let pasting = false;

  const paste = (keys: Key[], text: string) => {
    pasting = false;
    if (text !== "") keys.push({ kind: "paste", text });
  };

  return {
    push(chunk) {
      const text = rest + chunk;
      const keys: Key[] = [];
      let at = 0;
      rest = "";
      while (at < text.length) {
        if (pasting) {
          const end = text.indexOf(pasteEnd, at);
          if (end === -1) {
            rest = text.slice(at);
            break;
          }
          paste(keys, text.slice(at, end));
          at = end + pasteEnd.length;
        } else if (text[at] === "\u001B") {
          const sequence = readSequence(text, at);
          if (sequence.kind === "unfinished") {
            rest = text.slice(at);
            break;
          }
          if (sequence.kind === "key") keys.push({ kind: "named", name: sequence.name });
          if (sequence.kind === "paste") pasting = true;
          at = sequence.end;
        } else {
          const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
          if (!(character === "\n" && text[at - 1] === "\r")) keys.push(...plain(character));
          at += character.length;
        }
      }
      return keys;
    },
    flush() {
      const text = rest;
      const keys: Key[] = [];
      rest = "";
      if (pasting) paste(keys, text);
      else if (text === "\u001B") keys.push({ kind: "named", name: "escape" });
      return keys;
    },
    waitsFor() {
      if (pasting) return "paste";
      return rest === "" ? "nothing" : "sequence";
    },
  };
}

const controlCharacters: Readonly<Record<string, KeyName>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\b": "backspace",
  "\u007F": "backspace",
};

function plain(character: string): Key[] {
  const name = controlCharacters[character] ?? controlLetter(character);
  if (name !== undefined) return [{ kind: "named", name }];
  return printable(character) === "" ? [] : [{ kind: "character", text: character }];
}

function controlLetter(character: string): KeyName | undefined {
  return letters.find((_, index) => character === String.fromCharCode(index + 1));
}

/** U+0001 to U+001A, which Ctrl and a letter send. */
const letters = [
  "ctrl-a",
  "ctrl-b",
  "ctrl-c",
  "ctrl-d",
  "ctrl-e",
  "ctrl-f",
  "ctrl-g",
  "ctrl-h",
  "ctrl-i",
  "ctrl-j",
  "ctrl-k",
  "ctrl-l",
  "ctrl-m",
  "ctrl-n",
  "ctrl-o",
  "ctrl-p",
  "ctrl-q",
  "ctrl-r",
  "ctrl-s",
  "ctrl-t",
  "ctrl-u",
  "ctrl-v",
  "ctrl-w",
  "ctrl-x",
  "ctrl-y",
  "ctrl-z",
] as const;
