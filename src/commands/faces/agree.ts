import { agreedPlan } from "../../dialogue/agreed-plan.ts";
import type { Plan } from "../../dialogue/plan.ts";
import type { Io } from "../terminal/io.ts";
import type { Face } from "./choose.ts";

/**
 * Has a person agree to one plan, on a screen or in lines.
 *
 * @param planOf as of `agreedPlan`
 * @param above what stands above it: the command, and what it is about
 * @returns undefined when the person goes back
 * @throws Failure "interrupted", and as `planOf` does
 */
export async function agreeOn(
  planOf: (marks: ReadonlyMap<string, boolean>) => Promise<Plan>,
  face: Exclude<Face, "flags">,
  above: { readonly title: string; readonly place: readonly string[] },
  { signal, out, terminal }: Io,
): Promise<Plan | undefined> {
  if (face === "screens") {
    const { agreeOnScreen } = await import("../../tui/one-plan.tsx");
    return agreeOnScreen(planOf, { ...above, account: "" }, terminal);
  }
  const [{ askPlan }, { terminalReader }] = await Promise.all([
    import("./plan-lines.ts"),
    import("./terminal-reader.ts"),
  ]);
  const reader = terminalReader(signal);
  try {
    return await agreedPlan(planOf, (plan) => askPlan(plan, reader, out));
  } finally {
    reader.close();
  }
}
