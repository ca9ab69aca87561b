import type { StepState } from "../dialogue/dialogue.ts";
import { printable } from "../printable.ts";
import type { TranscriptLine } from "./components/transcript.tsx";
import { type Look, signs } from "./theme.ts";

/** Turns the steps of a setup into the lines that tell what happened, each told once. */
export interface StepTranscript {
  /** The lines for the answers that are new or different since the last call. */
  news(steps: readonly StepState[]): readonly TranscriptLine[];
  /** The line for an answer that was taken back: the step that is current now. */
  takenBack(steps: readonly StepState[]): readonly TranscriptLine[];
}

/** A transcript in which nothing has been told yet. */
export function stepTranscript(): StepTranscript {
  const told = new Map<StepState["id"], string>();
  return {
    news: (steps) =>
      steps.flatMap((step) => {
        if (step.shown === undefined || step.told !== "answer") return [];
        const text = lineOf(step);
        if (told.get(step.id) === text) return [];
        told.set(step.id, text);
        return [{ text, look: lookOf[step.state] }];
      }),
    takenBack: (steps) =>
      steps
        .filter(({ state, id }) => state === "current" && told.delete(id))
        .map(({ title }) => ({ text: `${signs.back} ${title}: asked again`, look: "dim" })),
  };
}

const lookOf = {
  done: "good",
  bad: "bad",
  leftOut: "warn",
  current: "good",
  later: "good",
} as const satisfies Record<StepState["state"], Look>;

function lineOf({ title, shown, because, state }: StepState): string {
  const answer = shown === undefined ? "" : `: ${shown}`;
  const source = because === undefined ? "" : ` — ${because}`;
  return printable(`${signs[state]} ${title}${answer}${source}`);
}
