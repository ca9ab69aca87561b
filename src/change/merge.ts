import { diffArrays } from "diff";
import { applyEdits, type Edit } from "../yaml/edit.ts";
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
  const edits = lineEdits(first.before, second.after);
  return {
    ...first,
    after: applyEdits(first.before, edits),
    edits,
    purpose: `${first.purpose}; ${second.purpose}`,
  };
}

/** The edits that make a text another, by lines: what both have stays out of the journal and of the undo. */
function lineEdits(before: string, after: string): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let open: { offset: number; length: number; text: string } | undefined;
  for (const { value, added, removed } of diffArrays(linesOf(before), linesOf(after))) {
    const text = value.join("");
    if (!added && !removed) {
      open = undefined;
      at += text.length;
      continue;
    }
    if (open === undefined) {
      open = { offset: at, length: 0, text: "" };
      edits.push(open);
    }
    if (added) open.text += text;
    else {
      open.length += text.length;
      at += text.length;
    }
  }
  return edits;
}

/** The lines of a text with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}
