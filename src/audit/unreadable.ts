import type { Failure } from "../failure.ts";
import type { FileLocation, Finding } from "./finding.ts";
import { byHand } from "./findings/fix.ts";
import type { RuleDescription } from "./rule.ts";

/** A file that can't be read. Nothing looks for it, because no rule gets to see such a file. */
export const fileUnreadable: RuleDescription = {
  id: "file-unreadable",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "An app configuration file can't be read with certainty.",
  why: "The platform refuses to build from a file that it can't read, or reads something else than was meant. (Manual: “What is YAML?”.)",
  manual: "learn/overview/yaml/what-is-yaml",
  example: {
    before: "crons:\n    backup:\n        spec: */5 * * * *",
    after: "crons:\n    backup:\n        spec: '*/5 * * * *'",
  },
  ignore: "Never as long as the platform builds from it: nothing else in it is audited.",
};

/**
 * The finding for an app configuration file that isn't read.
 *
 * @param shown the path as people know it
 * @param failure of `readApp`, with the place as `file:line:column` when it is known
 */
export function unreadableFile(shown: string, { parts }: Failure): Finding {
  return {
    rule: fileUnreadable.id,
    severity: fileUnreadable.severity,
    confidence: fileUnreadable.confidence,
    message: parts.why === undefined ? unread : `${unread}: ${parts.why}`,
    why: fileUnreadable.why,
    location: locationOf(shown, parts.where),
    ...(parts.next === undefined && parts.paste === undefined
      ? {}
      : { fix: byHand(parts.next ?? "Put the file right", { ...parts, what: unread }) }),
  };
}

const unread = "The file can't be read with certainty";

function locationOf(file: string, where = ""): FileLocation {
  const [, line = "1", column = "1"] = /:(\d+):(\d+)$/u.exec(where) ?? [];
  const place = { line: Number(line), column: Number(column) };
  return { kind: "file", file, ...place, endLine: place.line, endColumn: place.column };
}
