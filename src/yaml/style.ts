import { isCollection, isMap, isScalar, type YAMLMap } from "yaml";
import { blockOf } from "./block.ts";
import { lineAt, lineStart } from "./lines.ts";
import { entriesOf, isBlockMap, rangeOf } from "./nodes.ts";
import type { Source } from "./source.ts";

/** A mapping of a file, in whose style new text is written. */
interface Surrounding {
  readonly text: string;
  readonly map: YAMLMap;
  readonly source: Source;
}

/** The usual indentation, for a file that shows none. */
const usualStep = 4;

/** The number of units before an offset on its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The column at which the keys of a mapping start. */
export function keyColumn(text: string, map: YAMLMap): number {
  return columnOf(text, rangeOf(map.items[0]?.key)[0]);
}

/** How much deeper the keys of a mapping are than the key that holds it: at least 1, even behind an anchor. */
export function stepBelow(text: string, keyStart: number, map: YAMLMap): number {
  return Math.max(1, keyColumn(text, map) - columnOf(text, keyStart));
}

/** How much deeper a section's keys are than the section's own: as in the other sections of the app. */
export function stepOf({ text, map, source }: Surrounding): number {
  const sections = entriesOf(map).flatMap(({ keyStart, value }) =>
    isBlockMap(value) ? [stepBelow(text, keyStart, value)] : [],
  );
  return commonest(sections) ?? commonest(stepsBelow(text, source.document.contents)) ?? usualStep;
}

/** How much deeper a script is than its key: as in this mapping, else as elsewhere in the app. */
export function bodyStepOf({ text, map }: Surrounding, near: unknown, step: number): number {
  return commonest(bodyStepsBelow(text, near)) ?? commonest(bodyStepsBelow(text, map)) ?? step;
}

/** Whether blank lines stand between most of the entries; with `sections`, before those that are mappings. */
export function areSpaced(text: string, map: YAMLMap, which: "entries" | "sections"): boolean {
  const later = entriesOf(map).slice(1);
  const counted = which === "entries" ? later : later.filter(({ value }) => isBlockMap(value));
  const spaced = counted.filter(({ keyStart }) => followsBlank(text, keyStart));
  return spaced.length > 0 && spaced.length * 2 >= counted.length;
}

/** Whether a blank line stands before the line around an offset and the comments that belong to it. */
function followsBlank(text: string, offset: number): boolean {
  for (let start = lineStart(text, offset); start > 1; start = lineStart(text, start - 1)) {
    const before = lineAt(text, start - 1).trim();
    if (before === "") return true;
    if (!before.startsWith("#")) return false;
  }
  return false;
}

function stepsBelow(text: string, node: unknown): readonly number[] {
  return blockMapsBelow(node).flatMap(({ items }) =>
    items.flatMap(({ key, value }) =>
      isBlockMap(value) ? [stepBelow(text, rangeOf(key)[0], value)] : [],
    ),
  );
}

function bodyStepsBelow(text: string, node: unknown): readonly number[] {
  return blockMapsBelow(node).flatMap(({ items }) =>
    items.flatMap(({ key, value }) => {
      const indent = isScalar(value) ? blockOf(value)?.indent : undefined;
      return indent === undefined ? [] : [indent - columnOf(text, rangeOf(key)[0])];
    }),
  );
}

function blockMapsBelow(node: unknown): readonly YAMLMap[] {
  if (!isCollection(node) || node.flow === true) return [];
  const children: readonly unknown[] = isMap(node)
    ? node.items.map(({ value }) => value)
    : node.items;
  const below = children.flatMap(blockMapsBelow);
  return isMap(node) ? [node, ...below] : below;
}

/** The value that occurs most often; of several, the one that occurs first. Steps are at least 1. */
function commonest(steps: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const step of steps) if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts].reduce<readonly [number, number] | undefined>(
    (best, [step, count]) => (best === undefined || count > best[1] ? [step, count] : best),
    undefined,
  )?.[0];
}
