import type { Effect } from "./effect.ts";

/** What was asked for when a dialogue was started. */
export interface AskedFor<Id extends string> {
  /** What becomes of the changes. */
  readonly effect: Effect;
  /** Answers given beforehand (flags), by the step they answer. */
  readonly given: Readonly<Partial<Record<Id, string>>>;
  /** Those of them that were given in an earlier run, and are gone on with. */
  readonly givenBefore?: readonly string[];
}

/** How it stands where nothing is done: as it should be already, left to the person, or not known. */
export const standings = ["there", "by hand", "not known"] as const;

/** What a step found out or was told. */
export interface Answer {
  /** The answer itself: an id, an address, a schedule. Never a secret. */
  readonly value: string;
  /** As people read it: "Shop (abcdefgh12345)". */
  readonly shown: string;
  /** Where it comes from: "from the git remote", "you chose". */
  readonly because: string;
  /** Set when it has a place of its own on the plan although nothing is to be done about it. */
  readonly stands?: (typeof standings)[number];
  /** Set when what the step is for was wished, and is not done. */
  readonly leftOut?: true;
  /** Set when what the step looked at is not as it should be. */
  readonly isBad?: true;
}

/** What a step rests on, as its `basis` has it: the values of answers, of which each may be missing. */
export function basisOf(...answers: readonly (Answer | undefined)[]): string {
  return answers.map((answer) => answer?.value).join(" ");
}

/** An answer as the session keeps it. */
export interface RecordedAnswer extends Answer {
  /** What the answer rests on; when this is no longer the step's basis, the step is asked again. */
  readonly basis: string;
  /**
   * How it came about: asked of a person; what was offered, taken unasked because it is certain, or as a guess; settled
   * from facts; or by a change that was applied.
   */
  readonly origin: "asked" | "offered" | "guessed" | "settled" | "applied";
}

/** All that is known of a dialogue at one moment. What a face shows is a function of it. */
export interface DialogueSession<Request, Id extends string> {
  readonly request: Request;
  readonly answers: Readonly<Partial<Record<Id, RecordedAnswer>>>;
}
