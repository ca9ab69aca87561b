import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import * as v from "valibot";
import { severities } from "../audit/finding.ts";
import { Failure } from "../failure.ts";
import type { AuditReport } from "./report.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const place = { line: count, column: count, endLine: count, endColumn: count };
const flags = v.object({
  sensitive: v.boolean(),
  enabled: v.boolean(),
  inheritable: v.boolean(),
  visibleAtBuild: v.boolean(),
  visibleAtRuntime: v.boolean(),
  applicationScope: v.array(text),
});
const change = v.variant("kind", [
  v.object({
    kind: v.literal("file"),
    file: text,
    edits: v.array(v.object({ offset: count, length: count, text, ...place })),
    diff: v.exactOptional(v.array(text)),
  }),
  v.object({ kind: v.literal("file-creation"), file: text }),
  v.object({ kind: v.literal("commit"), branch: text }),
  v.object({
    kind: v.literal("variable-update"),
    project: text,
    environment: text,
    name: text,
    before: flags,
    after: flags,
  }),
  v.object({
    kind: v.picklist([
      "invitation",
      "access",
      "variable-creation",
      "token-revocation",
      "variable-deletion",
      "redeployment",
    ]),
    project: text,
  }),
]);
const fix = v.variant("kind", [
  v.object({ kind: v.literal("by-hand"), title: text, lines: v.array(text) }),
  v.object({
    kind: v.literal("changes"),
    title: text,
    disposition: v.picklist(["safe", "unsafe"]),
    because: v.exactOptional(text),
    changes: v.array(change),
  }),
]);
const finding = {
  rule: text,
  severity: v.picklist(severities),
  confidence: v.picklist(["high", "medium", "low"]),
  message: text,
  why: text,
  location: v.variant("kind", [
    v.object({ kind: v.literal("file"), file: text, ...place }),
    v.object({ kind: v.literal("resource"), resource: text }),
  ]),
  fingerprint: text,
  fix: v.nullable(fix),
  excerpt: v.exactOptional(v.array(v.object({ line: count, text, hit: v.boolean() }))),
};
const ignored = v.object({
  by: v.picklist(["comment", "configuration", "baseline"]),
  reason: text,
});
/** The form of a report. */
export const auditForm = v.object({
  version: v.literal(1),
  command: v.literal("audit"),
  directory: v.nullable(text),
  apps: v.array(v.object({ name: text, file: text })),
  vendor: v.optional(v.nullable(v.object({ id: text, shown: text, rivals: v.array(text) })), null),
  platform: v.nullable(v.object({ project: text, environment: text, title: text })),
  offlineBecause: v.nullable(text),
  done: v.array(text),
  counts: v.object({ error: count, warning: count, info: count, ignored: count }),
  findings: v.array(v.object(finding)),
  ignored: v.array(v.object({ ...finding, ignored })),
  unread: v.array(v.object({ what: text, why: text, rules: v.array(text), byChoice: v.boolean() })),
  failure: v.nullable(v.array(text)),
});

/** One report from its JSON; undefined when it is none. */
export function readReport(json: string): AuditReport | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), auditForm), json);
  return read.success ? read.output : undefined;
}

/**
 * The reports of a file that `--format jsonl` or `--resume` wrote, one a line; a last line that was cut off is left out.
 * Throws a `Failure` ("usage") with the line for anything else.
 *
 * @param path as it was given
 */
export async function* readReports(path: string): AsyncGenerator<AuditReport> {
  let number = 0;
  let broken: number | undefined;
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      if (broken !== undefined) throw notReport(path, broken);
      const report = readReport(line);
      if (report === undefined) broken = number;
      else yield report;
    }
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error && "code" in error)) throw error;
    throw new Failure("usage", { what: "The file can't be read", where: path, why: error.message });
  } finally {
    lines.close();
  }
  if (broken !== undefined && broken === 1) throw notReport(path, broken);
}

function notReport(path: string, line: number): Failure {
  return new Failure("usage", {
    what: "This isn't the report of an audit",
    where: `${path}:${line}`,
    next: "name files that machinist audit wrote with --format jsonl or --resume",
  });
}
