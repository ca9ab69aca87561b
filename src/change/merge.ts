import { applyEdits, type Edit } from "../appfile/edit.ts";
import type { Change, FileChange } from "./change.ts";

/**
 * Changes that follow each other, with those of one file made one: from the text before the first to the text after
 * the last. What is shown of it, written down and taken back is then one change too.
 *
 * @param changes in the order in which they are to be made; each of a file begins with the text that the one before
 * it left
 */
export function mergeChanges(changes: readonly Change[]): readonly Change[] {
  const merged: Change[] = [];
  for (const change of changes) {
    const before = merged.findIndex(
      (other) => other.kind === "file" && change.kind === "file" && other.path === change.path,
    );
    const first = merged[before];
    if (change.kind === "file" && first?.kind === "file") merged[before] = joined(first, change);
    else merged.push(change);
  }
  return merged;
}

function joined(first: FileChange, second: FileChange): FileChange {
  const edits = [stretchBetween(first.before, second.after)];
  return {
    ...first,
    after: applyEdits(first.before, edits),
    edits,
    purpose: `${first.purpose}; ${second.purpose}`,
  };
}

/** The one edit that makes a text another: all between their shared beginning and their shared end. */
function stretchBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    offset: start,
    length: before.length - start - end,
    text: after.slice(start, after.length - end),
  };
}
