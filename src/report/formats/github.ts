import { type Severity, severities } from "../../audit/finding.ts";
import { countsInWords } from "../../audit/summary.ts";
import { unreadInFull } from "../../audit/unread.ts";
import { printable } from "../../printable.ts";
import { type Format, type FormatContext, findingPath, type Reports } from "../format.ts";
import type { AuditReport, ReportedFinding } from "../report.ts";

/** GitHub shows so many annotations of a kind for each step, and drops the others (GitHub: "Annotations", limits). */
const shownOfAKind = 10;

/**
 * Workflow commands, which GitHub Actions shows beside the lines of a pull request (GitHub: "Workflow commands"): of each
 * checkout or project the gravest first, since only the first of a kind are shown.
 */
export const github: Format = {
  summary: "annotations for GitHub Actions",
  readers: "programs",
  async *lines(reports, context) {
    const limit = await wordOfLimit(reports);
    if (limit !== undefined) yield `::notice title=machinist::${data(limit)}`;
    for await (const report of reports.read()) {
      // A line that is no command stands in the log of the step, and takes no annotation's place.
      if (!reports.many && report.vendor !== null) yield data(report.vendor.shown);
      for (const line of report.failure?.slice(0, 1) ?? [])
        yield `::error title=machinist::${data(line)}`;
      for (const severity of severities)
        for (const finding of report.findings)
          if (finding.severity === severity) yield annotation(report, finding, context);
      for (const part of report.unread)
        if (!reports.many || !part.byChoice)
          yield `::${part.byChoice ? "notice" : "warning"} title=machinist::${data(`Not looked at: ${unreadInFull(part)}`)}`;
    }
  },
};

/** What is said first where there are more findings of a kind than are shown. */
async function wordOfLimit(reports: Reports): Promise<string | undefined> {
  const counts = { error: 0, warning: 0, info: 0 };
  for await (const report of reports.read())
    for (const severity of severities) counts[severity] += report.counts[severity];
  if (severities.every((severity) => counts[severity] <= shownOfAKind)) return undefined;
  return `${countsInWords(counts)}: GitHub shows the first ${shownOfAKind} of a kind beside the lines, and the log of this step has all`;
}

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

function annotation(report: AuditReport, finding: ReportedFinding, context: FormatContext): string {
  const { severity, rule, message, why, location } = finding;
  const file = findingPath(report, finding, context);
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
