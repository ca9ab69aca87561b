import type { ExitReason } from "../exit-code.ts";
import type { SetupContext } from "./context.ts";
import type { Question, Reply } from "./question.ts";
import type { Answer, Session, SetupRequest, StepId } from "./session.ts";

/** Why a reply can't be taken, for the person who gave it. */
export interface Problem {
  readonly sentence: string;
  /** How a face with nobody to ask ends. */
  readonly reason: ExitReason;
}

/** What opening a step gives: a question to ask, or the answer when facts leave no choice. */
export type Opened =
  | { readonly kind: "question"; readonly question: Question }
  | {
      readonly kind: "settled";
      readonly answer: Answer;
      /** What is asked for from now on, where that is another thing than before. */
      readonly request?: SetupRequest;
    };

/** What a reply gives: the answer it made, or a sentence on why the question has to be asked again. */
export type Taken =
  | {
      readonly kind: "answered";
      readonly answer: Answer;
      readonly applied: boolean;
      /** What is asked for from now on, where the answer changes that. */
      readonly request?: SetupRequest;
    }
  | { readonly kind: "again"; readonly problem: Problem }
  /** The facts have to be read again, then the step is opened anew. */
  | { readonly kind: "reopen" }
  /** An earlier step has to be looked at again: what it found is no longer so. */
  | { readonly kind: "revisit"; readonly step: StepId };

/**
 * One step of the setup: what it needs to know, what is there, what should be there, and the changes
 * between the two. The same step drives the screens, the lines and the flags.
 */
export interface Step {
  readonly id: StepId;
  /** As the list of steps names it: "Machine user". */
  readonly title: string;
  /** Whether this setup has the step at all. */
  needed(session: Session): boolean;
  /** What an answer rests on: the same text means that an earlier answer still stands. */
  basis(session: Session): string;
  /** Reads the facts and says what to ask. Throws a `Failure` when the setup can't go on. */
  open(session: Session, context: SetupContext): Promise<Opened>;
  /** Checks a reply, applies what was agreed to, and gives the answer. Throws as `open` does. */
  take(session: Session, reply: Reply, context: SetupContext): Promise<Taken>;
}
