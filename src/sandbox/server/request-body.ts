import type { IncomingMessage } from "node:http";
import type { GenericSchema, InferOutput } from "valibot";
import * as v from "valibot";
import { projectFailure, type RefusedRequest } from "./reply.ts";

const longest = 1_000_000;

/**
 * The body of a request: a form as an object of texts, anything else as JSON, none as undefined.
 *
 * @throws Refusal with 400 when it is neither, with 413 above a million bytes
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longest) throw projectFailure(413, "The body is too large.");
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") return undefined;
  if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw projectFailure(400, "The body is not JSON.");
  }
}

/**
 * Checks a body against its schema.
 *
 * @param refuse makes the refusal in the error shape of the API in question
 * @returns what the schema gives
 * @throws Refusal with 400 and a message for each field that is wrong, missing or unknown
 */
export function checkBody<Schema extends GenericSchema>(
  schema: Schema,
  body: unknown,
  refuse: (code: 400, message: string, detail: Record<string, string[]>) => RefusedRequest,
): InferOutput<Schema> {
  const result = v.safeParse(schema, body ?? {});
  if (result.success) return result.output;
  const detail: Record<string, string[]> = {};
  for (const issue of result.issues) {
    const field = v.getDotPath(issue) ?? "body";
    detail[field] = [...(detail[field] ?? []), issue.message];
  }
  throw refuse(400, "The request is not valid.", detail);
}
