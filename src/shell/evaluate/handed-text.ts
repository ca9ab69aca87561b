import type { DoubleQuotedChild, WordPart } from "unbash";
import { partValue, type WordContext } from "./word.ts";
import { guardKind } from "./world.ts";

/**
 * The text that a here-document or a word in double quotes hands to a shell, undefined where it can't be told. A
 * variable that tells of the environment stays in it as an expansion: the other shell has the same one, and puts in the
 * same, unless the text quotes it in single quotes or has something else to do with it.
 */
export function handedText(
  parts: readonly (DoubleQuotedChild | WordPart)[],
  { variables }: WordContext,
): string | undefined {
  let text = "";
  const kept = new Set<string>();
  for (const part of parts) {
    const value = partValue(part, variables);
    if (value.kind === "unknown" || value.mistaken !== undefined) return undefined;
    const name = value.from === undefined ? undefined : plainName(part);
    if (value.from !== undefined && (name === undefined || guardKind(name) !== value.from))
      return undefined;
    // Behind these the other shell would not take it for an expansion.
    if (name !== undefined && /[\\$]$/u.test(text)) return undefined;
    if (name !== undefined) kept.add(name);
    text += name === undefined ? value.text : `\${${name}}`;
  }
  const isOpen = kept.size === 0 || !/'|<</u.test(text);
  const isKept = [...kept].every(
    (name) => !new RegExp(`(?<!\\$\\{?)\\b${name}\\b`, "u").test(text),
  );
  return isOpen && isKept ? text : undefined;
}

/** The variable that an expansion stands for, where it is nothing but that. */
function plainName(part: DoubleQuotedChild | WordPart): string | undefined {
  if (part.type === "SimpleExpansion") return part.text.slice(1);
  const isPlain = part.type === "ParameterExpansion" && part.operation === undefined;
  return isPlain ? part.parameter : undefined;
}
