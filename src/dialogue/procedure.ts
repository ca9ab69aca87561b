import type { Ledger } from "../change/ledger.ts";
import type { Failure } from "../failure.ts";
import type { EndPage } from "./end-page.ts";
import type { PlanItem } from "./plan.ts";
import type { DialogueSession } from "./session.ts";
import type { DialogueStep } from "./step.ts";

/** How a run ended: its steps came to their end, or something ended it before. */
export interface End {
  readonly ledger: Ledger;
  readonly how:
    | { readonly kind: "finished" }
    | { readonly kind: "left"; readonly failure: Failure | undefined };
}

/** What a guided command asks and does, in order, and what it says at its end. */
export interface DialogueProcedure<Request, Id extends string, Context> {
  /** As the command line names it: "setup". */
  readonly command: string;
  /** Whether a run with nobody to ask is rehearsed first; one that changes nothing needn't be. */
  readonly rehearsed: boolean;
  /** Whether what it changes is agreed to on one plan, where a person can be asked. */
  readonly planned: boolean;
  /** Whether what was answered is kept until the run comes to its end, to go on with another time. */
  readonly resumable: boolean;
  readonly steps: readonly DialogueStep<Request, Id, Context>[];
  /** What is said at the end, however it ended, one line an entry: what became of what was wished, and how to go on. */
  ending(session: DialogueSession<Request, Id>, context: Context, end: End): readonly string[];
  /** What is said at the end of a plan that was carried out, beside what became of its items. */
  closing?(
    session: DialogueSession<Request, Id>,
    context: Context,
    ledger: Ledger,
  ): Pick<EndPage, "yours" | "closing">;
  /** What a person still has to do when it came to its end, one line an entry. */
  leftToDo(session: DialogueSession<Request, Id>, context: Context): readonly string[];
  /** What it found, for its record, one line an entry. */
  details?(session: DialogueSession<Request, Id>, context: Context): readonly string[];
  /** The JSON document of a run that came to its end, without the secrets. */
  report(
    session: DialogueSession<Request, Id>,
    context: Context,
    ledger: Ledger,
    items: readonly PlanItem[],
  ): Readonly<Record<string, unknown>>;
}
