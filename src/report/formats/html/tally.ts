import { type Severity, severities } from "../../../audit/finding.ts";
import type { Counts } from "../../../audit/summary.ts";
import type { AuditReport } from "../../report.ts";

/** A project, or a checkout, in the table. */
export interface ProjectRow {
  readonly name: string;
  readonly id: string;
  readonly counts: Counts & { readonly ignored: number };
  readonly failed: boolean;
  /** How many parts of it could not be looked at. */
  readonly unread: number;
}

/** How often a rule found something. */
interface RuleRow {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: number;
  readonly projects: number;
}

/** What the top of the page tells; it grows with the number of projects, not of findings. */
export interface Tally {
  /** The worst first. */
  readonly projects: readonly ProjectRow[];
  /** The gravest first, and of these the most frequent. */
  readonly rules: readonly RuleRow[];
}

/** Counts the findings of many projects, by project and by rule, while the reports come. */
export async function tallyOf(reports: AsyncIterable<AuditReport>): Promise<Tally> {
  const projects: ProjectRow[] = [];
  const rules = new Map<string, RuleRow>();
  for await (const report of reports) {
    projects.push(rowOf(report));
    const seen = new Set<string>();
    for (const { rule, severity } of report.findings) {
      const before = rules.get(rule) ?? { rule, severity, findings: 0, projects: 0 };
      rules.set(rule, {
        rule,
        severity: graver(before.severity, severity),
        findings: before.findings + 1,
        projects: before.projects + (seen.has(rule) ? 0 : 1),
      });
      seen.add(rule);
    }
  }
  return {
    projects: projects.sort(worstFirst),
    rules: [...rules.values()].sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.findings - a.findings ||
        (a.rule < b.rule ? -1 : 1),
    ),
  };
}

/** The gravest severity of a project; undefined when nothing was found. */
export function worstOf({ counts }: ProjectRow): Severity | undefined {
  return severities.find((severity) => counts[severity] > 0);
}

/** A report as a row of the table. */
export function rowOf(report: AuditReport): ProjectRow {
  const { platform, directory, apps, counts, failure, unread } = report;
  const name = platform?.title ?? apps.map((app) => app.name).join(", ");
  const id = platform?.project ?? directory ?? "";
  return { name, id, counts, failed: failure !== null, unread: unread.length };
}

function graver(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) < severities.indexOf(other) ? one : other;
}

function worstFirst(a: ProjectRow, b: ProjectRow): number {
  return (
    Number(b.failed) - Number(a.failed) ||
    b.counts.error - a.counts.error ||
    b.counts.warning - a.counts.warning ||
    b.counts.info - a.counts.info ||
    (a.id < b.id ? -1 : 1)
  );
}
