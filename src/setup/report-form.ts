import * as v from "valibot";
import { standings } from "../dialogue/session.ts";

const text = v.string();

/** What isn't done, in a line, and what a person can do about it now. */
const entries = v.array(v.object({ what: text, next: v.exactOptional(text) }));

/** What became of the changes of a run; what is done has a line each. */
export const changesMade = {
  done: v.array(text),
  failed: entries,
  unknown: entries,
  leftOut: entries,
};

const preview = v.array(
  v.variant("kind", [
    v.object({ kind: v.picklist(["place", "context", "added", "removed", "fact"]), text }),
    // A row of a table: what it is, as it is now and as it will be.
    v.object({
      kind: v.literal("field"),
      text,
      name: text,
      now: v.exactOptional(text),
      value: text,
      means: v.exactOptional(text),
    }),
  ]),
);

/** What stands on the plan, in the order of doing. */
const planItem = v.object({
  item: text,
  // A change; what only the person can do, and is waited for; what is left to the person; what nobody knows; what is so.
  kind: v.picklist(["change", "yours", "by hand", "not known", "there"]),
  title: text,
  says: text,
  // Of a change: whether it is agreed to, or in a dry run would be.
  marked: v.exactOptional(v.boolean()),
  // Of a change: whether it can't be taken back, so that --yes doesn't agree to it.
  final: v.exactOptional(v.boolean()),
  facts: v.array(text),
  preview,
  // What it rests on, each with the reason.
  settings: v.array(v.object({ step: text, title: text, shown: text, because: text })),
});

/** The form of the JSON document of a run that may change something. */
export const runForm = v.looseObject({
  version: v.literal(1),
  command: v.picklist(["setup", "rotate", "undo"]),
  directory: text,
  dryRun: v.boolean(),
  answers: v.array(
    v.object({
      step: text,
      value: v.unknown(),
      shown: text,
      because: text,
      // How it stands where nothing is done.
      stands: v.exactOptional(v.picklist(standings)),
    }),
  ),
  changes: v.array(
    v.object({
      kind: text,
      title: text,
      applied: v.boolean(),
      preview,
    }),
  ),
  plan: v.array(planItem),
  ...changesMade,
});
