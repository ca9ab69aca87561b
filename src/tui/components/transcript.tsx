import { Static } from "ink";
import { wrap } from "../text-width.ts";
import type { Look } from "../theme.ts";
import { Line } from "./lines.tsx";

/** A line that stays in the scrollback. */
export interface TranscriptLine {
  readonly text: string;
  readonly look: Look;
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
      {({ text, look }, index) => <Line key={String(index)} text={text} look={look} />}
    </Static>
  );
}
