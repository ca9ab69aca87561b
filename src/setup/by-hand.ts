import type { FileChange } from "../change/change.ts";
import { Failure, failureLines } from "../failure.ts";
import type { ChoiceQuestion } from "./question.ts";
import { leftOut } from "./reply.ts";
import type { Taken } from "./step.ts";

/** A change that was planned, or the reason why only a person can make it. */
export type ChangeOrByHand =
  | { readonly kind: "change"; readonly change: FileChange }
  | { readonly kind: "by-hand"; readonly failure: Failure };

/** Plans a change of a file; a file that can't be edited safely becomes work for a person. Other failures pass. */
export async function changeOrByHand(plan: () => Promise<FileChange>): Promise<ChangeOrByHand> {
  try {
    return { kind: "change", change: await plan() };
  } catch (error) {
    if (error instanceof Failure && error.reason === "uneditable")
      return { kind: "by-hand", failure: error };
    throw error;
  }
}

/** Asks a person to paste the text; a face with nobody to ask ends with the failure itself. */
export function askByHand(title: string, failure: Failure): ChoiceQuestion {
  return {
    kind: "choice",
    title,
    help: ["machinist edits a file only where it can prove that nothing else in it changes."],
    facts: failureLines(failure.parts),
    flag: "--only",
    choices: [
      { value: "read-again", label: "I have pasted it: read the file again" },
      { value: "leave-out", label: "Leave it out" },
    ],
    otherwise: failure,
  };
}

/** What the answer to `askByHand` means: the step is opened once more, or left out. */
export function readAgain(value: string): Taken {
  return value === "leave-out"
    ? { kind: "answered", answer: leftOut, applied: false }
    : { kind: "reopen" };
}
