import { isMap, isScalar, type YAMLMap } from "yaml";
import type { Edit } from "./edit.ts";
import { indented, lineStart, nextLine } from "./lines.ts";
import { type Entry, lastLeaf, nodeAt, ownEntry, type Path, rangeOf, valueAt } from "./nodes.ts";
import { appendedTo } from "./place-in-map.ts";
import type { ByHand, EditPlan } from "./proof.ts";
import { refusal } from "./refusal.ts";
import { keyText, type Quote, quotedText } from "./scalar-text.ts";
import type { Source } from "./source.ts";
import { areSpaced, keyColumn } from "./style.ts";

/** What a key can be set to. */
export type ScalarValue = string | number | boolean;

/** A mapping of a file, and where it is in it; the paths of keys begin below it. */
export interface MapInFile {
  readonly text: string;
  readonly source: Source;
  readonly map: YAMLMap;
  readonly location: { readonly path: Path };
}

/** Ways to give a key of a mapping a value, the best first. The mapping above it has to be there. */
export function setKeyPlans(file: MapInFile, path: Path, value: ScalarValue): readonly EditPlan[] {
  const byHand = {
    next: `set ${path.join(".")}`,
    paste: `${path.at(-1)}: ${written(value, "single")}`,
  };
  const { map, name, full } = parentOf(file, path, byHand);
  const planned = (edits: readonly Edit[]): EditPlan => ({
    kind: "yaml",
    in: file.source,
    edits,
    path: full,
    value,
  });
  const entry = ownEntry(map, name);
  if (entry !== undefined) return [planned([replacedValue(file, entry, value, byHand)])];
  const line = `${keyText(String(name))}: ${written(value, "single")}`;
  if (map.flow === true) {
    const [start, end] = rangeOf(map);
    const last = rangeOf(lastLeaf(map.items.at(-1)?.value ?? map.items.at(-1)?.key))[1];
    const edit =
      map.items.length === 0
        ? { offset: start + 1, length: end - start - 2, text: ` ${line} ` }
        : { offset: last, length: 0, text: `, ${line}` };
    return [planned([edit])];
  }
  const { text } = file;
  const column = keyColumn(text, map);
  const outer = path.length === 1 ? column : column - 1;
  const spaced = path.length > 1 && areSpaced(text, map, "entries");
  return appendedTo(text, map, outer, spaced, indented([line], column)).map((edit) =>
    planned([edit]),
  );
}

/** The way to take a key with its value out of a mapping; with the comments inside of it only where they may go too. */
export function removeKeyPlan(file: MapInFile, path: Path, takesComments: boolean): EditPlan {
  const byHand = { next: `remove ${path.join(".")}` };
  const { map, name, full } = parentOf(file, path, byHand);
  const entry = ownEntry(map, name);
  const before = valueAt(file.source.value, full.slice(0, -1));
  if (entry === undefined || entry.explicit || !(before instanceof Map))
    throw refusal(
      file.source,
      rangeOf(map)[0],
      `There is no key ${path.join(".")} of its own`,
      byHand,
    );
  const value = new Map(before);
  value.delete(name);
  const edits = outOf(file, map, entry);
  return {
    kind: "yaml",
    in: file.source,
    edits,
    path: full.slice(0, -1),
    value,
    takesComments,
  };
}

/** The mapping that a key stands in. Throws a `Failure` ("uneditable") where it isn't there. */
export function parentOf(file: MapInFile, path: Path, byHand: ByHand) {
  const { source, location } = file;
  const name = path.at(-1);
  const map = nodeAt(file.map, path.slice(0, -1), source.document);
  if (!isMap(map) || name === undefined)
    throw refusal(
      source,
      rangeOf(file.map)[0],
      `There is no mapping ${path.slice(0, -1).join(".")} here`,
      byHand,
    );
  // What a mapping with such a tag stands for, only its program knows: another file, say.
  if (map.tag?.startsWith("!") === true)
    throw refusal(
      source,
      rangeOf(map)[0],
      `${path.slice(0, -1).join(".")} is what ${map.tag} makes of it`,
      byHand,
    );
  return { map, name, full: [...location.path, ...path] };
}

const quotes: Readonly<Record<string, Quote>> = {
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  PLAIN: "plain",
};

function replacedValue(
  { source }: MapInFile,
  { value: node, keyStart, colon }: Entry,
  value: ScalarValue,
  byHand: ByHand,
): Edit {
  const quote = isScalar(node) ? quotes[node.type ?? ""] : undefined;
  if (!isScalar(node) || quote === undefined || node.tag !== undefined)
    throw refusal(source, keyStart, "Only a value on one line is replaced by another", byHand);
  const [start, end] = rangeOf(node);
  if (start === end) return { offset: colon, length: 0, text: ` ${written(value, "single")}` };
  return { offset: start, length: end - start, text: written(value, quote) };
}

function written(value: ScalarValue, quote: Quote): string {
  return typeof value === "string" ? quotedText(value, quote) : String(value);
}

/** The edits that take an entry out of its mapping. */
export function outOf(file: MapInFile, map: YAMLMap, entry: Entry): readonly Edit[] {
  return map.flow === true ? outOfFlow(file, map, entry) : outOfBlock(file, map, entry);
}

function outOfBlock(file: MapInFile, map: YAMLMap, entry: Entry): readonly Edit[] {
  const { text } = file;
  const [start, end] = rangeOf(lastLeaf(entry.value ?? undefined));
  const stop = Math.max(entry.colon, end, start);
  if (map.items.length === 1) {
    const from = lineStart(text, entry.keyStart);
    const above = text.slice(0, from).trimEnd().length;
    // A block ends behind its last line end, which is that of this line then.
    const last = text.slice(0, stop).replace(/\r?\n$/u, "").length;
    return [{ offset: above, length: last - above, text: " {}" }];
  }
  const own = lineStart(text, entry.keyStart);
  // A first key behind a dash, or behind an anchor, shares its line with what stays.
  const shares = text.slice(own, entry.keyStart).trim() !== "";
  const lineAfter = text[stop - 1] === "\n" ? stop : (nextLine(text, stop) ?? text.length);
  if (!shares) {
    const atEnd = lineAfter === text.length && text[lineAfter - 1] !== "\n";
    const from = atEnd ? text.slice(0, own).replace(/\r?\n$/u, "").length : own;
    return [{ offset: from, length: lineAfter - from, text: "" }];
  }
  const next = map.items[1]?.key;
  return [{ offset: entry.keyStart, length: rangeOf(next)[0] - entry.keyStart, text: "" }];
}

function outOfFlow({ text }: MapInFile, map: YAMLMap, entry: Entry): readonly Edit[] {
  const places = map.items.map(({ key, value }) => ({
    start: rangeOf(key)[0],
    end: Math.max(rangeOf(key)[1], rangeOf(value)[1]),
  }));
  const at = places.findIndex(({ start }) => start === entry.keyStart);
  const [own, before, after] = [places[at], places[at - 1], places[at + 1]];
  if (own === undefined) return [];
  if (before !== undefined) return [{ offset: before.end, length: own.end - before.end, text: "" }];
  const end = after?.start ?? own.end + (/^\s*/u.exec(text.slice(own.end))?.[0].length ?? 0);
  return [{ offset: own.start, length: end - own.start, text: "" }];
}
