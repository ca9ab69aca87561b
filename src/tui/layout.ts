/** Columns and rows. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest terminal that shows a question with its list. */
export const smallest: Size = { columns: 40, rows: 12 };

/** Who gets which part of a frame. */
export interface Layout {
  /** The space of the screen itself, at least 8 rows in the smallest terminal. */
  readonly body: Size;
  /** The blank columns on the left of the screen and the footer. */
  readonly margin: number;
  /** Whether a blank line keeps the parts apart. */
  readonly airy: boolean;
}

/**
 * Shares out a terminal. The frame is at most `rows - 1` high: Ink 6.8 erases the scrollback of a terminal
 * whose frame fills it.
 * @returns undefined when the terminal is too small for anything but the wish for a larger one
 */
export function layoutOf({ columns, rows }: Size): Layout | undefined {
  if (columns < smallest.columns || rows < smallest.rows) return undefined;
  const airy = rows >= 15;
  const margin = columns >= 60 ? 2 : 0;
  const headerAndFooter = 2;
  const gaps = airy ? 2 : 0;
  return {
    body: { columns: columns - 2 * margin, rows: rows - 1 - headerAndFooter - gaps },
    margin,
    airy,
  };
}

/** The first entry to show so that the one at `selected` is in a window of `rows`, in its middle where possible. */
export function windowStart(selected: number, rows: number, count: number): number {
  return Math.max(0, Math.min(selected - Math.floor(rows / 2), count - rows));
}
