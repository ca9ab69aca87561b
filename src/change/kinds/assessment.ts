import type { Failure } from "../../failure.ts";
import type { Preview } from "../preview.ts";
import type { Reversal } from "./reversal.ts";

/** Whether a change can be taken back now. */
export type Assessment =
  | {
      readonly kind: "ready";
      readonly reversal: Reversal;
      /** What stays different all the same, one sentence each. */
      readonly notes: readonly string[];
    }
  /** There is nothing to take back: things are as they were before. */
  | { readonly kind: "settled"; readonly reason: string }
  /** There never will be a way to take it back. */
  | { readonly kind: "stays"; readonly reason: string }
  /** It could be taken back, were it not for something that a person can put right. */
  | { readonly kind: "blocked"; readonly failure: Failure; readonly preview?: Preview };

export function ready(reversal: Reversal, ...notes: readonly string[]): Assessment {
  return { kind: "ready", reversal, notes };
}

export function settled(reason: string): Assessment {
  return { kind: "settled", reason };
}

export function stays(reason: string): Assessment {
  return { kind: "stays", reason };
}
