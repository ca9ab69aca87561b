/** Columns and rows. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest terminal that shows a question with its list. */
export const smallest: Size = { columns: 40, rows: 12 };

/** What a program has to show around its screens. */
export interface Around {
  /** The rows that the header would like to have, at least 1. */
  readonly headerRows: number;
}

/** Who gets which rows of a frame. */
export interface Layout {
  /** The space of the screen itself, at least 8 rows in the smallest terminal. */
  readonly body: Size;
  /** The rows of the header. */
  readonly header: number;
  /** Whether a blank line keeps the parts apart. */
  readonly airy: boolean;
}

/**
 * Shares out a terminal. The frame is at most `rows - 1` high: Ink 6.8 erases the scrollback of a terminal
 * whose frame fills it.
 * @returns undefined when the terminal is too small for anything but the wish for a larger one
 */
export function layoutOf(size: Size, around: Around): Layout | undefined {
  if (size.columns < smallest.columns || size.rows < smallest.rows) return undefined;
  const airy = size.rows >= 18;
  const header = Math.min(around.headerRows, size.rows >= 16 ? 3 : 1);
  const gaps = airy ? 2 : 0;
  const footer = 1;
  const rows = size.rows - 1 - header - gaps - footer;
  return { body: { columns: size.columns, rows }, header, airy };
}

/** The first entry to show so that the one at `selected` is in a window of `rows`, in its middle where possible. */
export function windowStart(selected: number, rows: number, count: number): number {
  return Math.max(0, Math.min(selected - Math.floor(rows / 2), count - rows));
}
