import { printable } from "../../printable.ts";
import { clip, widthOf, wrap } from "../text-width.ts";
import type { Row } from "./scroll-area.tsx";

/** A field of a small table: what, its value, and what to know about that. */
export interface FieldRow {
  readonly name: string;
  /** What it is now, where that is compared with what it will be. */
  readonly now?: string;
  readonly value: string;
  /** Where the value comes from, or what it means. */
  readonly means: string;
}

const gap = "   ";
/** A meaning in fewer columns stands below its value. */
const leastAside = 16;

/**
 * Fields as the rows of a table, their values under each other and what they mean dimmed behind: in a narrow terminal
 * below. Nothing is cut, and a value with a word that is wider than its column, as an address, stands below its name.
 */
export function fieldRows(fields: readonly FieldRow[], columns: number): readonly Row[] {
  const shown = fields.map((each) => ({ ...each, value: printable(each.value) }));
  const names = columnWidth(shown.map(({ name }) => name));
  const compared = shown.some(({ now }) => now !== undefined);
  const nows = compared ? columnWidth(["now", ...shown.map(({ now = "" }) => now)]) : 0;
  const before = names + gap.length + (compared ? nows + gap.length : 0);
  const values = valueColumns(shown, compared, columns - before);
  const room = columns - before - values - gap.length;
  const head: readonly Row[] = compared
    ? [{ text: "", look: "plain", aside: `${blanks(names)}${gap}${padded("now", nows)}${gap}then` }]
    : [];
  return [
    ...head,
    ...shown.flatMap(({ name, now = "", value, means }): readonly Row[] => {
      if (!compared && widestWord(value) > Math.max(8, columns - before))
        return [
          { text: name, look: "plain" },
          ...wrap(value, columns - 2).map((text): Row => ({ text: `  ${text}`, look: "plain" })),
          ...(means === ""
            ? []
            : wrap(printable(means), columns - 2).map(
                (text): Row => ({ text: "", look: "plain", aside: `  ${text}` }),
              )),
        ];
      const start = `${padded(name, names)}${gap}${compared ? padded(now, nows) + gap : ""}`;
      const [first = "", ...more] = wrap(value, Math.max(8, columns - before));
      const isShort = more.length === 0 && widthOf(first) <= values;
      const reason = printable(means);
      const beside = isShort && widthOf(reason) <= room;
      const behind = reason !== "" && beside ? `${padded(first, values)}${gap}` : first;
      return [
        { text: `${start}${behind}`, look: "plain", ...(beside ? { aside: reason } : {}) },
        ...more.map((text): Row => ({ text: `${blanks(before)}${text}`, look: "plain" })),
        ...(beside || reason === ""
          ? []
          : wrap(reason, Math.max(leastAside, columns - before)).map(
              (text): Row => ({ text: "", look: "plain", aside: `${blanks(before)}${text}` }),
            )),
      ];
    }),
  ];
}

function widestWord(text: string): number {
  return columnWidth(text.split(" "));
}

/**
 * The widest column of values behind which every value that is in it has its meaning in the same row: a wider value has
 * its meaning below.
 */
function valueColumns(fields: readonly FieldRow[], compared: boolean, columns: number): number {
  const least = compared ? widthOf("then") : 0;
  const widths = fields.map(({ value }) => widthOf(value)).toSorted((one, other) => other - one);
  const fits = (width: number) =>
    fields.every(
      ({ value, means }) =>
        widthOf(value) > width || width + gap.length + widthOf(printable(means)) <= columns,
    );
  return Math.max(least, widths.find(fits) ?? 0);
}

/**
 * A field in one row: a value that has no room is cut, a meaning left out.
 *
 * @param values the columns behind which meanings stand under each other, where there is room for that
 */
export function fieldLine(
  { name, value, means }: FieldRow,
  names: number,
  values: number,
  columns: number,
): { readonly text: string; readonly aside: string } {
  const text = clip(`${padded(name, names)}${gap}${printable(value)}`, columns);
  const reason = printable(means);
  const room = columns - widthOf(text) - gap.length - widthOf(reason);
  const padding = Math.max(0, values - widthOf(printable(value)));
  return { text, aside: room < 0 ? "" : `${blanks(padding <= room ? padding : 0)}${gap}${reason}` };
}

/**
 * How wide the values of fields in one row each are set: as of a table, by those that have room for what they mean.
 *
 * @param columns what is behind the names
 */
export function lineColumns(fields: readonly FieldRow[], columns: number): number {
  const room = columns - gap.length;
  const shown = fields.map((each) => ({ ...each, value: printable(each.value) }));
  const whole = shown.filter(
    ({ value, means }) => widthOf(value) + gap.length + widthOf(printable(means)) <= room,
  );
  return valueColumns(whole, false, room);
}

/** How wide a column has to be for these texts. */
export function columnWidth(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf));
}

function padded(text: string, columns: number): string {
  return text + blanks(columns - widthOf(text));
}

function blanks(count: number): string {
  return " ".repeat(Math.max(0, count));
}
