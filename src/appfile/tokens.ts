import { hide } from "../secret.ts";

/** A name that ends as the names of the platforms' token variables do, and behind it a value that may be one. */
const token = /(?:CLI|API)_TOKEN["']?[ \t]*[:=][ \t]*["']?([\w.~+/-]{16,})/giu;

/** Hides the API tokens that stand in a file from everything that is shown of it: excerpts, diffs, reports. */
export function hideTokens(text: string): void {
  for (const [, value = ""] of text.matchAll(token)) hide(value);
}
