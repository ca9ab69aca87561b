import { either, eitherWay, fails, type Outcome, succeeds } from "./outcome.ts";

/**
 * What a test gives in one environment. "same": not known, but alike in every environment, as with a
 * test for a file. "unproven": not known, and it may differ between environments.
 */
export type Truth = "true" | "false" | "same" | "unproven";

/** Whether something is not so. */
export function not(truth: Truth): Truth {
  if (truth === "true") return "false";
  return truth === "false" ? "true" : truth;
}

/** Whether two things are so. */
export function both(a: Truth, b: Truth): Truth {
  if (a === "false" || b === "false") return "false";
  if (a === "true") return b;
  return b === "true" ? a : leastKnown(a, b);
}

/** Whether one of two things is so, or both. */
export function oneOf(a: Truth, b: Truth): Truth {
  return not(both(not(a), not(b)));
}

function leastKnown(a: Truth, b: Truth): Truth {
  return a === "unproven" || b === "unproven" ? "unproven" : "same";
}

/** The status of a command that succeeds when something is true. */
export const outcomeOf: Readonly<Record<Truth, Outcome>> = {
  true: succeeds,
  false: fails,
  same: either,
  unproven: eitherWay,
};
