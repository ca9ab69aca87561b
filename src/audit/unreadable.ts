import type { Failure } from "../failure.ts";
import type { FileLocation, Finding } from "./finding.ts";

/** The id under which a file that can't be read is reported; it is no rule, because no rule gets to see the file. */
export const unreadableId = "file-unreadable";

/**
 * The finding for an app configuration file that isn't read.
 *
 * @param shown the path as people know it
 * @param failure of `readApp`, with the place as `file:line:column` when it is known
 */
export function unreadable(shown: string, { parts }: Failure): Finding {
  return {
    rule: unreadableId,
    severity: "error",
    confidence: "high",
    message: parts.why === undefined ? parts.what : `${parts.what}: ${parts.why}`,
    why: "The platform refuses to build from a file that it can't read, or reads something else than was meant. (Manual: “What is YAML?”.)",
    location: locationOf(shown, parts.where),
    ...(parts.next === undefined && parts.paste === undefined
      ? {}
      : { fix: { kind: "by-hand", title: parts.next ?? "Put the file right", refusal: parts } }),
  };
}

function locationOf(file: string, where = ""): FileLocation {
  const [, line = "1", column = "1"] = /:(\d+):(\d+)$/u.exec(where) ?? [];
  const place = { line: Number(line), column: Number(column) };
  return { kind: "file", file, ...place, endLine: place.line, endColumn: place.column };
}
