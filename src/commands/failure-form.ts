import * as v from "valibot";
import { exitCodes } from "../exit-code.ts";
import { changesMade } from "../setup/report-form.ts";
import { commandTable } from "./flags/table.ts";

const text = v.string();
const commandNames: readonly string[] = Object.keys(commandTable);
const reasons = Object.keys(exitCodes);
const codes = [...new Set(Object.values(exitCodes).map(({ code }) => code))];

/** The form of the JSON document of a command that failed; one that changes something says what became of that. */
export const failureForm = v.object({
  version: v.literal(1),
  command: v.nullable(v.picklist(commandNames)),
  failure: v.object({
    code: v.picklist(codes),
    reason: v.picklist(reasons),
    what: text,
    where: v.optional(text),
    why: v.optional(text),
    next: v.optional(text),
    paste: v.optional(text),
  }),
  ...v.partial(v.object(changesMade)).entries,
});
