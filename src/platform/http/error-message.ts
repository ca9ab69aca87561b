import * as v from "valibot";
import { printable } from "../../printable.ts";
import { redact } from "../../secret.ts";

const longest = 400;

/** The four shapes of an error body, in one: accounts API, newer services, project API, OAuth. */
const errorBody = v.object({
  title: v.fallback(v.optional(v.string()), undefined),
  message: v.fallback(v.optional(v.string()), undefined),
  detail: v.optional(v.unknown()),
  error: v.fallback(v.optional(v.string()), undefined),
  error_description: v.fallback(v.optional(v.string()), undefined),
  error_hint: v.fallback(v.optional(v.string()), undefined),
});

/**
 * What an error body says, as one printable line without secrets, or undefined when it says
 * nothing. Shapes: platform API reference, `Error`; RFC 6749, section 5.2.
 * @param json the parsed body, whatever it is
 */
export function errorMessage(json: unknown): string | undefined {
  const parsed = v.safeParse(errorBody, json);
  if (!parsed.success) return undefined;
  const { title, message, detail, error, error_description, error_hint } = parsed.output;
  const said = [message ?? title, ...sentences(detail), error_description ?? error, error_hint];
  const text = printable(redact([...new Set(said.filter((part) => part))].join("; ")))
    .replace(/\s+/g, " ")
    .trim();
  if (text === "") return undefined;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The texts in a `detail`: a string, or an object or array of texts, the fields by name. */
function sentences(detail: unknown): string[] {
  if (typeof detail === "string") return [detail];
  if (Array.isArray(detail)) return detail.flatMap(sentences);
  if (typeof detail !== "object" || detail === null) return [];
  return Object.entries(detail).flatMap(([field, texts]) =>
    sentences(texts).map((text) => (field === "error" ? text : `${field}: ${text}`)),
  );
}
