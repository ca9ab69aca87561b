import { isAlias, isMap, isNode, isScalar, stringify, type YAMLMap } from "yaml";
import type { Edit } from "../../yaml/edit.ts";
import { indented, linesAfter } from "../../yaml/lines.ts";
import { type Entry, entriesOf, isBlockMap, ownEntry, rangeOf, valueAt } from "../../yaml/nodes.ts";
import { appendedTo, placedUnder } from "../../yaml/place-in-map.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import type { Source } from "../../yaml/source.ts";
import { areSpaced, columnOf, keyColumn, stepOf } from "../../yaml/style.ts";
import type { AppFile } from "../app-file.ts";
import { includedMap, includeKey, inclusionOf } from "../include.ts";

/** A section of the application (`hooks`, `crons`) as the file has it, or as a file that it includes whole is. */
export type Section =
  | { readonly kind: "missing" }
  /** It comes through `<<`; one written here hides it, so it has to hold all of it. */
  | { readonly kind: "inherited"; readonly value: ReadonlyMap<unknown, unknown> }
  | { readonly kind: "empty"; readonly entry: Entry }
  | { readonly kind: "flow"; readonly entry: Entry; readonly map: YAMLMap }
  | { readonly kind: "block"; readonly entry: Entry; readonly map: YAMLMap }
  | {
      readonly kind: "included";
      readonly in: Source;
      /** A mapping in block style, the whole of its file. */
      readonly map: YAMLMap;
    };

/** Finds a section. Throws a `Failure` ("uneditable") when it is written in a way that can't be added to. */
export function sectionOf(app: AppFile, name: string, byHand: ByHand): Section {
  const { source, map, location, includes } = app;
  const [start] = rangeOf(map);
  if (!isBlockMap(map))
    throw refusal(source, start, "The application is written inside `{ }`", byHand);
  const entry = ownEntry(map, name);
  if (entry === undefined) {
    const inherited = valueAt(source.value, [...location.path, name]);
    if (inherited === undefined) return { kind: "missing" };
    if (inherited instanceof Map) return { kind: "inherited", value: inherited };
    throw refusal(source, start, `\`${name}\` comes through \`<<\` and is no mapping`, byHand);
  }
  if (entry.explicit)
    throw refusal(source, entry.keyStart, "The key is written as `? key`", byHand);
  const { value } = entry;
  const tag = isNode(value) ? value.tag : undefined;
  if (isMap(value) && tag === undefined) {
    if (value.items.length === 0) return { kind: "empty", entry };
    return { kind: value.flow === true ? "flow" : "block", entry, map: value };
  }
  if (isScalar(value) && value.value === null) return { kind: "empty", entry };
  const included = includedMap(value, includes);
  if (included?.locked !== undefined)
    throw refusal(source, entry.keyStart, included.locked, byHand);
  if (included !== undefined && isBlockMap(included.map) && included.map.items.length > 0)
    return { kind: "included", in: included.in, map: included.map };
  throw refusal(source, entry.keyStart, whyNot(name, value, app), byHand);
}

function whyNot(name: string, value: unknown, { includes }: AppFile): string {
  const inclusion = inclusionOf(value);
  const included = inclusion && includes.get(includeKey(inclusion));
  if (included?.kind === "closed") return included.why;
  const tag = isNode(value) ? value.tag : undefined;
  if (tag !== undefined) return `\`${name}\` is taken from elsewhere by ${tag}`;
  return isAlias(value)
    ? `\`${name}\` is an alias of \`&${value.source}\``
    : `\`${name}\` is not a mapping`;
}

/**
 * Ways to give an application the lines in a section that it doesn't have, or has without content.
 * The best comes first; each is a list of ordered edits.
 *
 * @param content the lines below the section's key, from column 0
 */
export function waysToFill(
  app: AppFile,
  name: string,
  section: Section & { kind: "missing" | "empty" },
  content: readonly string[],
): readonly (readonly Edit[])[] {
  const { text, map } = app;
  const column = keyColumn(text, map);
  const lines = indented(content, column + stepOf(app));
  if (section.kind === "empty") {
    const { value, colon } = section.entry;
    const [start, end] = rangeOf(value);
    const written = start === end ? colon : end;
    return [[...cleared(text, section.entry), placedUnder(text, written, column, lines)]];
  }
  const all = [...indented([`${name}:`], column), ...lines];
  const spaced = areSpaced(text, map, "sections");
  return appendedTo(text, map, column, spaced, all).map((edit) => [edit]);
}

/**
 * Gives an application a section of its own that holds what it inherits, with one entry added or changed.
 *
 * @param value of the whole section
 */
export function ownCopyPlans(
  app: AppFile,
  name: string,
  value: ReadonlyMap<unknown, unknown>,
): readonly EditPlan[] {
  const { source, location } = app;
  const step = stepOf(app);
  const written = stringify(value, { indent: step, lineWidth: 0, blockQuote: "literal" });
  const content = written.trimEnd().split("\n");
  return waysToFill(app, name, { kind: "missing" }, content).map((edits) => ({
    kind: "yaml",
    in: source,
    edits,
    path: [...location.path, name],
    value,
  }));
}

/** Writes a section that stands in `{ }` over several lines; undefined when one of its entries does already. */
export function unfoldEdits(
  app: AppFile,
  { entry, map }: Section & { kind: "flow" },
  rewrite: (lines: readonly (readonly [name: string, line: string])[]) => readonly string[],
): readonly Edit[] | undefined {
  const { text } = app;
  const entries = entriesOf(map).map(({ name, keyStart, keyEnd, value }) => {
    const [, end] = rangeOf(value);
    return [String(name), text.slice(keyStart, Math.max(end, keyEnd))] as const;
  });
  if (entries.length < map.items.length || entries.some(([, line]) => line.includes("\n")))
    return undefined;
  const column = columnOf(text, entry.keyStart) + stepOf(app);
  const [, end] = rangeOf(map);
  return [...cleared(text, entry), linesAfter(text, end, indented(rewrite(entries), column))];
}

/** Removes the value of an entry with the blanks before it; nothing when there is no text to remove. */
function cleared(text: string, { value }: Entry): readonly Edit[] {
  const [start, end] = rangeOf(value);
  if (start === end) return [];
  const from = text.slice(0, start).replace(/[ \t]+$/u, "").length;
  return [{ offset: from, length: end - from, text: "" }];
}
