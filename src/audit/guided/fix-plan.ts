import type { Change } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import { applying, type Plan, type PlanItem } from "../../dialogue/plan.ts";
import type { Finding } from "../finding.ts";
import { sentence } from "../words.ts";
import type { GuidedAudit, SafeFix } from "./guided-audit.ts";

/** The safe fixes as a plan, each of them marked until a person takes it out. */
export async function fixPlan(
  audit: Pick<GuidedAudit, "safeFixes">,
  marks: ReadonlyMap<string, boolean>,
): Promise<Plan> {
  const fixes = await audit.safeFixes(takenOut(marks));
  const items = fixes.map((fix) => {
    const marked = marks.get(fix.id) ?? true;
    return fixItem(fix, { marked, final: false });
  });
  return {
    headline: `${fixes.length === 1 ? "1 safe fix" : `${fixes.length} safe fixes`}. Nothing is done yet.`,
    items,
    button: applying(items),
  };
}

/** The fixes that a person took out of the plan, by their ids. */
export function takenOut(marks: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  return new Set([...marks].flatMap(([id, marked]) => (marked ? [] : [id])));
}

/** A fix in words. @param changes what it comes to where it is made */
export function fixWords(finding: Finding, changes: readonly Change[]): Omit<SafeFix, "id"> {
  const { message, why, location } = finding;
  return {
    title: finding.fix?.().title ?? message,
    place: location.kind === "file" ? `${location.file}:${location.line}` : location.resource,
    facts: [sentence(message), why],
    previews: changes.map(previewOf),
  };
}

/** A fix as an item of a plan. */
export function fixItem(
  { id, title, place, facts, previews }: SafeFix,
  standing: { readonly marked: boolean; readonly final: boolean },
): PlanItem {
  return {
    ...{ id, step: "fix", title, says: place, facts, previews },
    ...{ kind: "change", ...standing },
    help: [],
    settings: [],
    progress: "to do",
  };
}
