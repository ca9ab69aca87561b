import type { Ledger } from "../change/ledger.ts";
import { previewOf } from "../change/preview.ts";
import type { PlanItem } from "../dialogue/plan.ts";
import { itemReport } from "../dialogue/plan-document.ts";
import type { DocumentOf } from "../json-document.ts";
import type { SetupContext } from "./context.ts";
import type { runForm } from "./report-form.ts";
import type { Session } from "./session.ts";

/** The JSON document of a run that came to its end: what was answered and what was changed. No secret is in it. */
export function runReport(
  command: DocumentOf<typeof runForm>["command"],
  { request, answers }: Session,
  context: SetupContext,
  ledger: Ledger,
  items: readonly PlanItem[],
): DocumentOf<typeof runForm> {
  return {
    version: 1,
    command,
    directory: request.directory,
    dryRun: request.effect === "show",
    answers: Object.entries(answers).map(([step, { value, shown, because, stands }]) => ({
      step,
      value,
      shown,
      because,
      ...(stands === undefined ? {} : { stands }),
    })),
    changes: context.changes.map((change) => {
      const { title, lines } = previewOf(change);
      return { kind: change.kind, title, applied: request.effect === "apply", preview: lines };
    }),
    plan: items.map(itemReport),
    ...ledgerReport(ledger),
  };
}

/** The ledger in the JSON document of a run, whether it came to its end or failed. */
export function ledgerReport({ done, failed, unknown, leftOut }: Ledger) {
  return { done: done.map(({ what }) => what), failed, unknown, leftOut };
}
