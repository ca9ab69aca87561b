import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { type Entry, effectiveEntries, nodeAt, rangeOf } from "../yaml/nodes.ts";
import type { Source } from "../yaml/source.ts";
import type { CiValue, Spot } from "./ci-file.ts";

/** A node of a file, with aliases and merge keys followed. */
export interface At {
  readonly in: Source;
  readonly node: unknown;
}

/** What is below a key; its node is undefined where there is nothing. */
export function below({ in: source, node }: At, ...path: readonly (string | number)[]): At {
  return { in: source, node: nodeAt(node, path, source.document) };
}

/** The entries of a mapping that count, in their order; none for anything else. */
export function entriesIn({
  in: source,
  node,
}: At): readonly { readonly entry: Entry; readonly name: string; readonly at: At }[] {
  if (!isMap(node)) return [];
  return effectiveEntries(node, source.document).map((entry) => ({
    entry,
    name: String(entry.name),
    at: { in: source, node: nodeAt(node, [entry.name], source.document) },
  }));
}

/** The items of a list; none for anything else. */
export function itemsIn(at: At): readonly At[] {
  return isSeq(at.node) ? at.node.items.map((_, index) => below(at, index)) : [];
}

/** The text of a value, also of a number or a boolean; undefined for a list, a mapping, and for nothing. */
export function textOf({ node }: At): string | undefined {
  if (!isScalar(node) || node.value === null || node.value === undefined) return undefined;
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
}

/** The texts of a value that is a text or a list of them. */
export function textsOf(at: At): readonly string[] {
  const own = textOf(at);
  return own === undefined ? itemsIn(at).flatMap((item) => textOf(item) ?? []) : [own];
}

/** The mapping that a node is; undefined for anything else. */
export function mapOf({ node }: At): YAMLMap | undefined {
  return isMap(node) ? node : undefined;
}

/** The value of an entry with its place. */
export function valueWithPlace(
  source: Source,
  { keyStart, keyEnd }: Entry,
  at: At,
): CiValue | undefined {
  const text = textOf(at);
  if (text === undefined) return undefined;
  return { text, spot: spotOf(source, keyStart, keyEnd, at) };
}

/** The value below a key of a mapping, with its place. */
export function valueBelow(at: At, key: string): CiValue | undefined {
  const found = entriesIn(at).find(({ name }) => name === key);
  return found === undefined ? undefined : valueWithPlace(at.in, found.entry, found.at);
}

/** The place of a key alone. */
export function keySpot(source: Source, { keyStart, keyEnd }: Entry): Spot {
  return { in: source, start: keyStart, end: keyEnd };
}

/** From a key to the end of its value, where that is behind it in the same file. */
function spotOf(source: Source, keyStart: number, keyEnd: number, { node }: At): Spot {
  const [, end] = rangeOf(node);
  return { in: source, start: keyStart, end: Math.max(keyEnd, end) };
}

/** The first line of what a node is. */
export function firstLine({ in: source, node }: At): Spot {
  const [start, end] = rangeOf(node);
  const feed = source.text.indexOf("\n", start);
  return { in: source, start, end: Math.min(end, feed === -1 ? end : feed) };
}

/** A property where there is a value for it. */
export function propertyWhere<K extends string, V>(
  key: K,
  value: V | undefined,
): Partial<Readonly<Record<K, V>>> {
  const all: Partial<Record<K, V>> = {};
  if (value !== undefined) all[key] = value;
  return all;
}

/** Where a node is in its file, by keys and indexes; empty where it can't be found. */
export function pathTo(source: Source, node: unknown): readonly (string | number)[] {
  return pathsOf(source).get(node) ?? [];
}

const known = new WeakMap<Source, ReadonlyMap<unknown, readonly (string | number)[]>>();

function pathsOf(source: Source): ReadonlyMap<unknown, readonly (string | number)[]> {
  const before = known.get(source);
  if (before !== undefined) return before;
  const paths = new Map<unknown, readonly (string | number)[]>();
  const visit = (at: At, path: readonly (string | number)[], depth: number): void => {
    if (at.node === undefined || paths.has(at.node) || depth > 40) return;
    paths.set(at.node, path);
    for (const { name, at: value } of entriesIn(at)) visit(value, [...path, name], depth + 1);
    for (const [index, item] of itemsIn(at).entries()) visit(item, [...path, index], depth + 1);
  };
  visit({ in: source, node: source.document.contents }, [], 0);
  known.set(source, paths);
  return paths;
}
