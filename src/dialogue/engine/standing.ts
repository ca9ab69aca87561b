import type { StepState } from "../dialogue.ts";
import type { DialogueSession, RecordedAnswer } from "../session.ts";
import type { DialogueStep } from "../step.ts";

/** A step of whatever dialogue, as far as its answers go. */
type AnyStep<Request, Id extends string> = Pick<
  DialogueStep<Request, Id, never>,
  "id" | "title" | "needed" | "basis"
>;

/** The steps that the dialogue has with these answers, in order. */
export function neededSteps<Request, Id extends string, S extends AnyStep<Request, Id>>(
  steps: readonly S[],
  session: DialogueSession<Request, Id>,
): readonly S[] {
  return steps.filter((step) => step.needed(session));
}

/** The answer of a step, if it rests on what is true now. */
export function standing<Request, Id extends string>(
  step: AnyStep<Request, Id>,
  session: DialogueSession<Request, Id>,
): RecordedAnswer | undefined {
  const answer = session.answers[step.id];
  return answer?.basis === step.basis(session) ? answer : undefined;
}

/** The first step without such an answer. */
export function currentStep<Request, Id extends string, S extends AnyStep<Request, Id>>(
  steps: readonly S[],
  session: DialogueSession<Request, Id>,
): S | undefined {
  return neededSteps(steps, session).find((step) => standing(step, session) === undefined);
}

/** How a step stands, for the list of steps. */
export function stepState<Request, Id extends string>(
  step: AnyStep<Request, Id>,
  session: DialogueSession<Request, Id>,
  current: AnyStep<Request, Id> | undefined,
): StepState {
  const { id, title } = step;
  const answer = standing(step, session);
  if (answer === undefined) return { id, title, state: step === current ? "current" : "later" };
  const { shown, because } = answer;
  return { id, title, state: stateOf(answer), shown, because };
}

function stateOf({ leftOut, isBad, stands }: RecordedAnswer): StepState["state"] {
  if (leftOut || stands === "by hand") return "leftOut";
  if (stands === "not known") return "unknown";
  return isBad ? "bad" : "done";
}

/** The basis of an answer that was taken back: no step has it, so the question is asked again, with the answer as its draft. */
export const takenBack = "\u0000taken back";
