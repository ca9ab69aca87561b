import { catalogue } from "../../audit/registry.ts";
import { appNames, isAtLeast } from "../../audit/summary.ts";
import { unreadLine } from "../../audit/unread.ts";
import { printable } from "../../printable.ts";
import { type Format, type FormatContext, placeText } from "../format.ts";
import type { AuditReport, ReportedFinding } from "../report.ts";
import { escapeXml } from "./xml.ts";

/**
 * JUnit's XML, as GitLab, Jenkins and others show it: a suite for each checkout or project, and in it a test for each
 * rule. It fails when the rule found something at or above `--fail-on`; what counts less stands in its output.
 */
export const junit: Format = {
  summary: "JUnit XML: a test for each rule",
  readers: "programs",
  async *lines(reports, context) {
    yield '<?xml version="1.0" encoding="UTF-8"?>';
    yield '<testsuites name="machinist audit">';
    for await (const report of reports.read()) yield* suite(report, reports.many, context);
    yield "</testsuites>";
  },
};

function suite(report: AuditReport, many: boolean, context: FormatContext): readonly string[] {
  const { platform, vendor, failure } = report;
  const name = platform === null ? appNames(report) : platform.project;
  if (failure !== null) {
    const [what = ""] = failure;
    return [
      `<testsuite${attributes({ name, tests: 1, failures: 0, errors: 1, skipped: 0 })}>`,
      `<testcase${attributes({ classname: name, name: "audit" })}><error${attributes({ message: what })}>${escapeXml(failure.join("\n"))}</error></testcase>`,
      "</testsuite>",
    ];
  }
  // Ten thousand projects times all rules would say nothing ten thousand times.
  const ids = many
    ? [
        ...new Set([
          ...[...report.findings, ...report.ignored].map(({ rule }) => rule),
          ...report.unread.flatMap(({ rules, byChoice }) => (byChoice ? [] : rules)),
        ]),
      ]
    : catalogue.map(({ id }) => id);
  const tests = ids.map((id) => test(report, id, name, context));
  const passed = many && tests.length === 0;
  const counts = {
    name,
    tests: passed ? 1 : tests.length,
    failures: tests.filter(({ outcome }) => outcome === "failed").length,
    errors: 0,
    skipped: tests.filter(({ outcome }) => outcome === "skipped").length,
  };
  return [
    `<testsuite${attributes(counts)}>`,
    ...(vendor === null
      ? []
      : [
          `<properties><property${attributes({ name: "vendor", value: vendor.shown })}/></properties>`,
        ]),
    ...tests.map(({ xml }) => xml),
    ...(passed ? [`<testcase${attributes({ classname: name, name: "audit" })}/>`] : []),
    "</testsuite>",
  ];
}

function test(report: AuditReport, id: string, suiteName: string, { failOn }: FormatContext) {
  const found = report.findings.filter(({ rule }) => rule === id);
  const failing = found.filter(({ severity }) => isAtLeast(severity, failOn));
  const lesser = found.filter((finding) => !failing.includes(finding));
  const ignored = report.ignored.filter(({ rule }) => rule === id);
  const file = found.find(({ location }) => location.kind === "file")?.location;
  const head = attributes({
    classname: suiteName,
    name: id,
    ...(file?.kind === "file" ? { file: file.file } : {}),
  });
  const unread = report.unread.filter(({ rules }) => rules.includes(id));
  const silence = [
    ...ignored.map((each) => each.ignored.reason),
    ...unread.map((part) => `not looked at: ${unreadLine(part)}`),
  ];
  const skipped = found.length === 0 && silence.length > 0;
  const inside = [
    ...(failing.length === 0
      ? []
      : [
          `<failure${attributes({ type: failing[0]?.severity ?? "", message: failing.map(({ message }) => message).join("; ") })}>${escapeXml(failing.map(paragraph).join("\n\n"))}</failure>`,
        ]),
    ...(skipped ? [`<skipped${attributes({ message: silence.join("; ") })}/>`] : []),
    ...(lesser.length === 0
      ? []
      : [`<system-out>${escapeXml(lesser.map(paragraph).join("\n\n"))}</system-out>`]),
  ];
  const xml =
    inside.length === 0 ? `<testcase${head}/>` : `<testcase${head}>${inside.join("")}</testcase>`;
  return { xml, outcome: failing.length > 0 ? "failed" : skipped ? "skipped" : "passed" };
}

function paragraph(finding: ReportedFinding): string {
  const { severity, message, why, fix } = finding;
  const lines = [`${printable(placeText(finding))} (${severity})`, message, why];
  return [...lines, ...(fix === null ? [] : [`fix: ${fix.title}`])].join("\n");
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(printable(String(value)))}"`)
    .join("");
}
