/** Columns and rows. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest terminal that shows a question with its list. */
export const smallest: Size = { columns: 40, rows: 12 };

/** Who gets which rows of a frame. */
export interface Layout {
  /** The space of the screen itself, at least 8 rows in the smallest terminal. */
  readonly body: Size;
  /** The most rows the header may take. */
  readonly header: number;
  /** Where the steps stand: in one line, or in a column of this width at the side. */
  readonly steps: { readonly kind: "line" } | { readonly kind: "side"; readonly columns: number };
  /** Whether a blank line keeps the parts apart. */
  readonly airy: boolean;
}

const sideColumns = 26;

/**
 * Shares out a terminal. The frame is at most `rows - 1` high: Ink 6.8 erases the scrollback of a terminal
 * whose frame fills it.
 * @returns undefined when the terminal is too small for anything but the wish for a larger one
 */
export function layoutOf(size: Size): Layout | undefined {
  if (size.columns < smallest.columns || size.rows < smallest.rows) return undefined;
  const airy = size.rows >= 18;
  const side = size.columns >= 100 && size.rows >= 20;
  const header = size.rows >= 16 ? 3 : 1;
  const gaps = airy ? 2 : 0;
  const footer = 1;
  const rows = size.rows - 1 - header - gaps - footer - (side ? 0 : 1);
  return {
    body: { columns: side ? size.columns - sideColumns : size.columns, rows },
    header,
    steps: side ? { kind: "side", columns: sideColumns } : { kind: "line" },
    airy,
  };
}

/** The first entry to show so that the one at `selected` is in a window of `rows`, in its middle where possible. */
export function windowStart(selected: number, rows: number, count: number): number {
  return Math.max(0, Math.min(selected - Math.floor(rows / 2), count - rows));
}
