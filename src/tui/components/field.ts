import { printable } from "../../printable.ts";
import type { Key } from "../keys/key.ts";
import { characters } from "../text-width.ts";

/** A line of text that is being typed; the cursor stands before the character at this UTF-16 offset. */
export interface Field {
  readonly text: string;
  readonly cursor: number;
}

/** What a key does in a field. */
export type FieldAction =
  | "left"
  | "right"
  | "first"
  | "last"
  | "erase"
  | "erase-right"
  | "erase-word"
  | "clear"
  | "clear-right";

/** A field with the cursor behind its text. */
export function fieldOf(text: string): Field {
  return { text, cursor: text.length };
}

/** The field after text was typed or pasted into it; line ends of a paste become blanks, its edges are trimmed. */
export function typeInto({ text, cursor }: Field, key: Key): Field {
  if (key.kind === "named") return { text, cursor };
  const typed = key.kind === "paste" ? printable(key.text.trim()) : key.text;
  return {
    text: text.slice(0, cursor) + typed + text.slice(cursor),
    cursor: cursor + typed.length,
  };
}

/** The field after an editing key. It moves and erases by what people see as one character. */
export function edit({ text, cursor }: Field, action: FieldAction): Field {
  const before = text.slice(0, cursor);
  const after = text.slice(cursor);
  const previous = before.length - (characters(before).at(-1)?.length ?? 0);
  const next = cursor + (characters(after)[0]?.length ?? 0);
  switch (action) {
    case "left":
      return { text, cursor: previous };
    case "right":
      return { text, cursor: next };
    case "first":
      return { text, cursor: 0 };
    case "last":
      return { text, cursor: text.length };
    case "erase":
      return { text: before.slice(0, previous) + after, cursor: previous };
    case "erase-right":
      return { text: before + text.slice(next), cursor };
    case "erase-word": {
      const kept = before.trimEnd().replace(/\S+$/u, "");
      return { text: kept + after, cursor: kept.length };
    }
    case "clear":
      return { text: after, cursor: 0 };
    case "clear-right":
      return { text: before, cursor };
  }
}
