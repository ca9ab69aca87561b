import type { Severity } from "../../audit/finding.ts";
import { unreadInFull } from "../../audit/unread.ts";
import { type Format, type FormatContext, pathFrom } from "../format.ts";
import type { AuditReport, ReportedFinding } from "../report.ts";
import { inArray } from "./json-text.ts";

/**
 * GitLab's Code Quality report, which a merge request shows beside its lines (GitLab: "Code Quality report format"). What
 * is on the platform has no line: it stands at the top of the app's file, and is named.
 */
export const gitlab: Format = {
  summary: "Code Quality for GitLab",
  readers: "programs",
  async *lines(reports, context) {
    yield "[";
    yield* inArray(issues(reports.read(), context));
    yield "]";
  },
};

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "major" | "minor" | "info";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const severities: Readonly<Record<Severity, Issue["severity"]>> = {
  error: "major",
  warning: "minor",
  info: "info",
};

async function* issues(
  reports: AsyncIterable<AuditReport>,
  context: FormatContext,
): AsyncGenerator<Issue> {
  for await (const report of reports) {
    for (const finding of report.findings) yield issue(report, finding, context);
    const unread = report.unread.filter(({ byChoice }) => !byChoice);
    for (const [index, part] of unread.entries())
      yield {
        description: `Not looked at: ${unreadInFull(part)}`,
        check_name: "not-looked-at",
        fingerprint: `${report.platform?.project ?? ""}${part.what}-${index}`.replaceAll(
          /[^\w-]+/gu,
          "-",
        ),
        severity: "info",
        location: { path: placeOf(report, undefined, context), lines: { begin: 1 } },
      };
    for (const [index, line] of (report.failure?.slice(0, 1) ?? []).entries())
      yield {
        description: `Could not be audited: ${line}`,
        check_name: "not-audited",
        fingerprint: `${report.platform?.project ?? report.directory}-${index}`,
        severity: "major",
        location: { path: placeOf(report, undefined, context), lines: { begin: 1 } },
      };
  }
}

function issue(report: AuditReport, finding: ReportedFinding, context: FormatContext): Issue {
  const { rule, severity, message, location, fingerprint } = finding;
  const isFile = location.kind === "file";
  return {
    description: isFile ? message : `${location.resource}: ${message}`,
    check_name: rule,
    // The same line of two projects is two findings.
    fingerprint: `${fingerprint}${report.platform === null ? "" : report.platform.project}`,
    severity: severities[severity],
    location: {
      path: placeOf(report, isFile ? location.file : undefined, context),
      lines: { begin: isFile ? location.line : 1 },
    },
  };
}

/** @param file the app's own where none is named */
function placeOf(report: AuditReport, file: string | undefined, around: FormatContext): string {
  return pathFrom(around, report, file ?? report.apps[0]?.file ?? ".platform.app.yaml");
}
