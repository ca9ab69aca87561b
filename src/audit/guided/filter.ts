import { type Finding, type Severity, severities } from "../finding.ts";
import { confidenceWords, placeWords, severityWords } from "../words.ts";

/** Which findings a person wants to see. */
export interface FindingFilter {
  /** Words that all have to be somewhere in the finding, whatever the case. */
  readonly text: string;
  /** The least severity. */
  readonly least: Severity;
  /** One rule only. */
  readonly rule?: string;
}

/** The filter that lets everything through. */
export const everything: FindingFilter = { text: "", least: "info" };

/** The findings that a filter lets through, in their order. */
export function findingsThrough<F extends Finding>(
  findings: readonly F[],
  { text, least, rule }: FindingFilter,
): readonly F[] {
  const words = text.toLowerCase().split(/\s+/u);
  return findings.filter(
    (finding) =>
      severities.indexOf(finding.severity) <= severities.indexOf(least) &&
      (rule === undefined || finding.rule === rule) &&
      words.every((word) => searched(finding).includes(word)),
  );
}

/** What is filtered for, in words; nothing when everything is shown. */
export function filterWords({ text, least, rule }: FindingFilter): readonly string[] {
  return [
    ...(least === "info" ? [] : [least === "error" ? "errors only" : "errors and warnings"]),
    ...(rule === undefined ? [] : [`rule ${rule}`]),
    ...(text.trim() === "" ? [] : [`“${text.trim()}”`]),
  ];
}

/** The filter with the next least severity: all, errors only, errors and warnings, all again. */
export function nextSeverity(filter: FindingFilter): FindingFilter {
  const next = { info: "error", error: "warning", warning: "info" } as const;
  return { ...filter, least: next[filter.least] };
}

function searched(finding: Finding): string {
  const { rule, severity, confidence, message, location } = finding;
  return [
    rule,
    severityWords[severity].one,
    confidenceWords[confidence],
    message,
    placeWords(location),
  ]
    .join("\n")
    .toLowerCase();
}
