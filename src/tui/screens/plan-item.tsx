import type { PlanItem } from "../../dialogue/plan.ts";
import { printable } from "../../printable.ts";
import { columnWidth, fieldLine, lineColumns } from "../components/field-rows.ts";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { ScrollArea } from "../components/scroll-area.tsx";
import { type Size, windowStart } from "../layout.ts";
import { signs } from "../theme.ts";
import { planItemRows, settingFields } from "./plan-details.ts";

/**
 * Who gets which rows of an item's page: its name, its settings, why the one pointed at is as it is, and the rest.
 *
 * @param setting the one pointed at, by its place among the settings
 */
export function planItemParts(item: PlanItem, setting: number, { columns, rows }: Size) {
  const title = rowsOf([item.title], columns, 2);
  const says = rowsOf(item.says === "" ? [] : [item.says], columns, rows < 12 ? 1 : 2);
  const airy = rows >= 12;
  const fields = settingFields(item);
  const blanks = airy ? (fields.length > 0 ? 2 : 1) : 0;
  const left = rows - title.length - says.length - blanks;
  const count = Math.min(fields.length, Math.max(1, Math.floor(left / 2)));
  const pointed = fields[setting];
  const names = columnWidth(fields.map(({ name }) => name));
  const values = lineColumns(fields, columns - 2 - names);
  const whole = pointed === undefined ? undefined : fieldLine(pointed, names, values, columns - 2);
  const isCut =
    whole !== undefined &&
    (!whole.text.endsWith(printable(pointed?.value ?? "")) ||
      !whole.aside.endsWith(pointed?.means ?? ""));
  const reason =
    isCut && pointed !== undefined
      ? rowsOf([`${pointed.value}: ${pointed.means}`], columns, Math.max(1, left - count - 2))
      : [];
  return {
    ...{ title, says, airy, fields, names, values, count, reason },
    rows: Math.max(1, left - count - reason.length),
  };
}

interface PlanItemPageProps {
  readonly item: PlanItem;
  readonly setting: number;
  readonly start: number;
  readonly area: Size;
}

/** The page of one item: its settings, which can be changed, and all that there is to say about it. */
export function PlanItemPage({ item, setting, start, area }: PlanItemPageProps) {
  const { columns } = area;
  const parts = planItemParts(item, setting, area);
  const { title, says, airy, fields, names, values, count, reason, rows } = parts;
  const first = windowStart(setting, count, fields.length);
  return (
    <>
      <Lines lines={title} look="strong" />
      <Lines lines={says} look="dim" />
      {airy ? <Line text="" /> : null}
      {fields.slice(first, first + count).map((field, index) => {
        const isPointed = first + index === setting;
        const { text, aside } = fieldLine(field, names, values, columns - 2);
        return (
          <Line
            key={item.settings[first + index]?.step ?? text}
            text={`${isPointed ? signs.current : " "} ${text}`}
            look={isPointed ? "chosen" : "plain"}
            aside={aside}
          />
        );
      })}
      <Lines lines={reason} look="dim" />
      {airy && fields.length > 0 ? <Line text="" /> : null}
      <ScrollArea
        content={planItemRows(item, columns)}
        start={start}
        rows={rows}
        columns={columns}
      />
    </>
  );
}
