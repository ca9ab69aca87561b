import { isDeepStrictEqual } from "node:util";
import type { Path } from "../nodes.ts";

/**
 * Where two values differ outside a path; undefined when they don't. What is missing or null on the way
 * to the path counts as an empty mapping, for that is what an edit may have to fill.
 */
export function differenceBeside(before: unknown, after: unknown, path: Path): Path | undefined {
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
export function sameInOrder(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (left instanceof Map && right instanceof Map) {
    if (left.size !== right.size) return false;
    const others = right.entries();
    for (const [key, value] of left) {
      const other = others.next().value;
      if (!other || !sameInOrder(key, other[0]) || !sameInOrder(value, other[1])) return false;
    }
    return true;
  }
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, at) => sameInOrder(item, right[at]));
  return typeof left === "object" && isDeepStrictEqual(left, right);
}
