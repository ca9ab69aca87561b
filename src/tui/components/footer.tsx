import { printable } from "../../printable.ts";
import { type KeyEntry, leave } from "../keys/table.ts";
import { clip, widthOf } from "../text-width.ts";
import { Line } from "./lines.tsx";

interface FooterProps {
  readonly keys: readonly KeyEntry[];
  /** What is to be said in their place, until the next key. */
  readonly note: string | undefined;
  readonly columns: number;
}

/** The keys that work now, in one row; the less important ones fall away, help stays. */
export function Footer({ keys, note, columns }: FooterProps) {
  return note === undefined ? (
    <Line text={footerText(keys, columns)} look="dim" />
  ) : (
    <Line text={clip(printable(note), columns)} />
  );
}

/** More keys than these nobody reads. */
const most = 6;

/**
 * The footer's text: at most six hints, in the order of the table, then help. How to leave is told where there is room
 * for it, or nothing else to tell. In a narrow terminal the hints are shorter, and those of the least use give way.
 */
export function footerText(keys: readonly KeyEntry[], columns: number): string {
  const help = keys.filter(({ action }) => action === "help").flatMap(hintOf);
  const others = keys.filter(({ action, hint }) => action !== "help" && hint !== undefined);
  const shown = others.slice(0, most - help.length);
  const fits = (hints: readonly string[]) => widthOf(hints.join(separator)) <= columns;
  const whole = [...shown.flatMap(hintOf), ...help];
  const withLeave = [...whole, ...hintOf(leave)];
  if (withLeave.length <= most && fits(withLeave)) return withLeave.join(separator);
  if (whole.length > 0 && fits(whole)) return whole.join(separator);
  const brief = shown.map(({ hint = "", brief: shorter = hint, use = 0 }) => ({ shorter, use }));
  while (brief.length > 0) {
    const hints = [...brief.map(({ shorter }) => shorter), ...help];
    if (fits(hints)) return hints.join(separator);
    const least = Math.min(...brief.map(({ use }) => use));
    brief.splice(
      brief.findLastIndex(({ use }) => use === least),
      1,
    );
  }
  return [...help, ...(help.length === 0 ? hintOf(leave) : [])].join(separator);
}

const separator = " · ";

function hintOf({ hint }: KeyEntry): readonly string[] {
  return hint === undefined ? [] : [hint];
}
