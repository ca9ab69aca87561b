import { Box, Text } from "ink";
import type { PlanItem } from "../../dialogue/plan.ts";
import { printable } from "../../printable.ts";
import { clip, widthOf } from "../text-width.ts";
import { type LookName, looks, signs, spinner } from "../theme.ts";

/** A row of the list: an item, or what stands above those that can't be taken back. */
export type PlanRow =
  | { readonly kind: "item"; readonly item: PlanItem; readonly number: number }
  | { readonly kind: "heading"; readonly text: string };

/** The rows of a plan, in order. */
export function planRows(items: readonly PlanItem[]): readonly PlanRow[] {
  const firstFinal = items.findIndex((item) => item.kind === "change" && item.final);
  return items.flatMap((item, index) => [
    ...(index === firstFinal
      ? [{ kind: "heading", text: "These can't be taken back. Mark what may go:" } as const]
      : []),
    { kind: "item", item, number: index + 1 } as const,
  ]);
}

/** How wide the titles are set, so that what they are about stands in a column of its own. */
export function titleColumns(items: readonly PlanItem[], columns: number): number {
  // Where both would be cut, what it is about stands in the panel alone.
  if (columns < 56) return columns;
  // A title with nothing behind it may be as long as the row.
  const before = items.filter(({ says }) => says !== "");
  const widest = Math.max(0, ...before.map(({ title }) => widthOf(printable(title))));
  return Math.min(widest, Math.max(20, Math.floor(columns * 0.5)));
}

interface PlanLineProps {
  readonly item: PlanItem;
  readonly number: number;
  readonly pointed: boolean;
  readonly titles: number;
  /** How many digits the longest number has. */
  readonly digits: number;
  readonly columns: number;
}

/** One item in one row: the pointer, the mark, the number, what is done, and to what. */
export function PlanLine({ item, number, pointed, titles, digits, columns }: PlanLineProps) {
  const { text: mark, look } = markOf(item);
  const start = `${pointed ? signs.current : " "} `;
  const place = `${String(number).padStart(digits)}  `;
  const room = Math.max(0, columns - widthOf(start) - widthOf(mark) - widthOf(place));
  const says = printable(item.says);
  const most = says === "" ? room : Math.min(room, Math.max(titles, 10));
  const title = clip(printable(item.title), most);
  const gap = " ".repeat(Math.max(0, titles - widthOf(title)) + 3);
  const left = room - widthOf(title) - widthOf(gap);
  const main = pointed ? looks.chosen : looks.plain;
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        <Text {...main}>{start}</Text>
        <Text {...looks[look]}>{mark}</Text>
        <Text {...main}>{`${place}${title}`}</Text>
        {says !== "" && left > 5 ? <Text>{`${gap}${fitting(says, left)}`}</Text> : null}
      </Text>
    </Box>
  );
}

/** As many of the parts, apart by "; ", as there is room for: the whole stands in the panel. */
function fitting(says: string, columns: number): string {
  const parts = says.split("; ");
  for (let kept = parts.length; kept > 0; kept -= 1) {
    const text = parts.slice(0, kept).join("; ");
    if (widthOf(text) <= columns) return text;
  }
  return clip(says, columns);
}

function markOf(item: PlanItem): { readonly text: string; readonly look: LookName } {
  if (item.kind === "there") return { text: ` ${signs.done}  `, look: "good" };
  if (item.kind === "by hand") return { text: ` ${signs.warning}  `, look: "warn" };
  if (item.kind === "not known") return { text: ` ${signs.unknown}  `, look: "warn" };
  if (item.kind === "yours") return { text: "    ", look: "plain" };
  return { text: item.marked ? "[x] " : "[ ] ", look: "plain" };
}

/** One item while the plan is carried out: how far it has come, and what became of it. */
export function ProgressLine({
  item,
  columns,
}: {
  readonly item: PlanItem;
  readonly columns: number;
}) {
  const { sign, look } = progressSign(item);
  const told = printable(textOf(item));
  const title = printable(item.title);
  const short = item.says === "" ? title : `${title}   ${printable(item.says)}`;
  const done = widthOf(told) <= columns - 2 ? told : clip(short, columns - 2);
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">
        <Text {...looks[look]}>{`${sign} `}</Text>
        <Text {...(item.progress === "running" ? looks.strong : {})}>{done}</Text>
      </Text>
    </Box>
  );
}

/** What became of an item, or what is to be. */
function textOf({ progress, became, title }: PlanItem): string {
  return progress === "done" && became !== undefined ? became : title;
}

function progressSign(item: PlanItem): { readonly sign: string; readonly look: LookName } {
  if (item.kind === "there") return { sign: signs.done, look: "good" };
  if (item.kind === "by hand") return { sign: signs.warning, look: "warn" };
  if (item.kind === "not known") return { sign: signs.unknown, look: "warn" };
  switch (item.progress) {
    case "done":
      return { sign: signs.done, look: "good" };
    case "left out":
      return { sign: signs.leftOut, look: "warn" };
    case "running":
      return { sign: spinner[0], look: "accent" };
    case "to do":
      if (item.kind === "change" && !item.marked) return { sign: signs.leftOut, look: "dim" };
      return { sign: signs.later, look: "dim" };
  }
}
