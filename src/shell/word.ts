import type { DoubleQuotedChild, Word, WordPart } from "unbash";
import type { GuardTarget } from "./guard.ts";
import { guardKind, type World } from "./world.ts";

/** What a word stands for in one environment. */
export type Value =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Which fact about the environment it was made from; none for a word that is the same everywhere. */
      readonly from?: GuardTarget["kind"];
      /** Whether it disappears when it is empty, as an expansion without quotes does. */
      readonly vanishes: boolean;
      /** Whether it holds `*`, `?` or `[…]` outside quotes. */
      readonly glob: boolean;
    }
  /** Its text isn't known; `same` when it can't differ between environments. */
  | { readonly kind: "unknown"; readonly same: boolean };

/**
 * What a word stands for. Variables other than the two that guards test are unknown, and so are these two
 * when `trusted` is false.
 */
export function wordValue(word: Word, world: World, trusted: boolean): Value {
  if (word.parts === undefined) return text(word.value);
  let value: Value = text("");
  let quoted = false;
  for (const part of word.parts) {
    const next = partValue(part, world, trusted);
    if (part.type === "DoubleQuoted" || part.type === "SingleQuoted") quoted = true;
    value = joined(value, next);
  }
  if (value.kind === "unknown") return value;
  return { ...value, vanishes: !quoted && value.text === "" };
}

/** The word's text when it is the same everywhere and has no pattern in it. */
export function fixedText(word: Word): string | undefined {
  const value = wordValue(word, { branch: undefined, type: undefined }, false);
  return value.kind === "text" && !value.glob ? value.text : undefined;
}

function partValue(part: WordPart, world: World, trusted: boolean): Value {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return text(part.value);
    case "DoubleQuoted":
      return part.parts
        .map((child: DoubleQuotedChild) => partValue(child, world, trusted))
        .reduce(joined, text(""));
    case "Glob":
      return { ...text(part.text), glob: true };
    case "SimpleExpansion":
      return variable(part.text.replace(/^\$\{?|\}$/gu, ""), undefined, world, trusted);
    case "ParameterExpansion": {
      const { operation, prefix, index, parameter } = part;
      if (prefix !== undefined || index !== undefined) return unknown;
      if (operation === undefined) return variable(parameter, undefined, world, trusted);
      if (operation.type !== "Default" || !["-", ":-"].includes(operation.operator)) return unknown;
      return variable(parameter, wordValue(operation.operand, world, trusted), world, trusted);
    }
    case "CommandExpansion":
      return { kind: "unknown", same: /^(?:\$\(|`)\s*date\b[^;|&$]*[)`]$/u.test(part.text) };
    default:
      return unknown;
  }
}

const unknown: Value = { kind: "unknown", same: false };

function text(content: string): Value & { readonly kind: "text" } {
  return { kind: "text", text: content, vanishes: false, glob: false };
}

function variable(
  name: string,
  fallback: Value | undefined,
  world: World,
  trusted: boolean,
): Value {
  const kind = guardKind(name);
  if (kind === undefined) return { kind: "unknown", same: steady.has(name) };
  if (!trusted) return unknown;
  const content = world[kind];
  if (content === undefined) return fallback ?? { ...text(""), from: kind };
  return { ...text(content), from: kind };
}

/** Variables that are set alike in every environment of a project (platform manual, "Use variables"). */
const steady = new Set([
  "HOME",
  "PATH",
  "PLATFORM_APPLICATION_NAME",
  "PLATFORM_APP_DIR",
  "PLATFORM_PROJECT",
  "PWD",
]);

function joined(a: Value, b: Value): Value {
  if (a.kind === "unknown" || b.kind === "unknown")
    return { kind: "unknown", same: sameEverywhere(a) && sameEverywhere(b) };
  const from = a.from ?? b.from;
  return {
    kind: "text",
    text: a.text + b.text,
    vanishes: false,
    glob: a.glob || b.glob,
    ...(from === undefined ? {} : { from }),
  };
}

function sameEverywhere(value: Value): boolean {
  return value.kind === "unknown" ? value.same : value.from === undefined;
}
