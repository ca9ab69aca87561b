import { type Finding, type Severity, severities } from "../finding.ts";

/** How many findings there are of each severity. */
export type Counts = Readonly<Record<Severity, number>>;

export function countsOf(findings: readonly Finding[]): Counts {
  const count = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity).length;
  return { error: count("error"), warning: count("warning"), info: count("info") };
}

/** Whether a finding is at or above a severity. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

/** Whether `--fix` makes the change by itself. */
export function isSafe({ fix }: Finding): boolean {
  return fix?.kind === "changes" && fix.disposition === "safe";
}
