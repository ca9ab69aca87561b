import type { PlanItem } from "../../dialogue/plan.ts";
import { printable } from "../../printable.ts";
import { rowsOf } from "../components/lines.tsx";
import { previewRows } from "../components/previews.ts";
import type { Row } from "../components/scroll-area.tsx";
import { widthOf } from "../text-width.ts";

/** What there is to say about an item, without its settings: what is changed, then what to know of it. */
export function planItemRows(item: PlanItem, columns: number): readonly Row[] {
  const plain = (paragraphs: readonly string[]) =>
    rowsOf(paragraphs, columns).map((text): Row => ({ text, look: "plain" }));
  return [
    ...plain(item.kind === "change" ? [] : item.facts),
    ...previewRows(item.previews, columns),
    ...plain(item.kind === "change" ? item.facts : []),
    ...(item.help.length === 0 ? [] : [{ text: "", look: "plain" } as const]),
    ...rowsOf(item.help, columns).map((text): Row => ({ text, look: "dim" })),
  ];
}

/** The settings of an item, a row each: what, the answer, and where it comes from. */
export function settingRows({ settings }: PlanItem): readonly string[] {
  const widest = Math.max(0, ...settings.map(({ title }) => widthOf(title)));
  return settings.map(({ title, shown, because }) => {
    const name = `${title}${" ".repeat(widest - widthOf(title))}`;
    return printable(`${name}  ${shown}   (${because})`);
  });
}
