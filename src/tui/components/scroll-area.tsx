import { widthOf } from "../text-width.ts";
import type { LookName } from "../theme.ts";
import { Line } from "./lines.tsx";

/** A row of a scrolling text. */
export interface Row {
  readonly text: string;
  readonly look: LookName;
  /** What stands dimmed behind the text. */
  readonly aside?: string;
}

interface ScrollAreaProps {
  readonly content: readonly Row[];
  /** The first row wanted; it is kept within the text. */
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  /** The keys that move it, for its last row. */
  readonly keys?: string;
}

/** In fewer rows the text has them all: there would be none of it above the place. */
const leastWithPlace = 2;

/** A window over rows of text; its last row tells the place when there is more than fits. */
export function ScrollArea({ content, start, rows, columns, keys = "↑↓" }: ScrollAreaProps) {
  const height = windowRows(content.length, rows);
  const first = Math.max(0, Math.min(start, content.length - height));
  const shown = content.slice(first, first + height);
  return (
    <>
      {shown.map((row, index) => (
        // Rows have no identity but their place.
        <Line key={String(index)} {...row} />
      ))}
      {height < rows && height < content.length ? (
        <Line
          text={placeText(first + 1, first + shown.length, content.length, keys, columns)}
          look="dim"
        />
      ) : null}
    </>
  );
}

function placeText(first: number, last: number, count: number, keys: string, columns: number) {
  const place = `lines ${first} to ${last} of ${count}, ${keys}`;
  const whole = `${place} for the rest`;
  return widthOf(whole) <= columns ? whole : place;
}

/** How many rows of the text a window shows that has `rows` for everything. */
export function windowRows(count: number, rows: number): number {
  return count <= rows || rows < leastWithPlace ? Math.max(0, rows) : rows - 1;
}
