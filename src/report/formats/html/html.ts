import { severities } from "../../../audit/finding.ts";
import { catalogue } from "../../../audit/registry.ts";
import { appNames, countsInWords } from "../../../audit/summary.ts";
import { unreadInFull } from "../../../audit/unread.ts";
import { lookWords, severityWords } from "../../../audit/words.ts";
import { printable } from "../../../printable.ts";
import { manualAddress } from "../../../vendors/manual.ts";
import { vendors } from "../../../vendors/registry.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import { type Format, onlyVendor, placeText } from "../../format.ts";
import type { AuditReport, ReportedFinding } from "../../report.ts";
import { escapeXml } from "../xml.ts";
import { bar, type Share, shareChart } from "./charts.ts";
import { style } from "./style.ts";
import { type ProjectRow, rowOf, type Tally, tallyOf, worstOf } from "./tally.ts";

/** One page that needs nothing else: no script, no font, no picture from elsewhere, and it may load none. */
export const html: Format = {
  summary: "one page with charts, for many projects",
  readers: "programs",
  async *lines(reports, { version, madeAt }) {
    const tally = await tallyOf(reports.read());
    yield* head(madeAt, version);
    yield* summary(tally, reports.many);
    yield* rulesTable(tally, reports.many, await onlyVendor(reports));
    if (reports.many) yield* projectsTable(tally);
    yield "<h2>What was found</h2>";
    if (!tally.projects.some(hasDetails)) yield "<p>Nothing.</p>";
    for await (const report of reports.read())
      if (hasDetails(rowOf(report))) yield* details(report, !reports.many);
    yield "</main></body></html>";
  },
};

function head(madeAt: Date, version: string): readonly string[] {
  const day = madeAt.toISOString().slice(0, 10);
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    "<title>machinist audit</title>",
    `<style>${style}</style></head><body><main>`,
    "<h1>Audit of the automation</h1>",
    `<p class="soft">Made by machinist ${escapeXml(version)} on <time datetime="${day}">${day}</time></p>`,
  ];
}

function summary({ projects }: Tally, many: boolean): readonly string[] {
  const worst = (severity: string) =>
    projects.filter((row) => !row.failed && worstOf(row) === severity).length;
  const failed = projects.filter((row) => row.failed).length;
  const fine = projects.filter((row) => !row.failed && worstOf(row) === undefined).length;
  const sum = (key: keyof ProjectRow["counts"]) =>
    projects.reduce((total, { counts }) => total + counts[key], 0);
  const shares: readonly Share[] = [
    { label: "with errors", count: worst("error"), look: "error" },
    { label: "with warnings", count: worst("warning"), look: "warning" },
    { label: "with notes", count: worst("info"), look: "info" },
    { label: "with nothing", count: fine, look: "fine" },
    { label: "not audited", count: failed, look: "failed" },
  ];
  const tiles = [
    ...(many ? [["projects", projects.length, ""] as const] : []),
    ["errors", sum("error"), "error"],
    ["warnings", sum("warning"), "warning"],
    ["notes", sum("info"), "info"],
    ["ignored", sum("ignored"), ""],
  ] as const;
  return [
    '<ul class="tiles">',
    ...tiles.map(
      ([label, count, look]) =>
        `<li><strong${look === "" ? "" : ` class="${look}"`}>${count}</strong>${label}</li>`,
    ),
    "</ul>",
    ...(many
      ? ["<h2>Projects by the worst that was found</h2>", ...shareChart("Projects", shares)]
      : []),
  ];
}

function rulesTable(
  { rules }: Tally,
  many: boolean,
  vendor: Vendor | undefined,
): readonly string[] {
  if (rules.length === 0) return [];
  const most = Math.max(...rules.map(({ findings }) => findings));
  return [
    "<h2>Findings by rule</h2>",
    `<div class="scroll"><table><thead><tr><th scope="col">rule</th><th scope="col">severity</th><th scope="col" class="number">findings</th>${many ? '<th scope="col" class="number">projects</th>' : ""}<td class="bar"></td></tr></thead><tbody>`,
    ...rules.map(
      ({ rule, severity, findings, projects }) =>
        `<tr><th scope="row"><code>${escapeXml(rule)}</code>${meaningOf(rule, vendor)}</th><td class="${severity}">${severityWords[severity].one}</td><td class="number">${findings}</td>${many ? `<td class="number">${projects}</td>` : ""}<td class="bar">${bar([{ count: findings, look: severity }], most)}</td></tr>`,
    ),
    "</tbody></table></div>",
  ];
}

/** What a rule finds, with the page of the manual that it rests on. */
function meaningOf(id: string, vendor: Vendor | undefined): string {
  const rule = catalogue.find((candidate) => candidate.id === id);
  if (rule === undefined) return "";
  const { what, manual } = rule;
  const link =
    manual === undefined
      ? ""
      : ` <a href="${escapeXml(manualAddress(manual, (vendor ?? vendors.platformsh).manual))}">Manual</a>`;
  return `<div class="soft">${inline(what)}${link}</div>`;
}

