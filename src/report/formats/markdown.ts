import { severities } from "../../audit/finding.ts";
import { appNames, countsInWords, countWithWord } from "../../audit/summary.ts";
import { unreadInFull } from "../../audit/unread.ts";
import { logLine, printable } from "../../printable.ts";
import { type Format, placeText } from "../format.ts";
import type { AuditReport, ReportedFinding } from "../report.ts";

/** A report to paste into a ticket or a pull request. */
export const markdown: Format = {
  summary: "a report for a ticket",
  readers: "programs",
  async *lines(reports) {
    if (!reports.many) {
      for await (const report of reports.read()) yield* document(report);
      return;
    }
    yield "# Audit of many projects";
    yield "";
    yield "| project | errors | warnings | notes | ignored |";
    yield "| --- | ---: | ---: | ---: | ---: |";
    for await (const report of reports.read()) yield row(report);
    for await (const report of reports.read())
      if (
        report.findings.length > 0 ||
        report.failure !== null ||
        report.unread.some(({ byChoice }) => !byChoice)
      ) {
        yield "";
        yield* section(report);
      }
  },
};

function document(report: AuditReport): readonly string[] {
  const { vendor, platform, counts, findings, ignored, failure } = report;
  const where =
    platform === null ? "" : `, project ${text(platform.title)} (${code(platform.project)})`;
  return [
    `# Audit of ${text(appNames(report))}${where}`,
    "",
    ...(vendor === null ? [] : [`Vendor: ${text(vendor.shown)}.`, ""]),
    `${countsInWords(counts)}, ${counts.ignored} ignored.`,
    ...(failure ?? []).map((line) => `\n${text(line)}`),
    ...findingsBySeverity(findings, "##"),
    ...unreadList(report, "##"),
    ...(ignored.length === 0 ? [] : ["", "## Ignored", ""]),
    ...ignored.map(
      (finding) =>
        `- ${code(finding.rule)} at ${code(placeText(finding))}: ${text(finding.ignored.reason)}`,
    ),
  ];
}

function row({ platform, counts, failure }: AuditReport): string {
  const name = platform === null ? "" : `${text(platform.title)} ${code(platform.project)}`;
  if (failure !== null) return `| ${name} | could not be audited | | | |`;
  const { error, warning, info, ignored } = counts;
  return `| ${name} | ${error} | ${warning} | ${info} | ${ignored} |`;
}

function section(report: AuditReport): readonly string[] {
  const { platform, findings, failure } = report;
  const title = platform === null ? "" : `${text(platform.title)} ${code(platform.project)}`;
  if (failure !== null) return [`## ${title}`, "", ...failure.map(text)];
  return [`## ${title}`, ...findingsBySeverity(findings, "###"), ...unreadList(report, "###")];
}

function unreadList({ unread }: AuditReport, heading: string): readonly string[] {
  return unread.length === 0
    ? []
    : [
        "",
        `${heading} Not looked at`,
        "",
        ...unread.map((part) => `- ${text(unreadInFull(part))}`),
      ];
}

function findingsBySeverity(
  findings: readonly ReportedFinding[],
  heading: string,
): readonly string[] {
  return severities.flatMap((severity) => {
    const members = findings.filter((finding) => finding.severity === severity);
    if (members.length === 0) return [];
    const word = severity === "info" ? "note" : severity;
    return ["", `${heading} ${countWithWord(members.length, word)}`, ...members.flatMap(item)];
  });
}

function item(finding: ReportedFinding): readonly string[] {
  const { rule, message, why, fix } = finding;
  return [
    "",
    `- **${text(message)}**`,
    `  ${code(rule)} at ${code(placeText(finding))}`,
    "",
    `  ${text(why)}`,
    ...(fix === null
      ? []
      : ["", `  ${fix.kind === "by-hand" ? "By hand" : "Fix"}: ${text(fix.title)}`]),
    ...(fix?.kind === "by-hand" ? fenced(fix.lines) : []),
  ];
}

function fenced(lines: readonly string[]): readonly string[] {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => (line.match(/`+/gu) ?? []).map((run) => run.length)),
  );
  const fence = "`".repeat(longest + 1);
  return ["", ...[fence, ...lines.map(logLine), fence].map((line) => `  ${line}`)];
}

/** Text in which nothing is Markdown or HTML, and nobody is mentioned. */
function text(plain: string): string {
  return printable(plain)
    .replace(/[\\`*_[\]<>|#~&]/gu, (sign) =>
      sign === "<" ? "&lt;" : sign === "&" ? "&amp;" : `\\${sign}`,
    )
    .replace(/@(?=\w)/gu, "@<!-- -->");
}

/** A code span, whatever is in it, also inside a table. */
function code(plain: string): string {
  const content = logLine(printable(plain)).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(content.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}
