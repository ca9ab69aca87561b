import { Secret } from "../../secret.ts";
import type { HttpAnswer } from "./transport.ts";

/** What the body of an answer turned out to be; an empty one counts as the value undefined. */
export type Body =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "html" }
  | { readonly kind: "other" };

/** Reads the body of an answer by what is in it: content types are not reliable across services. */
export function jsonOf(answer: HttpAnswer): Body {
  const text = answer.text.trim();
  if (text === "") return { kind: "json", value: undefined };
  if (text.startsWith("<")) return { kind: "html" };
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    return { kind: "other" };
  }
}

/** A request body as JSON; each `Secret` in it gives its value here, and nowhere before. */
export function jsonBody(body: unknown): string {
  return JSON.stringify(body, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    return original instanceof Secret ? original.reveal() : value;
  });
}
