import type { Preview } from "../change/preview.ts";
import type { ExitReason } from "../exit-code.ts";
import type { ItemWords } from "./plan.ts";
import type { Question, Reply } from "./question.ts";
import type { Answer, DialogueSession } from "./session.ts";

/** Why a reply can't be taken, for the person who gave it. */
export interface ReplyProblem {
  readonly sentence: string;
  /** How a face with nobody to ask ends. */
  readonly reason: ExitReason;
}

/** What opening a step gives: a question to ask, or the answer when facts leave no choice. */
export type OpenedStep<Request> =
  | { readonly kind: "question"; readonly question: Question }
  | {
      readonly kind: "settled";
      readonly answer: Answer;
      /** What is asked for from now on, where that is another thing than before. */
      readonly request?: Request;
      /** What a person will have to do when the plan is carried out. */
      readonly yours?: ItemWords & { readonly facts: readonly string[] };
      /** What the plan shows of it: the text that a person is to paste. */
      readonly previews?: readonly Preview[];
    };

/** What a reply gives: the answer it made, or a sentence on why the question has to be asked again. */
export type TakenReply<Request, Id extends string> =
  | {
      readonly kind: "answered";
      readonly answer: Answer;
      readonly applied: boolean;
      /** What is asked for from now on, where the answer changes that. */
      readonly request?: Request;
    }
  | { readonly kind: "again"; readonly problem: ReplyProblem }
  /** The facts have to be read again, then the step is opened anew. */
  | { readonly kind: "reopen" }
  /** An earlier step has to be looked at again: what it found is no longer so. */
  | { readonly kind: "revisit"; readonly step: Id };

/**
 * One step of a dialogue: what it needs to know, what is there, what should be there, and the changes
 * between the two. The same step drives the screens, the lines and the flags.
 */
export interface DialogueStep<Request, Id extends string, Context> {
  readonly id: Id;
  /** As the list of steps names it: "Machine user". */
  readonly title: string;
  /** Whether its answer stands however often the rest is planned anew. */
  readonly once?: true;
  /** Whether what it offers is taken as a guess, to be looked at on the plan, where a person could be asked. */
  readonly guesses?: true;
  /** Whether what it found is told although nobody was asked. */
  readonly tells?: true;
  /** How it stands on the plan, if it does. */
  readonly plan?: {
    /** The steps whose answers it rests on, which are changed from it. */
    readonly settings: readonly Id[];
  };
  /** Whether this dialogue has the step at all. */
  needed(session: DialogueSession<Request, Id>): boolean;
  /** What an answer rests on: the same text means that an earlier answer still stands. */
  basis(session: DialogueSession<Request, Id>): string;
  /** Reads the facts and says what to ask. Throws a `Failure` when the dialogue can't go on. */
  open(session: DialogueSession<Request, Id>, context: Context): Promise<OpenedStep<Request>>;
  /** Checks a reply, applies what was agreed to, and gives the answer. Throws as `open` does. */
  take(
    session: DialogueSession<Request, Id>,
    reply: Reply,
    context: Context,
  ): Promise<TakenReply<Request, Id>>;
}
