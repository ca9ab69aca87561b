import type { Word } from "unbash";
import { fixedText } from "../evaluate/word.ts";

/** The options of a program that take a value: letters, and long names without their dashes. */
export interface ValuedOptions {
  readonly short: string;
  readonly long?: readonly string[];
  /** Letters whose value stands in the same word, or is missing. */
  readonly attached?: string;
}

/** The arguments of a program: its options, each by its letter or long name, and what they are about. */
export interface ReadArguments {
  readonly operands: readonly Word[];
  /** Whether one of these options is given. */
  has(...names: readonly string[]): boolean;
  /** The values of these options, in their order; undefined for one that can't be told. */
  valuesOf(...names: readonly string[]): readonly (string | undefined)[];
}

/** Reads arguments as getopt_long(3) does: letters may stand together, and options after operands. */
export function readArguments(words: readonly Word[], valued: ValuedOptions): ReadArguments {
  const options: { readonly name: string; readonly value?: string | undefined }[] = [];
  const operands: Word[] = [];
  const rest = words.values();
  const next = () => {
    const { value } = rest.next();
    return value && fixedText(value);
  };
  for (const word of rest) {
    const { value: text } = word;
    if (text === "--") {
      operands.push(...rest);
    } else if (text.startsWith("--")) {
      const [name = "", ...value] = text.slice(2).split("=");
      const isApart = value.length === 0 && valued.long?.includes(name) === true;
      options.push({ name, value: isApart ? next() : fixedText(word)?.slice(name.length + 3) });
    } else if (text.startsWith("-") && text !== "-") {
      for (let at = 1; at < text.length; at++) {
        const name = text.charAt(at);
        const attached = at + 1 < text.length ? fixedText(word)?.slice(at + 1) : undefined;
        const isValued = valued.short.includes(name);
        const takesRest = isValued || valued.attached?.includes(name) === true;
        const value = isValued && at + 1 === text.length ? next() : attached;
        options.push(takesRest ? { name, value } : { name });
        if (takesRest) break;
      }
    } else operands.push(word);
  }
  return {
    operands,
    has: (...names) => options.some(({ name }) => names.includes(name)),
    valuesOf: (...names) =>
      options.flatMap(({ name, value }) => (names.includes(name) ? [value] : [])),
  };
}
