import type { Ledger } from "../change/ledger.ts";
import type { Failure } from "../failure.ts";
import type { Decision, Plan } from "./plan.ts";
import type { Question, Reply } from "./question.ts";
import type { ReplyProblem } from "./step.ts";

/** How a step stands, for the list of steps. */
export interface StepState {
  readonly id: string;
  readonly title: string;
  readonly state: "done" | "bad" | "leftOut" | "unknown" | "current" | "later";
  /** The answer in one line, when there is one: "Shop (abcdefgh12345)". */
  readonly shown?: string;
  readonly because?: string;
  /** What it is to be told as, where it is more than a fact that the plan has: an answer, or something that was done. */
  readonly told?: "answer" | "change";
}

/** What there is to do now. */
export type Moment =
  | {
      readonly kind: "question";
      readonly step: StepState;
      readonly question: Question;
      /** What was given for it beforehand, by a flag. */
      readonly given?: string;
      /** Why that could not be taken. */
      readonly problem?: ReplyProblem;
    }
  /** Everything that will be done, to be looked at, changed and agreed to. */
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "finished"; readonly summary: readonly string[] };

/** What is being waited for: a look at what is there, mostly over at once, or work that takes its time. */
export interface Progress {
  readonly kind: "look" | "work";
  /** "looking: project". */
  readonly line: string;
}

/** A running dialogue: one session, one list of steps, for every face alike. */
export interface Dialogue {
  /** The steps that this dialogue has, in order. */
  steps(): readonly StepState[];
  /** Goes through the steps that facts settle, to the first that has to be asked. Throws `Failure`. */
  next(): Promise<Moment>;
  /** Hands over a reply to the question of the last `next`; the problem when it can't be taken. Throws `Failure`. */
  submit(reply: Reply): Promise<ReplyProblem | undefined>;
  /** The plan as far as it is carried out; undefined where there is none, or it isn't made yet. */
  plan(): Plan | undefined;
  /** Takes a decision on the plan, for the `next` to go on with; false when there is nothing to go back to. */
  decide(decision: Decision): boolean;
  /** Takes away the last answer a person gave; false when there is none that can be taken back. */
  back(): boolean;
  /** Forgets what the API said, so that the `next` after a failure looks at what is there now. */
  lookAgain(): void;
  /** Is told what is being waited for while `next` or `submit` runs. Gives the unsubscriber. */
  onProgress(listener: (progress: Progress) => void): () => void;
  /** What became of what was wished, as of now. */
  ledger(): Ledger;
  /** The ledger in words, for an interruption or a failure, then the command to go on. */
  ending(failure: Failure | undefined): readonly string[];
}
