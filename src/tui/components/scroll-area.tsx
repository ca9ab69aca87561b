import type { Look } from "../theme.ts";
import { Line } from "./lines.tsx";

/** A row of a scrolling text. */
export interface Row {
  readonly text: string;
  readonly look: Look;
  /** What stands dimmed behind the text. */
  readonly aside?: string;
}

interface ScrollAreaProps {
  readonly content: readonly Row[];
  /** The first row wanted; it is kept within the text. */
  readonly start: number;
  readonly rows: number;
  /** The keys that move it, for its last row. */
  readonly keys?: string;
}

/** A window over rows of text; its last row tells the place when there is more than fits. */
export function ScrollArea({ content, start, rows, keys = "↑↓" }: ScrollAreaProps) {
  const height = windowRows(content.length, rows);
  const first = Math.max(0, Math.min(start, content.length - height));
  const shown = content.slice(first, first + height);
  return (
    <>
      {shown.map((row, index) => (
        // Rows have no identity but their place.
        <Line key={String(index)} {...row} />
      ))}
      {height < content.length ? (
        <Line
          text={`lines ${first + 1} to ${first + shown.length} of ${content.length}, ${keys} for the rest`}
          look="dim"
        />
      ) : null}
    </>
  );
}

/** How many rows of the text a window shows that has `rows` for everything. */
export function windowRows(count: number, rows: number): number {
  return count <= rows ? Math.max(0, rows) : Math.max(0, rows - 1);
}
