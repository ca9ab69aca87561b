import { type Finding, type Severity, severities } from "./finding.ts";
import { fileUnreadable } from "./unreadable.ts";
import { countWithSeverity } from "./words.ts";

/** How many findings there are of each severity. */
export type Counts = Readonly<Record<Severity, number>>;

/** How many of some findings there are of each severity. */
export function countsOf(findings: readonly { readonly severity: Severity }[]): Counts {
  const count = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity).length;
  return { error: count("error"), warning: count("warning"), info: count("info") };
}

/** Whether a finding is at or above a severity. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

/** Whether `--fix` makes the change by itself. */
export function isSafe(
  fix: { readonly kind: string; readonly disposition?: "safe" | "unsafe" } | null | undefined,
): boolean {
  return fix?.kind === "changes" && fix.disposition === "safe";
}

/** "1 error", "2 errors". */
export function countWithWord(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** "2 errors, 1 warning, 0 notes". */
export function countsInWords(counts: Counts): string {
  return severities.map((severity) => countWithSeverity(counts[severity], severity)).join(", ");
}

/** The names of the apps that were audited; nobody knows those of a file that can't be read, and CI has none. */
export function appNames({
  apps,
  failure,
  findings,
  ignored,
}: {
  readonly apps: readonly { readonly name: string }[];
  /** Why nothing was audited, where that is so. */
  readonly failure: readonly string[] | null;
  readonly findings: readonly Pick<Finding, "rule">[];
  readonly ignored: readonly Pick<Finding, "rule">[];
}): string {
  if (apps.length > 0 || failure !== null) return apps.map(({ name }) => name).join(", ");
  const isUnreadable = [...findings, ...ignored].some(({ rule }) => rule === fileUnreadable.id);
  return isUnreadable ? "files that can't be read" : "the CI files alone";
}
