import type { Fix, Location, Notification, Region, ReportingDescriptor, Result, Run } from "sarif";
import type { Confidence, Severity } from "../../audit/finding.ts";
import { catalogue } from "../../audit/registry.ts";
import type { RuleDescription } from "../../audit/rule.ts";
import { unreadLine } from "../../audit/unread.ts";
import { manualAddress } from "../../vendors/manual.ts";
import { vendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { type Format, type FormatContext, onlyVendor, pathFrom, type Reports } from "../format.ts";
import type { AuditReport, ReportedFinding, ReportedFix } from "../report.ts";
import { asciiControls, inArray } from "./json-text.ts";

/**
 * SARIF 2.1.0 (OASIS) as GitHub's code scanning takes it: every result has a place in a file, `results` is there also
 * when nothing was found, and what is ignored is left out, because suppressed results are shown there as open.
 */
export const sarif: Format = {
  summary: "SARIF 2.1.0, for code scanning",
  readers: "programs",
  async *lines(reports, context) {
    const failures: Notification[] = [];
    const { version, homepage } = context;
    yield '{ "version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [{';
    const vendor = await onlyVendor(reports);
    const rules = catalogue.map((rule) => descriptor(rule, context, vendor));
    const about = homepage === undefined ? {} : { informationUri: homepage };
    const driver = { name: "machinist", semanticVersion: version, ...about, rules };
    yield `"tool": ${json({ driver })},`;
    yield `"automationDetails": ${json({ id: await runId(reports, context) })},`;
    yield `"columnKind": "utf16CodeUnits", "originalUriBaseIds": ${json(bases)},`;
    yield '"results": [';
    yield* inArray(results(reports, context, failures));
    yield "],";
    const executionSuccessful = failures.length === 0;
    const invocation = { executionSuccessful, toolExecutionNotifications: failures };
    yield `"invocations": ${json([invocation])}`;
    yield "}] }";
  },
};

/**
 * What tells this run from others of the same commit: the folder that was audited. GitHub takes what stands before the
 * last slash for the category, and keeps what each category found apart.
 */
async function runId(reports: Reports, context: FormatContext): Promise<string> {
  if (reports.many) return "machinist/projects/";
  for await (const report of reports.read()) {
    const [folder = ""] = pathFrom(context, report, "").split(/\/$/u);
    return folder === "" ? "machinist/" : `machinist/${folder}/`;
  }
  return "machinist/";
}

const root = "%SRCROOT%";
const bases: NonNullable<Run["originalUriBaseIds"]> = {
  [root]: { description: { text: "The top of the repository" } },
};

function json(value: unknown): string {
  return asciiControls(JSON.stringify(value));
}

async function* results(
  reports: Reports,
  context: FormatContext,
  failures: Notification[],
): AsyncGenerator<Result> {
  for await (const report of reports.read()) {
    if (report.failure !== null)
      failures.push({ level: "error", message: { text: failureText(report, report.failure) } });
    for (const part of report.unread)
      failures.push({
        level: part.byChoice ? "note" : "warning",
        message: { text: failureText(report, [`not looked at: ${unreadLine(part)}`]) },
      });
    for (const finding of report.findings) yield result(report, finding, context);
  }
}

function failureText({ platform }: AuditReport, lines: readonly string[]): string {
  const project = platform === null ? "" : `Project ${platform.project}: `;
  return `${project}${lines.join("; ")}`;
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
};

const problemSeverities: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "recommendation",
};

/** Scores as GitHub sorts by them: critical above 9.0, high from 7.0, medium from 4.0 (its page on SARIF support). */
const securitySeverities: Readonly<Record<NonNullable<RuleDescription["security"]>, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.0",
};

const precisions: Readonly<Record<Confidence, string>> = {
  high: "very-high",
  medium: "medium",
  low: "low",
};

function descriptor(
  rule: RuleDescription,
  { rulePages }: FormatContext,
  vendor: Vendor | undefined,
): ReportingDescriptor {
  const { id, severity, confidence, security, what, why, manual, example, ignore } = rule;
  const code = (text: string) => `\`\`\`\n${text}\n\`\`\``;
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: what },
    fullDescription: { text: why },
    ...(rulePages !== undefined
      ? { helpUri: `${rulePages}/${id}.md` }
      : manual === undefined
        ? {}
        : { helpUri: manualAddress(manual, (vendor ?? vendors.platformsh).manual) }),
    help: {
      text: `${what} ${why} Instead of: ${example.before} Write: ${example.after} Leave it when: ${ignore}`,
      markdown: `${what}\n\n${why}\n\nInstead of\n\n${code(example.before)}\n\nwrite\n\n${code(example.after)}\n\nLeave it when: ${ignore}`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      precision: precisions[confidence],
      "problem.severity": problemSeverities[severity],
      tags: ["platform.sh", "configuration", ...(security === undefined ? [] : ["security"])],
      ...(security === undefined ? {} : { "security-severity": securitySeverities[security] }),
    },
  };
}

function result(report: AuditReport, finding: ReportedFinding, context: FormatContext): Result {
  const { rule, severity, confidence, message, location, fingerprint, fix } = finding;
  const ruleIndex = catalogue.findIndex(({ id }) => id === rule);
  const where = location.kind === "resource" ? `${location.resource}: ` : "";
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: `${where}${message}` },
    locations: [locationOf(report, finding, context)],
    partialFingerprints: { "machinist/v1": fingerprint },
    ...fixesOf(report, fix, context),
    properties: {
      confidence,
      ...(report.vendor === null ? {} : { vendor: report.vendor.shown }),
      ...(report.platform === null ? {} : { project: report.platform.project }),
    },
  };
}

/** What is on the platform has no line: it is shown at the top of the application's file, and named. */
function locationOf(
  report: AuditReport,
  { location }: ReportedFinding,
  context: FormatContext,
): Location {
  if (location.kind === "file")
    return {
      physicalLocation: {
        artifactLocation: artifact(report, location.file, context),
        region: regionOf(location),
      },
    };
  const file = report.apps[0]?.file ?? ".platform.app.yaml";
  return {
    physicalLocation: {
      artifactLocation: artifact(report, file, context),
      region: { startLine: 1 },
    },
    logicalLocations: [{ fullyQualifiedName: location.resource, kind: "resource" }],
  };
}

function artifact(report: AuditReport, file: string, context: FormatContext) {
  const path = pathFrom(context, report, file);
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: root };
}

function regionOf(place: {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}): Region {
  const { line, column, endLine, endColumn } = place;
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A fix that changes files only; a request to the API is none that a program could make from here. */
function fixesOf(
  report: AuditReport,
  fix: ReportedFix | null,
  context: FormatContext,
): { readonly fixes?: Fix[] } {
  if (fix?.kind !== "changes") return {};
  const artifactChanges = fix.changes.flatMap((change) =>
    change.kind !== "file" || change.edits.length === 0
      ? []
      : {
          artifactLocation: artifact(report, change.file, context),
          replacements: change.edits.map((edit) => ({
            deletedRegion: regionOf(edit),
            insertedContent: { text: edit.text },
          })),
        },
  );
  if (artifactChanges.length < fix.changes.length) return {};
  return { fixes: [{ description: { text: fix.title }, artifactChanges }] };
}
