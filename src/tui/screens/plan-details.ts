import type { PlanItem } from "../../dialogue/plan.ts";
import { printable } from "../../printable.ts";
import type { FieldRow } from "../components/field-rows.ts";
import { rowsOf } from "../components/lines.tsx";
import { previewRows } from "../components/previews.ts";
import type { Row } from "../components/scroll-area.tsx";

const blank: Row = { text: "", look: "plain" };

/** What there is to say about an item, without its settings: what is changed, then what to know of it. */
export function planItemRows(item: PlanItem, columns: number): readonly Row[] {
  const plain = (paragraphs: readonly string[]) =>
    rowsOf(paragraphs, columns).map((text): Row => ({ text, look: "plain" }));
  const facts = plain(item.facts);
  const help = rowsOf(item.help, columns).map((text): Row => ({ text, look: "dim" }));
  const previews = previewRows(item.previews, columns);
  const blocks = item.kind === "change" ? [previews, facts, help] : [facts, previews, help];
  return blocks
    .filter((rows) => rows.length > 0)
    .flatMap((rows, index) => (index === 0 ? rows : [blank, ...rows]));
}

/** The settings of an item as fields: what, the answer, and where it comes from. */
export function settingFields({ settings }: PlanItem): readonly FieldRow[] {
  return settings.map(({ title, shown, because }) => ({
    name: printable(title),
    value: shown,
    means: printable(because),
  }));
}
