import { isSurelyNotDone } from "../failure.ts";
import type { Activity } from "../platform/activities.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import type { Connection } from "../platform/connection.ts";
import type { Change } from "./change.ts";
import type { Journal } from "./journal.ts";
import { actionOfChange } from "./kinds/kind-of.ts";
import { doneLine } from "./preview.ts";

/** A change that was made. */
export interface AppliedChange {
  readonly change: Change;
  /** What the API set off by it, to be watched. */
  readonly activities: readonly Activity[];
  /** What was done, in the past tense, for the transcript. */
  readonly line: string;
  /** Notes in the ledger how that ended what was set off. */
  ended(ends: readonly string[]): void;
}

/**
 * Makes a change: the journal first, then the change, then the journal again. Nothing but this and undo writes a file
 * of the project or calls an endpoint that changes something.
 *
 * @param o.connection the API as the operator, or as the machine user for its own tokens; only changes of the checkout
 * do without
 * @throws Failure of the file, the API or the journal; what became of the change stands in the journal's attempts. What
 * surely did not happen is taken out of the journal's file; what may have happened stays in it as pending
 */
export async function applyChange(
  change: Change,
  o: { readonly connection?: Connection; readonly journal: Journal },
): Promise<AppliedChange> {
  const pending = await o.journal.begin(change);
  const { activities, id } = await actionOfChange(change)
    .apply(change, o.connection, o.journal.env)
    .catch(async (error: unknown) => {
      if (didNotHappen(error)) await pending.drop();
      throw error;
    });
  await pending.done(id);
  return { change, activities, line: doneLine(change, id), ended: pending.ended };
}

/**
 * Whether a change that failed like this surely was not made. A file that can't be written is as it was, and so is a
 * branch; what a request did is for its failure to say.
 */
export function didNotHappen(error: unknown): boolean {
  if (error instanceof ApiFailure) return error.effect === "none";
  return isSurelyNotDone(error);
}
