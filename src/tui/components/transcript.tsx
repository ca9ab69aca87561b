import { Static } from "ink";
import { wrap } from "../text-width.ts";
import type { LookName } from "../theme.ts";
import { Line } from "./lines.tsx";

/** A line that stays in the scrollback. */
export interface TranscriptLine {
  readonly text: string;
  readonly look: LookName;
}

/** The line as rows of a terminal, broken between words; the further rows stand two columns deeper. */
export function transcriptRows(
  { text, look }: TranscriptLine,
  columns: number,
): readonly TranscriptLine[] {
  return wrap(text, columns - 2).map((row, index) => ({
    text: index === 0 ? row : `  ${row}`,
    look,
  }));
}

/** What was answered so far, row by row, printed once above the frame and never drawn again. */
export function Transcript({ lines }: { readonly lines: readonly TranscriptLine[] }) {
  return (
    <Static items={[...lines]}>
      {(line, index) => <Line key={String(index)} {...markedApart(line)} />}
    </Static>
  );
}

/** Only the sign that a line begins with has its colour; a dimmed line is dimmed whole. */
function markedApart({ text, look }: TranscriptLine) {
  if (look === "dim") return { text, look };
  const [sign = "", rest = ""] = [text.slice(0, 1), text.slice(2)];
  return /^[^\p{L}\p{N}\s] /u.test(text) ? { text: rest, mark: { sign, look } } : { text };
}
