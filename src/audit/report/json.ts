import type { Change } from "../../change/change.ts";
import { failureLines } from "../../failure.ts";
import type { Finding, Fix, Verdict } from "../finding.ts";
import { countsOf } from "./summary.ts";

/** What was audited. */
export interface AuditedJson {
  readonly directory: string;
  readonly apps: readonly { readonly name: string; readonly file: string }[];
  /** The project and environment that were read; null when only the files were. */
  readonly platform: { readonly project: string; readonly environment: string } | null;
  /** What `--fix` did, one line each. */
  readonly done: readonly string[];
}

/** The report for programs, version 1, as docs/audit-json.md describes it. No value of a variable is in it. */
export function jsonReport({ findings, ignored }: Verdict, audited: AuditedJson) {
  return {
    version: 1,
    command: "audit",
    ...audited,
    counts: { ...countsOf(findings), ignored: ignored.length },
    findings: findings.map(findingJson),
    ignored: ignored.map(findingJson),
  };
}

function findingJson<F extends Finding>({ fix, ...finding }: F) {
  return { ...finding, fix: fix === undefined ? null : fixJson(fix) };
}

function fixJson(fix: Fix) {
  if (fix.kind === "by-hand")
    return { kind: fix.kind, title: fix.title, lines: failureLines(fix.refusal) };
  const { kind, title, disposition, changes } = fix;
  return { kind, title, disposition, changes: changes.map(changeJson) };
}

function changeJson(change: Change) {
  if (change.kind === "file") return { kind: change.kind, file: change.shown, edits: change.edits };
  if (change.kind === "variable-update") {
    const { kind, project, environment, name, before, after } = change;
    return { kind, project, environment, name, before, after };
  }
  if (change.kind === "commit") return { kind: change.kind, branch: change.branch };
  return { kind: change.kind, project: change.project };
}
