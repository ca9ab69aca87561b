import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
} from "yaml";

/** Where something is in the value of a file: keys of mappings and indexes of sequences. */
export type Path = readonly (string | number)[];

/** A key of a mapping with its value, and the places an edit needs. */
export interface Entry {
  readonly name: string | number;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** The offset after the colon. */
  readonly colon: number;
  /** The node of the value. */
  readonly value: unknown;
  /** Written as `? key`. */
  readonly explicit: boolean;
}

/** The start and the end of a node's own text, without its anchor, tag, comment and line end. */
export function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined;
  return range === undefined || range === null ? [0, 0] : [range[0], range[1]];
}

/** The entries that a mapping has itself, in order; merge keys and keys that aren't names are left out. */
export function entriesOf(map: YAMLMap): readonly Entry[] {
  return map.items.flatMap((pair) => entryFrom(pair) ?? []);
}

/** The entry that a mapping has itself. */
export function ownEntry(map: YAMLMap, name: string | number): Entry | undefined {
  const pair =
    map.items.length < many
      ? map.items.find(({ key }) => isScalar(key) && key.value === name)
      : pairsOf(map).get(name);
  return pair && entryFrom(pair);
}

/** Of a mapping with more entries, each of which is looked up, they are kept by name. */
const many = 32;
const pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const before = pairs.get(map);
  if (before !== undefined) return before;
  const found = new Map<unknown, Pair>();
  for (const pair of map.items)
    if (isScalar(pair.key) && !found.has(pair.key.value)) found.set(pair.key.value, pair);
  pairs.set(map, found);
  return found;
}

/** The entry that counts: the mapping's own, or that of the first mapping merged into it that has one. */
function entryOf(map: YAMLMap, name: string | number, document: Document): Entry | undefined {
  const own = ownEntry(map, name);
  if (own !== undefined || !map.items.some(merges)) return own;
  return effectiveEntries(map, document).find((entry) => entry.name === name);
}

/** Whether it is `<<`, which brings in what another mapping has. */
function merges({ key }: Pair): boolean {
  return isScalar(key) && typeof key.value === "symbol";
}

function entryFrom({ key, value, srcToken }: Pair): Entry | undefined {
  if (!isScalar(key)) return undefined;
  const name = key.value;
  if (typeof name !== "string" && typeof name !== "number") return undefined;
  const [keyStart, keyEnd] = rangeOf(key);
  const indicator = srcToken?.sep?.find(({ type }) => type === "map-value-ind");
  const explicit = srcToken?.start.some(({ type }) => type === "explicit-key-ind") ?? false;
  const colon = indicator === undefined ? keyEnd : indicator.offset + 1;
  return { name, keyStart, keyEnd, colon, value, explicit };
}

/** The entries that count, its own first, then those merged into it. */
export function effectiveEntries(
  map: YAMLMap,
  document: Document,
  within: readonly YAMLMap[] = [],
): readonly Entry[] {
  const entries = [...entriesOf(map)];
  for (const pair of map.items) {
    if (!merges(pair)) continue;
    const target = resolveAlias(pair.value, document);
    for (const item of isSeq(target) ? target.items : [target]) {
      const merged = resolveAlias(item, document);
      if (!isMap(merged) || merged === map || within.includes(merged)) continue;
      for (const entry of effectiveEntries(merged, document, [...within, map]))
        if (entries.every(({ name }) => name !== entry.name)) entries.push(entry);
    }
  }
  return entries;
}

/** The node itself, or what it stands for when it is an alias. */
export function resolveAlias(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The node at a path below a node, aliases and merge keys followed; undefined when there is none. */
export function nodeAt(top: unknown, path: Path, document: Document): unknown {
  return path.reduce<unknown>(
    (node, step) => {
      if (isMap(node)) return resolveAlias(entryOf(node, step, document)?.value, document);
      if (isSeq(node) && typeof step === "number") return resolveAlias(node.items[step], document);
      return undefined;
    },
    resolveAlias(top, document),
  );
}

/** The value at a path of a value made of `Map` and arrays. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => {
    if (at instanceof Map) return at.get(step);
    return Array.isArray(at) && typeof step === "number" ? at[step] : undefined;
  }, value);
}

/** A mapping written over several lines, not as `{…}`. */
export function isBlockMap(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true;
}

/** The last node below a node that has text of its own. */
export function lastLeaf(node: unknown): unknown {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return last === undefined ? node : lastLeaf(last.value ?? last.key);
  }
  if (isSeq(node) && node.flow !== true && node.items.length > 0)
    return lastLeaf(node.items.at(-1));
  return node;
}
