import type { Decision, Plan } from "./plan.ts";

/**
 * Has a person look at a plan and mark what is to be done, until they agree to it as it is shown or go back.
 *
 * @param planOf makes the plan with the marks that a person has set or taken away, by item
 * @param ask shows it and gives what the person does with it
 * @returns the plan that was agreed to; undefined when they went back
 */
export async function agreedPlan(
  planOf: (marks: ReadonlyMap<string, boolean>) => Promise<Plan>,
  ask: (plan: Plan) => Promise<Decision>,
): Promise<Plan | undefined> {
  const marks = new Map<string, boolean>();
  for (;;) {
    const plan = await planOf(marks);
    const decision = await ask(plan);
    if (decision.kind === "agree") return plan;
    if (decision.kind === "back") return undefined;
    if (decision.kind === "mark") marks.set(decision.item, decision.marked);
  }
}
