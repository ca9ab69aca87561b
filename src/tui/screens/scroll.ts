/** Where a window over rows stands: the first row it shows. */
export type ScrollAction = "up" | "down" | "page-up" | "page-down" | "first" | "last";

/**
 * The first row shown after a key.
 * @param rows of the window
 * @param count of all rows
 */
export function scrollStart(
  start: number,
  action: ScrollAction,
  rows: number,
  count: number,
): number {
  const last = Math.max(0, count - rows);
  const wanted = {
    up: start - 1,
    down: start + 1,
    "page-up": start - rows,
    "page-down": start + rows,
    first: 0,
    last,
  }[action];
  return Math.max(0, Math.min(wanted, last));
}
