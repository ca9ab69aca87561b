import { isDeepStrictEqual } from "node:util";
import { Failure } from "../failure.ts";
import type { AppFile } from "./app-file.ts";
import { applyEdits, type Edit } from "./edit.ts";
import { type Path, valueAt } from "./nodes.ts";
import { refusal } from "./refusal.ts";
import { parseSource, type Source } from "./source.ts";

/** A file before and after an edit; `edits` are against `before`, ordered and apart. */
export interface Patch {
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** Edits, and the one difference in meaning that they are to make: the value at the path. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly path: Path;
  /** Mappings as `Map`. */
  readonly value: unknown;
}

/** What a person can do where the program can't. */
export interface ByHand {
  readonly next: string;
  /** Whole lines. */
  readonly paste: string;
}

/**
 * The first of several plans for the same thing that is proven to do that and nothing else.
 * Throws a `Failure` ("uneditable") with the reason when none is.
 */
export function firstProven(app: AppFile, plans: readonly Plan[], byHand: ByHand): Patch {
  let problem = "No way is known to edit this";
  for (const [index, plan] of plans.entries()) {
    const after = applyEdits(app.text, plan.edits);
    const found = problemOf(app.source, after, plan);
    if (found === undefined) return { before: app.text, after, edits: plan.edits };
    if (index === 0) problem = found;
  }
  throw refusal(app.source, plans[0]?.edits[0]?.offset ?? 0, problem, byHand);
}

/** Why the text isn't what the plan promises; undefined when it is. */
function problemOf(before: Source, text: string, { path, value }: Plan): string | undefined {
  let after: Source;
  try {
    after = parseSource(before.shown, text);
  } catch (error) {
    if (error instanceof Failure) return `The edited file could not be read: ${error.parts.why}`;
    throw error;
  }
  if (!isDeepStrictEqual(before.comments, after.comments)) return "The edit would change a comment";
  const elsewhere = differenceBeside(before.value, after.value, path);
  if (elsewhere !== undefined) return `The edit would also change ${nameOf(elsewhere)}`;
  if (!sameInOrder(valueAt(after.value, path), value))
    return `The edit would not give ${nameOf(path)} the value that is meant`;
  if (before.document.warnings.length !== after.document.warnings.length)
    return "The edit would change a tag";
  return undefined;
}

/**
 * Where two values differ outside a path; undefined when they don't. What is missing or null on the way
 * to the path counts as an empty mapping, for that is what an edit may have to fill.
 */
function differenceBeside(before: unknown, after: unknown, path: Path): Path | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  const inside = (found: Path | undefined) => (found === undefined ? undefined : [step, ...found]);
  if (typeof step === "number" && Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [];
    const other = before.findIndex((item, at) => at !== step && !sameInOrder(item, after[at]));
    return other === -1 ? inside(differenceBeside(before[step], after[step], rest)) : [other];
  }
  const old = before ?? new Map();
  if (!(old instanceof Map && after instanceof Map))
    return sameInOrder(before, after) ? undefined : [];
  const others = [...old.keys()].filter((key) => key !== step);
  if (
    !sameInOrder(
      others,
      [...after.keys()].filter((key) => key !== step),
    )
  )
    return [];
  const other = others.find((key) => !sameInOrder(old.get(key), after.get(key)));
  return other === undefined
    ? inside(differenceBeside(old.get(step), after.get(step), rest))
    : [String(other)];
}

/** Deep equality in which the order of keys counts too. */
function sameInOrder(left: unknown, right: unknown): boolean {
  if (left instanceof Map && right instanceof Map)
    return sameInOrder([...left.entries()], [...right.entries()]);
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, at) => sameInOrder(item, right[at]));
  return isDeepStrictEqual(left, right);
}

function nameOf(path: Path): string {
  return path.length === 0 ? "the order of the keys" : `\`${path.join(".")}\``;
}
