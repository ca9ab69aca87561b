import { type StructuredPatchHunk, structuredPatch } from "diff";
import type { Edit } from "../../yaml/edit.ts";
import { placeOf } from "../../yaml/lines.ts";

/** A line of a diff without its sign, or the place above a hunk. */
interface DiffLine {
  readonly kind: "place" | "context" | "added" | "removed";
  readonly text: string;
}

/**
 * The unified diff of a file change as the lines of a preview, each hunk under the place of its first change.
 * A carriage return at the end of a line is shown as `␍` where the hunk's line ends differ, and left out where they
 * are all the same, since a terminal would go back to the start of the line.
 */
export function diffLines({
  shown,
  before,
  after,
  edits = [],
}: Diffed & { readonly shown: string }): DiffLine[] {
  const { above, from, to } = changedPart({ before, after, edits });
  const { hunks } = structuredPatch(shown, shown, from, to, "", "", { context });
  return hunks.flatMap((hunk) => [placeAbove(shown, hunk, above), ...linesOf(hunk)]);
}

function placeAbove(
  shown: string,
  { newStart, lines }: StructuredPatchHunk,
  above: number,
): DiffLine {
  const changed = lines.findIndex((line) => !line.startsWith(" "));
  return { kind: "place", text: `@@ ${shown}:${above + newStart + changed} @@` };
}

/** Lines that are shown around a change. */
const context = 3;
/** Of longer texts only the part that the edits are in is compared line by line. */
const long = 64 * 1024;

interface Diffed {
  readonly before: string;
  readonly after: string;
  readonly edits?: readonly Edit[];
}

/** The lines of two texts that may differ, with those that are shown around them, and how many are above. */
function changedPart({ before, after, edits }: Required<Diffed>) {
  if (edits.length === 0 || before.length < long) return { above: 0, from: before, to: after };
  const ahead = Math.min(...edits.map(({ offset }) => offset));
  const behind = before.length - Math.max(...edits.map(({ offset, length }) => offset + length));
  let start = ahead === 0 ? 0 : before.lastIndexOf("\n", ahead - 1) + 1;
  for (let lines = 0; lines < context && start > 0; lines++)
    start = start < 2 ? 0 : before.lastIndexOf("\n", start - 2) + 1;
  let end = before.length - behind;
  for (let lines = 0; lines <= context && end < before.length; lines++) {
    const feed = before.indexOf("\n", end);
    end = feed === -1 ? before.length : feed + 1;
  }
  const rest = before.length - end;
  return {
    above: placeOf(before, start).line - 1,
    from: before.slice(start, end),
    to: after.slice(start, after.length - rest),
  };
}

const kinds: Readonly<Record<string, DiffLine["kind"]>> = { "+": "added", "-": "removed" };

function linesOf({ lines }: StructuredPatchHunk): DiffLine[] {
  const ended = lines.filter((line, index) => !isNote(line) && !isNote(lines[index + 1]));
  const mixed = new Set(ended.map((line) => line.endsWith("\r"))).size > 1;
  return lines.map((line): DiffLine => {
    if (isNote(line)) return { kind: "context", text: "(no line end at the end of the file)" };
    const text = line
      .slice(1)
      .replace(/^\uFEFF/u, "")
      .replace(/\r$/u, mixed ? "␍" : "");
    return { kind: kinds[line.charAt(0)] ?? "context", text };
  });
}

/** The note on a missing final line end follows the line that has none. */
function isNote(line: string | undefined): boolean {
  return line?.startsWith("\\") ?? false;
}
