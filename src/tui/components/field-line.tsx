import { printable } from "../../printable.ts";
import { characters, clip, widthOf } from "../text-width.ts";
import { signs } from "../theme.ts";
import type { Field } from "./field.ts";
import { Line } from "./lines.tsx";

/** The row that text is typed in, with the part around the cursor when it is longer than the row. */
export function FieldLine({ field, columns }: { readonly field: Field; readonly columns: number }) {
  return (
    <Line text={clip(`${signs.current} ${around(field, columns - 2)}`, columns)} look="chosen" />
  );
}

/** The text with a sign where the cursor stands: Ink hides the terminal's own. */
function around({ text, cursor }: Field, columns: number): string {
  const before = characters(printable(text.slice(0, cursor)));
  const after = printable(text.slice(cursor));
  while (widthOf(before.join("")) > columns - 2) before.shift();
  return `${before.join("")}${signs.caret}${after}`;
}
