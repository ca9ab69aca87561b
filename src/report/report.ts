import type { FileLocation, Fix, KnownFinding, KnownVerdict } from "../audit/finding.ts";
import { countsOf } from "../audit/summary.ts";
import type { Change, FileChange } from "../change/change.ts";
import { type FailureParts, failureLines } from "../failure.ts";
import type { DocumentOf } from "../json-document.ts";
import { printable, printableLines } from "../printable.ts";
import { type DetectedVendor, shownDetected } from "../vendors/detection.ts";
import { placeOf } from "../yaml/lines.ts";
import type { auditForm } from "./form.ts";

/**
 * What an audit of one checkout or one project came to: the data behind every format, and the JSON itself. No value of a
 * variable is in it, and no control character in a text for people.
 */
export type AuditReport = DocumentOf<typeof auditForm>;

/** What was audited. */
export type ReportSubject = Pick<
  AuditReport,
  "directory" | "apps" | "vendor" | "platform" | "offlineBecause" | "dryRun" | "plan" | "done"
>;

/** The project that was audited, as the API calls it. */
export type ReportedProject = NonNullable<AuditReport["platform"]>;

/** Whose project it is, how that is known, and whose it may be just as well. */
export type ReportedVendor = NonNullable<AuditReport["vendor"]>;

/** A finding as reports have it. */
export type ReportedFinding = AuditReport["findings"][number];
/** A fix as reports have it. */
export type ReportedFix = NonNullable<ReportedFinding["fix"]>;
type ReportedChange = Extract<ReportedFix, { kind: "changes" }>["changes"][number];
type ReportedEdit = Extract<ReportedChange, { kind: "file" }>["edits"][number];

/** A line of a file as it was when it was read; a long one is cut. */
export type ReportedLine = NonNullable<ReportedFinding["excerpt"]>[number];

/** The same as the reports have it. */
export function reportedVendor(detected: DetectedVendor): ReportedVendor {
  return {
    id: detected.vendor.id,
    shown: printable(shownDetected(detected)),
    rivals: detected.rivals.map(({ vendor }) => vendor.id),
  };
}

/** Shows the text that findings are about. */
export interface SourceExcerpts {
  /** The lines around a place; none where the file has no text. */
  excerpt(location: FileLocation): readonly ReportedLine[];
  /** The unified diff of a change, each line with its sign. */
  diff(change: FileChange): readonly string[];
}

/** The report of an audit. @param source shows the text that findings are about; without it none is shown */
export function reportOf(
  { findings, ignored, unread }: KnownVerdict,
  subject: ReportSubject,
  source?: SourceExcerpts,
): AuditReport {
  return {
    version: 1,
    command: "audit",
    ...printableSubject(subject),
    counts: { ...countsOf(findings), ignored: ignored.length },
    findings: findings.map((finding) => reported(finding, source)),
    ignored: ignored.map((finding) => ({
      ...reported(finding, source),
      ignored: { by: finding.ignored.by, reason: printable(finding.ignored.reason) },
    })),
    unread: unread.map(({ what, why, ...others }) => ({
      ...others,
      what: printable(what),
      why: printable(why),
    })),
    failure: null,
  };
}

function printableSubject({ apps, platform, ...others }: ReportSubject): ReportSubject {
  return {
    ...others,
    apps: apps.map(({ name, file }) => ({ name: printable(name), file })),
    platform: platform && { ...platform, title: printable(platform.title) },
  };
}

/** The report of a project that couldn't be audited. */
export function failedReport(parts: FailureParts, platform: ReportedProject): AuditReport {
  const subject: ReportSubject = {
    directory: null,
    apps: [],
    vendor: null,
    platform,
    offlineBecause: null,
    done: [],
  };
  const report = reportOf({ findings: [], ignored: [], unread: [] }, subject);
  return { ...report, failure: failureLines(parts).flatMap(printableLines) };
}

function reported(finding: KnownFinding, source: SourceExcerpts | undefined): ReportedFinding {
  const { rule, severity, confidence, message, why, location, fingerprint, fix } = finding;
  return {
    rule,
    severity,
    confidence,
    message: printable(message),
    why: printable(why),
    location:
      location.kind === "file"
        ? location
        : { kind: "resource", resource: printable(location.resource) },
    fingerprint,
    fix: fix === undefined ? null : reportedFix(fix(), source),
    ...(source === undefined || location.kind === "resource"
      ? {}
      : { excerpt: source.excerpt(location) }),
  };
}

function reportedFix(fix: Fix, source: SourceExcerpts | undefined): ReportedFix {
  const title = printable(fix.title);
  if (fix.kind === "by-hand")
    return { kind: fix.kind, title, lines: failureLines(fix.refusal).flatMap(printableLines) };
  const { kind, disposition, because, changes } = fix;
  return {
    kind,
    title,
    disposition,
    ...(because === undefined ? {} : { because: printable(because) }),
    changes: changes.map((change) => reportedChange(change, source)),
  };
}

function reportedChange(change: Change, source: SourceExcerpts | undefined): ReportedChange {
  if (change.kind === "file")
    return {
      kind: "file",
      file: change.shown,
      edits: reportedEdits(change),
      ...(source === undefined ? {} : { diff: source.diff(change) }),
    };
  if (change.kind === "variable-update") {
    const { kind, project, environment, name, before, after } = change;
    return { kind, project, environment, name, before, after };
  }
  if (change.kind === "file-creation") return { kind: change.kind, file: change.shown };
  if (change.kind === "commit") return { kind: change.kind, branch: change.branch };
  if (change.kind === "ci-secret")
    return { kind: change.kind, repository: change.repository, name: change.name };
  return { kind: change.kind, project: change.project };
}

function reportedEdits({ before, edits }: FileChange): readonly ReportedEdit[] {
  return edits.map(({ offset, length, text }) => {
    const start = placeOf(before, offset);
    const end = placeOf(before, offset + length);
    return {
      offset,
      length,
      text,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  });
}
