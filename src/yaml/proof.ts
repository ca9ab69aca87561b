import { Failure } from "../failure.ts";
import { applyEdits, type Edit } from "./edit.ts";
import { type Path, valueAt } from "./nodes.ts";
import { firstUnfitPlace } from "./parse/unfit-text.ts";
import { provenInEntry, type ValueEdit } from "./prove/entry-proof.ts";
import { readBySecondParser } from "./prove/second-parser.ts";
import { differenceBeside, sameInOrder } from "./prove/value-difference.ts";
import { refusal } from "./refusal.ts";
import { commentsOf, locatedComments, parseSource, type Source } from "./source.ts";
import type { TextFile } from "./text-file.ts";

/** A file before and after an edit; `edits` are against `before`, ordered and apart. */
export interface Patch {
  /** Absolute, links resolved: the application's own file, or one that it includes. */
  readonly file: string;
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** Edits, and what they are to come to. */
export type EditPlan =
  /** One difference in meaning. */
  | (ValueEdit & { readonly kind: "yaml" })
  /** No difference in meaning, and one YAML comment more. */
  | {
      readonly kind: "comment";
      readonly in: Source;
      readonly edits: readonly Edit[];
      readonly comment: string;
    }
  /** A script that is a file of its own: all of its text. */
  | {
      readonly kind: "script";
      readonly in: TextFile;
      readonly edits: readonly Edit[];
      readonly value: string;
    };

/** What a person can do where the program can't. */
export interface ByHand {
  readonly next: string;
  /** Whole lines; left out where there is nothing to write. */
  readonly paste?: string;
}

/**
 * The first of several plans for the same thing that is proven to do that and nothing else.
 * Throws a `Failure` ("uneditable") with the reason when none is.
 *
 * @param plans at least one
 */
export function firstProven([first, ...others]: readonly EditPlan[], byHand: ByHand): Patch {
  if (first === undefined) throw new RangeError("there is no plan to prove");
  const { file, shown, text: before } = first.in;
  const tried = attempt(first);
  if (tried.problem === undefined) return { file, shown, before, ...tried };
  for (const plan of others) {
    const { problem, ...proven } = attempt(plan);
    if (problem === undefined) return { file, shown, before, ...proven };
  }
  throw refusal(first.in, first.edits[0]?.offset ?? 0, tried.problem, byHand);
}

function attempt(plan: EditPlan) {
  const after = applyEdits(plan.in.text, plan.edits);
  return { after, edits: plan.edits, problem: problemOf(plan, after) };
}

/**
 * Why the text isn't what the plan promises; undefined when it is. The text is read again: its comments are the same in
 * the same order, and its value is the old one but for what is planned. Another parser is asked first; where it doesn't
 * confirm that, the one that read the file before decides, and says what is wrong. Where the entry that is edited stands
 * for itself, it alone is read again.
 */
function problemOf(plan: EditPlan, text: string): string | undefined {
  if (plan.kind === "script")
    return text === plan.value ? undefined : "The edit would not give the script that is meant";
  if (plan.kind === "comment") return problemOfComment(plan, text);
  if (provenInEntry(plan)) return undefined;
  const seen = firstUnfitPlace(text) === undefined ? readBySecondParser(text) : undefined;
  if (seen !== undefined && differenceFrom(plan, seen.value) === undefined) {
    const same = addsPlainLines(plan) || sameInOrder(commentsAfter(plan), commentsOf(text));
    return same ? undefined : changedComment;
  }
  const after = parsed(plan.in, text);
  if (typeof after === "string") return after;
  if (plan.in.document.warnings.length !== after.document.warnings.length)
    return "The edit would change a tag";
  if (!sameInOrder(commentsAfter(plan), after.comments)) return changedComment;
  return differenceFrom(plan, after.value);
}

/** The comments that there are to be after an edit. */
function commentsAfter(plan: EditPlan & { readonly kind: "yaml" }): readonly string[] {
  const { comments, text } = plan.in;
  if (plan.takesComments !== true) return comments;
  const isTaken = (at: number) =>
    plan.edits.some(({ offset, length }) => offset <= at && at < offset + length);
  return locatedComments(text)
    .filter(({ offset }) => !isTaken(offset))
    .map((comment) => comment.text);
}

function problemOfComment(
  { in: before, comment }: EditPlan & { readonly kind: "comment" },
  text: string,
): string | undefined {
  const after = parsed(before, text);
  if (typeof after === "string") return after;
  if (before.document.warnings.length !== after.document.warnings.length)
    return "The edit would change a tag";
  const at = after.comments.findIndex((other, index) => other !== before.comments[index]);
  const others = after.comments.filter((_, index) => index !== at);
  if (after.comments[at] !== comment || !sameInOrder(before.comments, others))
    return changedComment;
  return sameInOrder(before.value, after.value)
    ? undefined
    : "The comment would change a value here";
}

/** The text read again, or why it can't be. */
function parsed(file: Source, text: string): Source | string {
  try {
    return parseSource(file, text);
  } catch (error) {
    if (error instanceof Failure) return `The edited file could not be read: ${error.parts.why}`;
    throw error;
  }
}

const changedComment = "The edit would change a comment";

/**
 * Whether an edit only puts whole lines without a `#` between others. Then no comment is touched, and none can have
 * become part of a value, or the other way round, as long as the values are as they are to be.
 */
function addsPlainLines({ in: { text }, edits }: EditPlan): boolean {
  return edits.every(
    ({ offset, length, text: added }) =>
      length === 0 &&
      !added.includes("#") &&
      (offset === text.length
        ? added.startsWith("\n") || added.startsWith("\r\n") || text.endsWith("\n")
        : text[offset - 1] === "\n" && added.endsWith("\n")),
  );
}

/** Where a value isn't the old one with the planned difference. */
function differenceFrom(
  plan: EditPlan & { readonly kind: "yaml" },
  after: unknown,
): string | undefined {
  const { in: before, path, value } = plan;
  const elsewhere = differenceBeside(before.value, after, path);
  if (elsewhere !== undefined)
    return `The edit would also change ${nameOf(elsewhere)}${throughAlias(before)}`;
  if (!sameInOrder(valueAt(after, path), value))
    return `The edit would not give ${nameOf(path)} the value that is meant`;
  return undefined;
}

/** What changes elsewhere mostly does so because it is an alias of what is edited. */
function throughAlias({ text }: Source): string {
  return /[*]\w/u.test(text) ? ", which takes it over through an alias or `<<`" : "";
}

function nameOf(path: Path): string {
  return path.length === 0 ? "the order of the keys" : `\`${path.join(".")}\``;
}
