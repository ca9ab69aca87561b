import { agreedPlan } from "../dialogue/agreed-plan.ts";
import type { Decision, Plan } from "../dialogue/plan.ts";
import { Failure } from "../failure.ts";
import type { HeaderContent } from "./components/header.tsx";
import { type PlanPlace, planScreen } from "./screens/plan.tsx";
import { onStage, type Stage } from "./stage.tsx";
import { ownTerminal, type TerminalStreams } from "./terminal.ts";

/**
 * Has a person agree to one plan on the terminal. Rejects with what making the plan or the terminal itself fails with,
 * and with `Failure` ("interrupted").
 *
 * @param planOf as of `agreedPlan`
 * @param header what stands above it
 * @returns the plan that was agreed to; undefined when the person goes back
 */
export async function agreeOnScreen(
  planOf: (marks: ReadonlyMap<string, boolean>) => Promise<Plan>,
  header: HeaderContent,
  streams: TerminalStreams = ownTerminal(),
): Promise<Plan | undefined> {
  const end = await onStage(
    streams,
    () => ({ header }),
    (stage) => agreeOnStage(planOf, stage),
  );
  if (end.kind === "failed") throw end.failure;
  if (end.kind === "interrupted")
    throw new Failure("interrupted", { what: `Interrupted (${end.signal})` });
  return end.value;
}

/** The same among other screens. */
export function agreeOnStage(
  planOf: (marks: ReadonlyMap<string, boolean>) => Promise<Plan>,
  stage: Stage,
): Promise<Plan | undefined> {
  let place: PlanPlace = { open: false };
  let marking = false;
  return agreedPlan(
    (marks) => stage.wait("Looking at what it changes", () => planOf(marks)),
    async (plan) => {
      const decided = await stage.show<{ decision: Decision; place: PlanPlace }>((done) =>
        planScreen(plan, place, marking, (decision, at) => done({ decision, place: at })),
      );
      ({ place } = decided);
      marking = decided.decision.kind === "mark";
      return decided.decision;
    },
  );
}