/** Whether there is anything to tell of a project: what wasn't looked at is no less than what was found. */
function hasDetails({ counts, failed, unread }: ProjectRow): boolean {
  const { error, warning, info, ignored } = counts;
  return failed || error + warning + info + ignored + unread > 0;
}

function projectsTable({ projects }: Tally): readonly string[] {
  const most = Math.max(1, ...projects.map(({ counts }) => counts.error + counts.warning));
  const columns = ["errors", "warnings", "notes", "ignored"];
  return [
    "<h2>Projects</h2>",
    '<div class="scroll"><table><caption>The worst first. A name with a link leads to what was found, and to what was not looked at.</caption><thead><tr><th scope="col">project</th>',
    ...columns.map((column) => `<th scope="col" class="number">${column}</th>`),
    "<td class='bar'></td></tr></thead><tbody>",
    ...projects.map((row) => {
      const { error, warning, info, ignored } = row.counts;
      const title = hasDetails(row)
        ? `<a href="#${escapeXml(anchor(row.id))}">${inline(row.name)}</a>`
        : inline(row.name);
      const name = `${title} <code class="soft">${inline(row.id)}</code>`;
      const cells = row.failed
        ? '<td colspan="4" class="failed">could not be audited</td>'
        : [error, warning, info, ignored]
            .map((count) => `<td class="number">${count}</td>`)
            .join("");
      return `<tr><th scope="row">${name}</th>${cells}<td class="bar">${bar(
        [
          { count: error, look: "error" },
          { count: warning, look: "warning" },
        ],
        most,
      )}</td></tr>`;
    }),
    "</tbody></table></div>",
  ];
}

function details(report: AuditReport, open: boolean): readonly string[] {
  const { platform, vendor, directory, counts, failure, findings, ignored } = report;
  const id = platform?.project ?? directory ?? "";
  const name = platform?.title ?? appNames(report);
  const state =
    failure === null
      ? `${countsInWords(counts)}, ${ignored.length} ignored`
      : "could not be audited";
  return [
    `<details id="${escapeXml(anchor(id))}"${open ? " open" : ""}><summary><strong>${inline(name)}</strong> <code class="soft">${inline(id)}</code> ${state}</summary>`,
    ...(vendor === null ? [] : [`<p class="soft">Vendor: ${inline(vendor.shown)}</p>`]),
    ...(failure === null ? [] : [`<pre>${failure.map(inline).join("\n")}</pre>`]),
    '<ul class="findings">',
    ...gravestFirst(findings).map(item),
    ...ignored.map(
      (finding) =>
        `<li class="soft"><span class="severity">ignored</span> <code>${inline(finding.rule)}</code> at <code>${inline(placeText(finding))}</code><p>${inline(finding.message)}</p><p class="soft">Because: ${inline(finding.ignored.reason)}</p></li>`,
    ),
    ...report.unread.map(
      (part) =>
        `<li class="soft"><span class="severity">not looked at</span> <p>${inline(unreadInFull(part))}</p></li>`,
    ),
    "</ul></details>",
  ];
}

function gravestFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return severities.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
}

function item(finding: ReportedFinding): string {
  const { severity, rule, message, why } = finding;
  return `<li class="${severity}"><span class="severity">${severityWords[severity].one}</span> <code>${inline(rule)}</code> at <code>${inline(placeText(finding))}</code><p>${inline(message)}</p>${excerpt(finding)}<p class="soft">${inline(why)}</p>${fixed(finding)}</li>`;
}

/** The lines of the file around the place; those that the finding is about are marked. */
function excerpt({ excerpt: lines = [] }: ReportedFinding): string {
  if (lines.length === 0) return "";
  const width = String(lines.at(-1)?.line ?? 0).length;
  const shown = lines.map(({ line, text, hit }) => {
    const [tag, sign] = hit ? ["mark", ">"] : ["span", " "];
    return `<${tag}>${sign} ${String(line).padStart(width)}  ${inline(text)}</${tag}>`;
  });
  return `<pre class="lines">${shown.join("\n")}</pre>`;
}

function fixed({ fix }: ReportedFinding): string {
  if (fix === null) return "";
  if (fix.kind === "by-hand")
    return `<p>By hand: ${inline(fix.title)}</p><pre>${fix.lines.map(inline).join("\n")}</pre>`;
  const look = fix.disposition === "safe" ? "" : ` <span class="soft">(${lookWords(fix)})</span>`;
  const diffs = fix.changes.flatMap((change) =>
    change.kind === "file" ? (change.diff ?? []) : [],
  );
  return `<p>Fix: ${inline(fix.title)}${look}</p>${diffs.length === 0 ? "" : `<pre class="lines">${diffs.map(diffLine).join("\n")}</pre>`}`;
}

const looks: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "@": "soft" };

function diffLine(line: string): string {
  return `<span class="${looks[line.charAt(0)] ?? "context"}">${inline(line)}</span>`;
}

function inline(text: string): string {
  return escapeXml(printable(text));
}

function anchor(id: string): string {
  return `project-${id.replaceAll(/[^\w-]/gu, "-")}`;
}
