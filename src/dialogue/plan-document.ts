import * as v from "valibot";
import type { DocumentOf } from "../json-document.ts";
import type { PlanItem } from "./plan.ts";

const text = v.string();

/** The lines that show what something changes, in the JSON documents. */
export const previewForm = v.array(
  v.variant("kind", [
    v.object({ kind: v.picklist(["place", "context", "added", "removed", "fact"]), text }),
    // A row of a table: what it is, as it is now and as it will be.
    v.object({
      kind: v.literal("field"),
      text,
      name: text,
      now: v.exactOptional(text),
      value: text,
      means: v.exactOptional(text),
    }),
  ]),
);

/** The form of what stands on a plan, in the order of doing, in the JSON documents. */
export const planItemForm = v.object({
  item: text,
  // A change; what only the person can do, and is waited for; what is left to the person; what nobody knows; what is so.
  kind: v.picklist(["change", "yours", "by hand", "not known", "there"]),
  title: text,
  says: text,
  // Of a change: whether it is agreed to, or in a dry run would be.
  marked: v.exactOptional(v.boolean()),
  // Of a change: whether it can't be taken back, so that --yes doesn't agree to it.
  final: v.exactOptional(v.boolean()),
  facts: v.array(text),
  preview: previewForm,
  // What it rests on, each with the reason.
  settings: v.array(v.object({ step: text, title: text, shown: text, because: text })),
});

/** What stands on a plan, in a JSON document. */
export function itemReport(item: PlanItem): DocumentOf<typeof planItemForm> {
  const { id, kind, title, says, facts, previews, settings } = item;
  return {
    item: id,
    kind,
    title,
    says,
    ...(item.kind === "change" ? { marked: item.marked, final: item.final } : {}),
    facts,
    preview: previews.flatMap(({ lines }) => lines),
    settings,
  };
}
