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

/** The keys that work now, in one row; the less important ones fall away, help and leaving stay. */
export function Footer({ keys, note, columns }: FooterProps) {
  return note === undefined ? (
    <Line text={footerText(keys, columns)} look="dim" />
  ) : (
    <Line text={clip(printable(note), columns)} look="warn" />
  );
}

/** The footer's text: the hints that fit, in the order of the table. */
export function footerText(keys: readonly KeyEntry[], columns: number): string {
  const always = [...keys.filter(({ action }) => action === "help"), leave].flatMap(hintOf);
  const shown: string[] = [];
  for (const hint of keys.filter(({ action }) => action !== "help").flatMap(hintOf)) {
    if (widthOf([...shown, hint, ...always].join(separator)) > columns) break;
    shown.push(hint);
  }
  return [...shown, ...always].join(separator);
}

const separator = " · ";

function hintOf({ hint }: KeyEntry): readonly string[] {
  return hint === undefined ? [] : [hint];
}
