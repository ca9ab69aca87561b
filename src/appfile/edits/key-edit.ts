import { isMap, isScalar, type YAMLMap } from "yaml";
import type { Edit } from "../../yaml/edit.ts";
import { indented, lineStart, nextLine } from "../../yaml/lines.ts";
import {
  type Entry,
  lastLeaf,
  nodeAt,
  ownEntry,
  type Path,
  rangeOf,
  valueAt,
} from "../../yaml/nodes.ts";
import { appendedTo } from "../../yaml/place-in-map.ts";
import type { ByHand, Plan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { keyText, type Quote, quoted } from "../../yaml/scalar-text.ts";
import { areSpaced, keyColumn } from "../../yaml/style.ts";
import type { AppFile } from "../app-file.ts";

/** What a key can be set to. */
export type ScalarValue = string | number | boolean;

/** Ways to give a key of the application a value, the best first. The mapping above it has to be there. */
export function setKeyPlans(app: AppFile, path: Path, value: ScalarValue): readonly Plan[] {
  const byHand = {
    next: `set ${path.join(".")}`,
    paste: `${path.at(-1)}: ${written(value, "single")}`,
  };
  const { map, name, full } = parentOf(app, path, byHand);
  const planned = (edits: readonly Edit[]): Plan => ({
    kind: "yaml",
    in: app.source,
    edits,
    path: full,
    value,
  });
  const entry = ownEntry(map, name);
  if (entry !== undefined) return [planned([replacedValue(app, entry, value, byHand)])];
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
  const { text } = app;
  const column = keyColumn(text, map);
  const outer = path.length === 1 ? column : column - 1;
  const spaced = path.length > 1 && areSpaced(text, map, "entries");
  return appendedTo(text, map, outer, spaced, indented([line], column)).map((edit) =>
    planned([edit]),
  );
}

/** The way to take a key with its value out of a mapping; with the comments inside of it only where they may go too. */
export function removeKeyPlan(app: AppFile, path: Path, takesComments: boolean): Plan {
  const byHand = { next: `remove ${path.join(".")}` };
  const { map, name, full } = parentOf(app, path, byHand);
  const entry = ownEntry(map, name);
  const before = valueAt(app.source.value, full.slice(0, -1));
  if (entry === undefined || entry.explicit || !(before instanceof Map))
    throw refusal(
      app.source,
      rangeOf(map)[0],
      `There is no key ${path.join(".")} of its own`,
      byHand,
    );
  const value = new Map(before);
  value.delete(name);
  const edits = outOf(app, map, entry);
  return {
    kind: "yaml",
    in: app.source,
    edits,
    path: full.slice(0, -1),
    value,
    takesComments,
  };
}

/** The mapping that a key of the application stands in. Throws a `Failure` ("uneditable") where it isn't there. */
export function parentOf(app: AppFile, path: Path, byHand: ByHand) {
  const { source, location } = app;
  const name = path.at(-1);
  const map = nodeAt(app.map, path.slice(0, -1), source.document);
  if (!isMap(map) || name === undefined)
    throw refusal(
      source,
      rangeOf(app.map)[0],
      `There is no mapping ${path.slice(0, -1).join(".")} here`,
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
  { source }: AppFile,
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
  return typeof value === "string" ? quoted(value, quote) : String(value);
}

/** The edits that take an entry out of its mapping. */
export function outOf(app: AppFile, map: YAMLMap, entry: Entry): readonly Edit[] {
  return map.flow === true ? outOfFlow(app, map, entry) : outOfBlock(app, map, entry);
}

function outOfBlock(app: AppFile, map: YAMLMap, entry: Entry): readonly Edit[] {
  const { text } = app;
  const [start, end] = rangeOf(lastLeaf(entry.value ?? undefined));
  const stop = Math.max(entry.colon, end, start);
  if (map.items.length === 1) {
    const from = lineStart(text, entry.keyStart);
    const above = text.slice(0, from).trimEnd().length;
    return [{ offset: above, length: stop - above, text: " {}" }];
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

function outOfFlow({ text }: AppFile, map: YAMLMap, entry: Entry): readonly Edit[] {
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
