import type { Plan } from "../../dialogue/plan.ts";
import type { Size } from "../layout.ts";
import type { ScreenPart } from "../screen.ts";
import { Line } from "./lines.tsx";
import { ProgressLine } from "./plan-list.tsx";

/** Rows that stay for what is asked or waited for below the plan. */
const reserved = 11;

/** How far a plan that is carried out has come, where it has begun and there is room for it. */
export function progressPart(plan: Plan | undefined, { columns, rows }: Size): ScreenPart {
  const items = plan?.items ?? [];
  const begun = items.some(({ progress }) => progress !== "to do");
  if (!begun || items.length + 1 + reserved > rows) return { view: null, rows: 0 };
  return {
    rows: items.length + 1,
    view: (
      <>
        {items.map((item) => (
          <ProgressLine key={item.id} item={item} columns={columns} />
        ))}
        <Line text="" />
      </>
    ),
  };
}
