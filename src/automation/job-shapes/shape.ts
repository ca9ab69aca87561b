import { isMap, isNode, isScalar, isSeq } from "yaml";

/** What stands where something else is expected. */
export type Shape = "a text" | "a list" | "a mapping" | "nothing" | "a value that is no text";

/** Whether a value comes from another file. */
export function isTagged(node: unknown): boolean {
  return isNode(node) && node.tag?.startsWith("!") === true;
}

/** What a value is, in words. */
export function shapeOf(node: unknown): Shape {
  if (isMap(node)) return "a mapping";
  if (isSeq(node)) return "a list";
  if (!isScalar(node) || node.value === null) return "nothing";
  return typeof node.value === "string" ? "a text" : "a value that is no text";
}
