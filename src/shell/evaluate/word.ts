import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import { fixed, isSame, joined, unknown, type Value } from "./value.ts";
import { Variables } from "./variables.ts";
import { isVariableAsCommand } from "./world.ts";

/** Where a word is read. */
export interface Surroundings {
  readonly variables: Variables;
}

/** What a word of a command stands for. */
export function wordValue(word: Word, { variables }: Surroundings): Value {
  if (word.parts === undefined) return fixed(word.value);
  let value: Value = fixed("");
  let quoted = false;
  for (const part of word.parts) {
    const next = partValue(part, variables);
    if (part.type === "DoubleQuoted" || part.type === "SingleQuoted") quoted = true;
    value = joined(value, isExpansion(part) ? unsplit(next) : next);
  }
  if (value.kind === "unknown") return value;
  return { ...value, vanishes: !quoted && value.text === "" };
}

/** What a word on the right of `NAME=` stands for; there, nothing is split. */
export function assignedValue(word: Word, { variables }: Surroundings): Value {
  if (word.parts === undefined) return fixed(word.value);
  const value = word.parts.map((part) => partValue(part, variables)).reduce(joined, fixed(""));
  return value.kind === "unknown" ? value : { ...value, glob: false };
}

/** The words as the program gets them, where an expansion has a known text that is the same everywhere. */
export function expanded(words: readonly Word[], surroundings: Surroundings): readonly Word[] {
  return words.flatMap((word) => {
    if (word.parts?.some(hasExpansion) !== true) return [word];
    const value = assignedValue(word, surroundings);
    if (value.kind === "unknown" || value.from !== undefined || value.mistaken !== undefined)
      return [word];
    const { type, pos, end, text } = word;
    const split = word.parts.some(isExpansion);
    const texts = split ? value.text.split(/\s+/u).filter((piece) => piece !== "") : [value.text];
    return texts.map((piece) => ({ type, pos, end, text, value: piece }));
  });
}

function hasExpansion(part: WordPart): boolean {
  return isExpansion(part) || (part.type === "DoubleQuoted" && part.parts.some(hasExpansion));
}

/** The word's text when it is the same everywhere and has no pattern in it. */
export function fixedText(word: Word): string | undefined {
  const value = wordValue(word, nowhere);
  return value.kind === "text" && !value.glob ? value.text : undefined;
}

const nowhere: Surroundings = {
  variables: new Variables({ branch: undefined, type: undefined }),
};
nowhere.variables.lose();

function isExpansion({ type }: WordPart): boolean {
  return type === "SimpleExpansion" || type === "ParameterExpansion";
}

/** An expansion without quotes is split at blanks, and its patterns are looked for among files. */
function unsplit(value: Value): Value {
  return value.kind === "text" && /[\s*?[]/u.test(value.text)
    ? { kind: "unknown", same: isSame(value) }
    : value;
}

function partValue(part: WordPart, variables: Variables): Value {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return fixed(part.value);
    case "DoubleQuoted":
      return part.parts
        .map((child: DoubleQuotedChild) => partValue(child, variables))
        .reduce(joined, fixed(""));
    case "Glob":
      return { ...fixed(part.text), glob: true };
    case "SimpleExpansion":
      return variables.value(part.text.replace(/^\$\{?|\}$/gu, ""));
    case "ParameterExpansion": {
      const { operation, prefix, index, parameter } = part;
      if (prefix !== undefined || index !== undefined) return unknown;
      if (operation === undefined) return variables.value(parameter);
      if (operation.type !== "Default" || !["-", ":-"].includes(operation.operator)) return unknown;
      const fallback = wordValue(operation.operand, { variables });
      const value = variables.value(parameter, fallback);
      const empty = value.kind === "text" && value.text === "" && operation.operator === ":-";
      return empty ? fallback : value;
    }
    case "CommandExpansion":
      if (isVariableAsCommand(part.text)) return fixed("");
      return { kind: "unknown", same: /^(?:\$\(|`)\s*date\b[^;|&$]*[)`]$/u.test(part.text) };
    default:
      return unknown;
  }
}
