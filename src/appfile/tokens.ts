import { hide } from "../secret.ts";
import { tokenNameEnd } from "../vendors/traces.ts";

/**
 * A name that ends as the names of the platforms' token variables do, and behind it a value that may be one: on its
 * line, or on the next one when that isn't a key.
 */
const token = new RegExp(
  `${tokenNameEnd}["']?[ \\t]*[:=][ \\t]*(?:[|>][+-]?)?(?:\\r?\\n[ \\t]+)?["']?([\\w.~+/-]{16,})(?![\\w.~+/-]|["']?:)`,
  "giu",
);

/** Hides the API tokens that stand in a file from everything that is shown of it: excerpts, diffs, reports. */
export function hideTokens(text: string): void {
  for (const [, value = ""] of text.matchAll(token)) hide(value);
}
