import { applying, type Plan, type PlanItem } from "../../dialogue/plan.ts";
import type { GuidedAudit, SafeFix } from "./guided-audit.ts";

/** The safe fixes as a plan, each of them marked until a person takes it out. */
export async function fixPlan(
  audit: Pick<GuidedAudit, "safeFixes">,
  marks: ReadonlyMap<string, boolean>,
): Promise<Plan> {
  const fixes = await audit.safeFixes(takenOut(marks));
  const items = fixes.map((fix) => itemOf(fix, marks.get(fix.id) ?? true));
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

function itemOf({ id, title, place, facts, previews }: SafeFix, marked: boolean): PlanItem {
  return {
    ...{ id, step: "fix", title, says: place, facts, previews },
    ...{ kind: "change", marked, final: false },
    help: [],
    settings: [],
    progress: "to do",
  };
}
