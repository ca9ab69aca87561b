import * as v from "valibot";

const text = v.string();

/** The form of the JSON document of a verification. */
export const verifyForm = v.looseObject({
  version: v.literal(1),
  command: v.picklist(["verify"]),
  directory: text,
  project: v.optional(text),
  environment: v.optional(text),
  app: v.optional(text),
  good: v.boolean(),
  checks: v.array(
    v.object({
      subject: text,
      state: v.picklist(["ok", "wrong", "open", "skipped"]),
      sentence: text,
      next: v.optional(text),
    }),
  ),
});
