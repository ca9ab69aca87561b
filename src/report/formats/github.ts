import type { Severity } from "../../audit/finding.ts";
import { unreadLine } from "../../audit/unread.ts";
import { printable } from "../../printable.ts";
import { type Format, pathOf, type Surroundings } from "../format.ts";
import type { AuditReport, ReportedFinding } from "../report.ts";

/** Workflow commands, which GitHub Actions shows beside the lines of a pull request (GitHub: "Workflow commands"). */
export const github: Format = {
  summary: "annotations for GitHub Actions",
  readers: "programs",
  async *lines(reports, surroundings) {
    for await (const report of reports.read()) {
      for (const line of report.failure?.slice(0, 1) ?? [])
        yield `::error title=machinist::${data(line)}`;
      for (const finding of report.findings) yield annotation(report, finding, surroundings);
      for (const part of report.unread)
        if (!reports.many || !part.byChoice)
          yield `::${part.byChoice ? "notice" : "warning"} title=machinist::${data(`Not looked at: ${unreadLine(part)}`)}`;
    }
  },
};

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

function annotation(
  report: AuditReport,
  finding: ReportedFinding,
  surroundings: Surroundings,
): string {
  const { severity, rule, message, why, location } = finding;
  const file = pathOf(report, finding, surroundings);
  const properties = {
    ...(file === undefined ? {} : { file }),
    ...(location.kind === "file" ? placeOf(location) : {}),
    title: rule,
  };
  const listed = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  const where = location.kind === "resource" ? `${location.resource}: ` : "";
  return `::${commands[severity]} ${listed.join(",")}::${data(`${where}${message}\n${why}`)}`;
}

/** Columns are for findings on one line only; the last one is counted, not passed. */
function placeOf({
  line,
  column,
  endLine,
  endColumn,
}: Extract<ReportedFinding["location"], { kind: "file" }>) {
  const columns =
    line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
  return { line, endLine, ...columns };
}

/** Of the orders of the older form only the sign can be broken: an escape of it would be shown as it is. */
function data(text: string): string {
  return text
    .replace(/#(?=#\w*\[)/gu, "# ")
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function property(value: string | number): string {
  return data(printable(String(value)))
    .replaceAll(":", "%3A")
    .replaceAll(",", "%2C");
}
