import type { YAMLMap, YAMLSeq } from "yaml";
import { indented } from "./lines.ts";
import { fitsLiteral } from "./literal.ts";
import { type Path, rangeOf } from "./nodes.ts";
import { keyText, quotedText } from "./scalar-text.ts";
import { columnOf, keyColumn } from "./style.ts";

/** What is pasted behind a key: a text on one line, a number, the lines of a script, a short list, or further keys. */
export type Pasted = OneLine | readonly string[] | ReadonlyMap<string, Pasted>;

type OneLine = string | number | boolean | { readonly all: readonly Pasted[] };

/** A mapping of a file that gets what is pasted. */
export interface PastedInto {
  readonly text: string;
  readonly map: YAMLMap;
  /** How much deeper its file has keys than the key that holds them. */
  readonly step?: number;
}

/**
 * A key with its value, as a person pastes it: in lines as far to the right as the other keys of a mapping in block style,
 * and on one line between the braces of another.
 *
 * @param keys the key, and those below it that lead to the value
 * @param into without it, one in block style that begins at the margin
 */
export function entryToPaste(keys: Path, value: Pasted, into?: PastedInto): string {
  const [name = "", ...below] = keys.map(String);
  const whole = below.reduceRight<Pasted>((inner, key) => new Map([[key, inner]]), value);
  if (into?.map.flow === true) return `${keyText(name)}: ${inFlow(whole)}`;
  const column =
    into === undefined || into.map.items.length === 0 ? 0 : keyColumn(into.text, into.map);
  return indented(inBlock(name, whole, into?.step ?? usualStep), column).join("\n");
}

const usualStep = 4;

function inBlock(name: string, value: Pasted, step: number): readonly string[] {
  const key = `${keyText(name)}:`;
  if (isKeys(value)) {
    const below = [...value].flatMap(([inner, each]) => inBlock(inner, each, step));
    return [key, ...indented(below, step)];
  }
  if (!isLines(value)) return [`${key} ${onOneLine(value)}`];
  const text = value.join("\n");
  if (!fitsLiteral(text)) return [`${key} ${withEscapes(`${text}\n`)}`];
  // A first line that starts with a blank would be taken for the indentation of all.
  const first = value.find((line) => line !== "") ?? "";
  return [`${key} |${first.startsWith(" ") ? step : ""}`, ...indented(value, step)];
}

function isKeys(value: Pasted): value is ReadonlyMap<string, Pasted> {
  return value instanceof Map;
}

function isLines(value: Pasted): value is readonly string[] {
  return Array.isArray(value);
}

function inFlow(value: Pasted): string {
  if (isKeys(value))
    return `{ ${[...value].map(([key, each]) => `${keyText(key)}: ${inFlow(each)}`).join(", ")} }`;
  if (!isLines(value)) return onOneLine(value);
  const [only = "", ...more] = value;
  return more.length === 0 ? onOneLine(only) : withEscapes(`${value.join("\n")}\n`);
}

function onOneLine(value: OneLine): string {
  if (typeof value === "object") return `[${value.all.map(inFlow).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  return fitsLiteral(value) && !value.includes("\n")
    ? quotedText(value, /^[A-Za-z_][\w.-]*$/u.test(value) ? "plain" : "single")
    : withEscapes(value);
}

/** A text in double quotes, with an escape for whatever YAML takes in no other way. */
function withEscapes(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007F-\u009F\u2028\u2029\uFEFF]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * An entry of a list, as a person pastes it: below the others, or on one line between the brackets.
 *
 * @param list what the entry goes into; one in block style a step from the margin, where it isn't there
 */
export function itemToPaste(
  keys: ReadonlyMap<string, Pasted>,
  list?: { readonly text: string; readonly seq: YAMLSeq },
): string {
  if (list?.seq.flow === true) return inFlow(keys);
  const lines = [...keys].flatMap(([key, value]) => inBlock(key, value, usualStep));
  const item = lines.map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
  return indented(item, list === undefined ? usualStep : dashColumn(list.text, list.seq)).join(
    "\n",
  );
}

function dashColumn(text: string, { items: [first] }: YAMLSeq): number {
  const dash = first === undefined ? -1 : text.lastIndexOf("-", rangeOf(first)[0] - 1);
  return dash === -1 ? usualStep : columnOf(text, dash);
}
