import { isAlias, isNode, type Node, visit } from "yaml";
import { applyEdits, type Edit } from "../edit.ts";
import { lineStart } from "../lines.ts";
import { entriesOf, isBlockMap, type Path, valueAt } from "../nodes.ts";
import { firstUnfitPlace } from "../parse/unfit-text.ts";
import { commentsOf, locatedComments, type Source } from "../source.ts";
import { readBySecondParser } from "./second-parser.ts";
import { differenceBeside, sameInOrder } from "./value-difference.ts";

/** Edits of a YAML file that come to one value at a path being another, mappings as `Map`. */
export interface ValueEdit {
  readonly in: Source;
  readonly edits: readonly Edit[];
  readonly path: Path;
  readonly value: unknown;
  /** Whether the comments in what is taken out go with it; all others stay in any case. */
  readonly takesComments?: boolean;
}

/**
 * Proves an edit in the lines of the one entry that it stands in: a cron, a hook. What a block mapping has above and below
 * an entry is read the same whatever the entry holds, as long as its lines begin with its key, where that stood, and read
 * by themselves as that key alone. So the work grows with the entry, and not with the file.
 *
 * @returns false also where the edit has to be proven in the whole file, as where anchors, aliases or tags tie entries to
 *   each other
 */
export function provenInEntry({
  in: source,
  edits,
  path,
  value,
  takesComments,
}: ValueEdit): boolean {
  const entry = isTied(source) ? undefined : entryAround(source, edits, path);
  if (entry === undefined) return false;
  const { start, end, depth } = entry;
  const before = source.text.slice(start, end);
  const inEntry = edits.map((edit) => ({ ...edit, offset: edit.offset - start }));
  const after = applyEdits(before, inEntry);
  if (end < source.text.length && !after.endsWith("\n")) return false;
  const old = valueOfEntry(before, path[depth - 1]);
  const now =
    firstUnfitPlace(after) === undefined ? valueOfEntry(after, path[depth - 1]) : undefined;
  if (old === undefined || now === undefined) return false;
  const below = path.slice(depth);
  const isTaken = (at: number) =>
    takesComments === true &&
    inEntry.some(({ offset, length }) => offset <= at && at < offset + length);
  const comments = locatedComments(before).filter(({ offset }) => !isTaken(offset));
  return (
    sameInOrder(old.value, valueAt(source.value, path.slice(0, depth))) &&
    differenceBeside(old.value, now.value, below) === undefined &&
    sameInOrder(valueAt(now.value, below), value) &&
    sameInOrder(
      comments.map(({ text }) => text),
      commentsOf(after),
    )
  );
}

/** What the lines of an entry give by themselves; undefined when that is anything but this one key with its value. */
function valueOfEntry(lines: string, name: Path[number] | undefined) {
  const read = readBySecondParser(lines)?.value;
  return read instanceof Map && read.size === 1 && read.has(name)
    ? { value: read.get(name) }
    : undefined;
}

const known = new WeakMap<Source, boolean>();

/** Whether a part of a file may depend on another, through an anchor, an alias, a tag or a merge key. */
function isTied(source: Source): boolean {
  const before = known.get(source);
  if (before !== undefined) return before;
  let found = source.document.directives?.docStart === true;
  visit(source.document, (_, node) => {
    found ||= isAlias(node) || (isNode(node) && isMarked(node));
    return found ? visit.BREAK : undefined;
  });
  known.set(source, found);
  return found;
}

/** Whether a node has a tag or an anchor of its own. */
function isMarked(node: Node): boolean {
  return node.tag !== undefined || ("anchor" in node && node.anchor !== undefined);
}

/** The lines of the innermost entry of block mappings on the way to a path that all edits stand in, behind its key. */
function entryAround(source: Source, edits: readonly Edit[], path: Path) {
  let around: { readonly start: number; readonly end: number; readonly depth: number } | undefined;
  let node: unknown = source.document.contents;
  let end = source.text.length;
  for (const [index, step] of path.entries()) {
    if (!isBlockMap(node)) break;
    const entries = entriesOf(node);
    const at = entries.findIndex(({ name }) => name === step);
    const entry = entries[at];
    if (entry === undefined || entry.explicit || entries.length !== node.items.length) break;
    const start = lineStart(source.text, entry.keyStart);
    const next = entries[at + 1];
    end = next === undefined ? end : lineStart(source.text, next.keyStart);
    const isAlone = /^ *$/u.test(source.text.slice(start, entry.keyStart));
    const holdsAll = edits.every(
      ({ offset, length }) => offset >= entry.keyEnd && offset + length <= end,
    );
    if (!isAlone || !holdsAll) break;
    around = { start, end, depth: index + 1 };
    node = entry.value;
  }
  return around;
}
