import * as v from "valibot";
import { severities } from "../audit/finding.ts";
import { planItemForm } from "../dialogue/plan-document.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Counts from 1; the end is exclusive. */
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
    /** Each replaces `length` UTF-16 units at `offset`. */
    edits: v.array(v.object({ offset: count, length: count, text, ...place })),
    /** The lines of a unified diff with their signs, where the report is one that shows them. */
    diff: v.exactOptional(v.array(text)),
  }),
  v.object({ kind: v.literal("file-creation"), file: text }),
  v.object({ kind: v.literal("commit"), branch: text }),
  v.object({ kind: v.literal("ci-secret"), repository: text, name: text }),
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
      "invitation-withdrawal",
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
    /** Why it needs a look, where that can be said. */
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
  /** The lines around the place, where the report is one that shows them; `hit` says whether the finding is about one. */
  excerpt: v.exactOptional(v.array(v.object({ line: count, text, hit: v.boolean() }))),
};
const ignored = v.object({
  by: v.picklist(["comment", "configuration", "baseline"]),
  reason: text,
});
/**
 * The form of the report of one audit, version 1, as docs/audit-json.md describes it. Its schema and its type are made of
 * it, and a report that is read again is held to it.
 */
export const auditForm = v.object({
  version: v.literal(1),
  command: v.literal("audit"),
  /** Absolute; null when the files came through the API. */
  directory: v.nullable(text),
  apps: v.array(v.object({ name: text, file: text })),
  /** Whose project it is, how that is known, and whose it may be just as well; null when it couldn't be read. */
  vendor: v.optional(v.nullable(v.object({ id: text, shown: text, rivals: v.array(text) })), null),
  /** The project as the API calls it; null when only the files were read. */
  platform: v.nullable(v.object({ project: text, environment: text, title: text })),
  /** Why the API wasn't asked; null when it was. */
  offlineBecause: v.nullable(text),
  /** Whether `--fix` was only to show what it would do; missing without `--fix`. */
  dryRun: v.exactOptional(v.boolean()),
  /** What `--fix` sets out to do, and what it could do as well; missing without `--fix`. */
  plan: v.exactOptional(v.array(planItemForm)),
  /** What `--fix` did, one line each; nothing of many projects, which are reported before that. */
  done: v.array(text),
  counts: v.object({ error: count, warning: count, info: count, ignored: count }),
  findings: v.array(v.object(finding)),
  ignored: v.array(v.object({ ...finding, ignored })),
  /** What wasn't looked at, and the rules that needed it. */
  unread: v.array(v.object({ what: text, why: text, rules: v.array(text), byChoice: v.boolean() })),
  /** Why the project couldn't be audited, as lines; null when it was. */
  failure: v.nullable(v.array(text)),
});
