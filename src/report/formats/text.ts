import { type Severity, severities } from "../../audit/finding.ts";
import { appNames, countsInWords, countsOf, countWithWord, isSafe } from "../../audit/summary.ts";
import { unreadInFull } from "../../audit/unread.ts";
import { lookWords } from "../../audit/words.ts";
import { type Format, placeText } from "../format.ts";
import type { AuditReport, ReportedFinding } from "../report.ts";

/** For people: the gravest first, each finding with its place, what is wrong, why, and what puts it right. */
export const textFormat: Format = {
  summary: "for people",
  readers: "people",
  async *lines(reports) {
    if (!reports.many) {
      for await (const report of reports.read()) yield* detailed(report);
      return;
    }
    const totals = { projects: 0, failed: 0, error: 0, warning: 0, info: 0, ignored: 0 };
    for await (const report of reports.read()) {
      yield* briefly(report);
      totals.projects += 1;
      if (report.failure !== null) totals.failed += 1;
      for (const severity of severities) totals[severity] += report.counts[severity];
      totals.ignored += report.counts.ignored;
    }
    yield "";
    yield `${countWithWord(totals.projects, "project")}: ${countsInWords(totals)}, ${totals.ignored} ignored; ${totals.failed} could not be audited`;
  },
};

function detailed(report: AuditReport): readonly string[] {
  const { apps, vendor, findings, failure } = report;
  return [
    [
      apps.length === 0
        ? appNames(report)
        : `${countWithWord(apps.length, "app")}: ${appNames(report)}`,
      ...(vendor === null ? [] : [vendor.shown]),
      platformText(report),
    ].join("; "),
    ...(failure ?? []),
    ...severities.flatMap((severity) => group(severity, findings)),
    ...ignoredLines(report),
    ...unreadLines(report),
    "",
    score(report),
  ];
}

function platformText({ platform, offlineBecause }: AuditReport): string {
  return platform === null
    ? `only the files (${offlineBecause})`
    : `project ${platform.title}, environment ${platform.environment}`;
}

const headings: Readonly<Record<Severity, string>> = {
  error: "Errors: it doesn't work, or a secret can leak",
  warning: "Warnings: trouble is likely",
  info: "Notes",
};

function group(severity: Severity, findings: readonly ReportedFinding[]): readonly string[] {
  const members = findings.filter((finding) => finding.severity === severity);
  return members.length === 0 ? [] : ["", headings[severity], ...members.flatMap(linesOf)];
}

function linesOf(finding: ReportedFinding): readonly string[] {
  return [
    "",
    `  ${placeText(finding)}  ${finding.rule}`,
    `    ${finding.message}`,
    `    why: ${finding.why}`,
    ...fixLines(finding).map((line) => `    ${line}`),
  ];
}

function fixLines({ fix }: ReportedFinding): readonly string[] {
  if (fix === null) return [];
  if (fix.kind === "changes")
    return [`fix: ${fix.title}${fix.disposition === "safe" ? "" : ` (${lookWords(fix)})`}`];
  return [`fix by hand: ${fix.title}`, ...fix.lines.map((line) => `  ${line}`)];
}

function ignoredLines({ ignored }: AuditReport): readonly string[] {
  if (ignored.length === 0) return [];
  return [
    "",
    "Ignored, and not counted",
    "",
    ...ignored.flatMap((finding) => [
      `  ${placeText(finding)}  ${finding.rule}`,
      `    ${finding.message}`,
      `    ignored: ${finding.ignored.reason}`,
    ]),
  ];
}

function unreadLines({ unread }: AuditReport): readonly string[] {
  return unread.length === 0
    ? []
    : ["", "Not looked at", "", ...unread.map((part) => indent(unreadInFull(part)))];
}

function score({ findings, ignored, unread }: AuditReport): string {
  const aside = ignored.length === 0 ? "" : `; ${ignored.length} ignored`;
  if (findings.length === 0)
    return `Nothing found${unread.length === 0 ? "" : " in what was looked at"}${aside}.`;
  const safe = findings.filter(({ fix }) => isSafe(fix)).length;
  const unsafe = findings.filter(({ fix }) => fix?.kind === "changes").length - safe;
  const more = unsafe === 0 ? "" : `, and ${unsafe} more with --unsafe-fixes`;
  return `${countsInWords(countsOf(findings))}${aside}; --fix puts ${safe} of ${findings.length} right by itself${more}`;
}

/** One project among many: a line, and a line for each finding. */
function briefly({ platform, directory, counts, failure, findings, unread }: AuditReport) {
  const name = platform === null ? (directory ?? "") : `${platform.project}  ${platform.title}`;
  if (failure !== null) return [`${name}: could not be audited`, ...failure.map(indent)];
  const aside = counts.ignored === 0 ? "" : `, ${counts.ignored} ignored`;
  const found = findings.length === 0 ? "nothing found" : countsInWords(counts);
  return [
    `${name}: ${found}${aside}`,
    ...findings.map((finding) =>
      indent(`${finding.severity}  ${placeText(finding)}  ${finding.rule}: ${finding.message}`),
    ),
    // With many projects, what was left out by choice is the same for all of them.
    ...unread
      .filter(({ byChoice }) => !byChoice)
      .map((part) => indent(`not looked at: ${unreadInFull(part)}`)),
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
