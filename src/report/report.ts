import type {
  Confidence,
  FileLocation,
  Fix,
  IgnoreReason,
  KnownFinding,
  KnownVerdict,
  ResourceLocation,
  Severity,
  Unread,
} from "../audit/finding.ts";
import { type Counts, countsOf } from "../audit/summary.ts";
import type { Change, FileChange } from "../change/change.ts";
import { type FailureParts, failureLines } from "../failure.ts";
import type { VariableFlags } from "../platform/variables.ts";
import { printable, printableLines } from "../printable.ts";
import { type DetectedVendor, shownDetected } from "../vendors/detection.ts";
import { placeOf } from "../yaml/lines.ts";

/** The project that was audited, as the API calls it. */
export interface ReportedProject {
  readonly project: string;
  readonly environment: string;
  readonly title: string;
}

/** Whose project it is, how that is known, and whose it may be just as well. */
export interface ReportedVendor {
  readonly id: string;
  /** "Upsun (from .upsun/config.yaml)" */
  readonly shown: string;
  readonly rivals: readonly string[];
}

/** The same as the reports have it. */
export function reportedVendor(detected: DetectedVendor): ReportedVendor {
  return {
    id: detected.vendor.id,
    shown: printable(shownDetected(detected)),
    rivals: detected.rivals.map(({ vendor }) => vendor.id),
  };
}

/** What was audited. */
export interface ReportSubject {
  /** Absolute; null when the files came through the API. */
  readonly directory: string | null;
  readonly apps: readonly { readonly name: string; readonly file: string }[];
  /** Whose project it is; null when it couldn't be read. */
  readonly vendor: ReportedVendor | null;
  /** Null when only the files were read. */
  readonly platform: ReportedProject | null;
  /** Why the API wasn't asked; null when it was. */
  readonly offlineBecause: string | null;
  /** What `--fix` did, one line each. */
  readonly done: readonly string[];
}

/**
 * What an audit of one checkout or one project came to: the data behind every format, and the JSON itself, version 1, as
 * docs/audit-json.md describes it. No value of a variable is in it, and no control character in a text for people.
 */
export interface AuditReport extends ReportSubject {
  readonly version: 1;
  readonly command: "audit";
  readonly counts: Counts & { readonly ignored: number };
  readonly findings: readonly ReportedFinding[];
  readonly ignored: readonly ReportedIgnored[];
  /** What wasn't looked at, and the rules that needed it. */
  readonly unread: readonly Unread[];
  /** Why the project couldn't be audited, as lines; null when it was. */
  readonly failure: readonly string[] | null;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly why: string;
  readonly location: FileLocation | ResourceLocation;
  readonly fingerprint: string;
  readonly fix: ReportedFix | null;
  /** The lines around the place, where the report is one that shows them. */
  readonly excerpt?: readonly ReportedLine[];
}

/** A line of a file as it was when it was read; a long one is cut. */
export interface ReportedLine {
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
  /** Whether the finding is about this line. */
  readonly hit: boolean;
}

/** Shows the text that findings are about. */
export interface SourceExcerpts {
  /** The lines around a place; none where the file has no text. */
  excerpt(location: FileLocation): readonly ReportedLine[];
  /** The unified diff of a change, each line with its sign. */
  diff(change: FileChange): readonly string[];
}

interface ReportedIgnored extends ReportedFinding {
  readonly ignored: IgnoreReason;
}

export type ReportedFix =
  | { readonly kind: "by-hand"; readonly title: string; readonly lines: readonly string[] }
  | {
      readonly kind: "changes";
      readonly title: string;
      readonly disposition: "safe" | "unsafe";
      /** Why it needs a look, where that can be said. */
      readonly because?: string;
      readonly changes: readonly ReportedChange[];
    };

type ReportedChange =
  | {
      readonly kind: "file";
      readonly file: string;
      readonly edits: readonly ReportedEdit[];
      /** Each line with its sign, where the report is one that shows them. */
      readonly diff?: readonly string[];
    }
  | {
      readonly kind: "variable-update";
      readonly project: string;
      readonly environment: string;
      readonly name: string;
      readonly before: VariableFlags;
      readonly after: VariableFlags;
    }
  | { readonly kind: "file-creation"; readonly file: string }
  | { readonly kind: "commit"; readonly branch: string }
  | { readonly kind: "ci-secret"; readonly repository: string; readonly name: string }
  | {
      readonly kind: Exclude<
        Change["kind"],
        "file" | "file-creation" | "variable-update" | "commit" | "ci-secret"
      >;
      readonly project: string;
    };

/** Replaces `length` UTF-16 units at `offset`; the same place in lines and columns, from 1, the end exclusive. */
interface ReportedEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
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
