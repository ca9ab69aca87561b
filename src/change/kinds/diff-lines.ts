import { type StructuredPatchHunk, structuredPatch } from "diff";
import type { FileChange } from "../change.ts";

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
}: Pick<FileChange, "shown" | "before" | "after">): DiffLine[] {
  const { hunks } = structuredPatch(shown, shown, before, after, "", "", { context: 3 });
  return hunks.flatMap((hunk) => [placeOf(shown, hunk), ...linesOf(hunk)]);
}

function placeOf(shown: string, { newStart, lines }: StructuredPatchHunk): DiffLine {
  const changed = lines.findIndex((line) => !line.startsWith(" "));
  return { kind: "place", text: `@@ ${shown}:${newStart + changed} @@` };
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
