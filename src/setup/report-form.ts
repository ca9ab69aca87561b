import * as v from "valibot";
import { planItemForm, previewForm } from "../dialogue/plan-document.ts";
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
      preview: previewForm,
    }),
  ),
  plan: v.array(planItemForm),
  ...changesMade,
});
