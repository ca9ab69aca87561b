import * as v from "valibot";
import { printable } from "../../printable.ts";

/** An answer of another shape than the API's description promises; the message names the place. */
export class UnexpectedAnswer extends Error {}

/**
 * A parser for answers of this shape; unknown keys are ignored. It throws `UnexpectedAnswer`,
 * which tells the place and what was expected there, never what the answer holds.
 */
export function reader<T>(schema: v.GenericSchema<unknown, T>): (json: unknown) => T {
  return (json) => {
    const parsed = v.safeParse(schema, json);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    const place = printable(v.getDotPath(issue) ?? "the answer");
    const isMissing = issue.received === "undefined" && place !== "the answer";
    const fault =
      issue.type === "non_empty"
        ? "is empty"
        : isMissing
          ? "is missing"
          : `should be ${issue.expected ?? "of another form"}`;
    throw new UnexpectedAnswer(`${place} ${fault}`);
  };
}

/** A list; the API says null, or leaves it out, for an empty one. */
export function list<T>(item: v.GenericSchema<unknown, T>) {
  return v.nullish(v.array(item), []);
}

/**
 * A list that must be there, though null stands for an empty one. For what a verdict rests on: without it, an answer
 * that lacks it would read as that there is nothing.
 */
export function requiredList<T>(item: v.GenericSchema<unknown, T>) {
  return v.nullable(v.array(item), []);
}

/** An id, a name, or a word of a few: an empty one would stand for nothing, and be taken for another than it is. */
export const word = v.pipe(v.string(), v.nonEmpty());

/** A text that must be there, though it may be null or empty, which gives undefined. */
export const requiredText = v.pipe(
  v.nullable(v.string()),
  v.transform((value) => value || undefined),
);

/** A text that may be null, empty or missing, all of which give undefined. */
export const optionalText = v.pipe(
  v.nullish(v.string()),
  v.transform((value) => value || undefined),
);

/** For a write that is answered by nothing (204): anything else comes from somewhere else. */
export function nothing(json: unknown): void {
  if (json !== undefined) throw new UnexpectedAnswer("the answer should be empty");
}

/**
 * For a write to the project API: the envelope with `_embedded` or a code, the bare resource, or nothing, which
 * different generations of the service send (platform API reference, "Response of a write").
 */
export const writeAnswer = v.pipe(
  v.unknown(),
  v.check((json) => {
    if (json === undefined || json === null) return true;
    if (typeof json !== "object") return false;
    return "_embedded" in json || "code" in json || "name" in json;
  }, "the envelope of a write"),
);

/** For such a write when nothing in its answer is needed. */
export const acceptance: (json: unknown) => unknown = reader(writeAnswer);
