import { failureLines } from "../../failure.ts";
import {
  type Finding,
  type IgnoredFinding,
  type Severity,
  severities,
  type Verdict,
} from "../finding.ts";
import { countsOf, isSafe } from "./summary.ts";

/** What was audited, for the first and the last line. */
export interface Audited {
  /** Names of the apps. */
  readonly apps: readonly string[];
  /** What was read besides: "project Shop, environment main"; or why it was not. */
  readonly platform: string;
}

/**
 * The report as people read it: the gravest first, each finding with its place, what is wrong, why, and what puts it
 * right. Text from files may be in it: print it through `printable`.
 */
export function textReport({ findings, ignored }: Verdict, audited: Audited): readonly string[] {
  const groups = severities.flatMap((severity) => group(severity, findings));
  const { apps, platform } = audited;
  return [
    `${counted(apps.length, "app")}: ${apps.join(", ")}; ${platform}`,
    ...groups,
    ...ignoredLines(ignored),
    "",
    score(findings),
  ];
}

const headings: Readonly<Record<Severity, string>> = {
  error: "Errors: it doesn't work, or a secret can leak",
  warning: "Warnings: trouble is likely",
  info: "Notes",
};

function group(severity: Severity, findings: readonly Finding[]): readonly string[] {
  const members = findings.filter((finding) => finding.severity === severity);
  return members.length === 0 ? [] : ["", headings[severity], ...members.flatMap(lines)];
}

function lines(finding: Finding): readonly string[] {
  return [
    "",
    `  ${placeText(finding)}  ${finding.rule}`,
    `    ${finding.message}`,
    `    why: ${finding.why}`,
    ...fixLines(finding).map((line) => `    ${line}`),
  ];
}

function ignoredLines(ignored: readonly IgnoredFinding[]): readonly string[] {
  if (ignored.length === 0) return [];
  return [
    "",
    "Ignored, and not counted",
    "",
    ...ignored.flatMap((finding) => [
      `  ${placeText(finding)}  ${finding.rule}`,
      `    ${finding.message}`,
      `    ignored: ${finding.ignored.reason}`,
    ]),
  ];
}

/** `file:line:column`, as editors and terminals know to open it, or the name of what is on the platform. */
function placeText({ location }: Finding): string {
  return location.kind === "resource"
    ? location.resource
    : `${location.file}:${location.line}:${location.column}`;
}

function fixLines({ fix }: Finding): readonly string[] {
  if (fix === undefined) return [];
  if (fix.kind === "changes")
    return [`fix: ${fix.title}${fix.disposition === "safe" ? "" : " (needs a look)"}`];
  return [`fix by hand: ${fix.title}`, ...failureLines(fix.refusal).map((line) => `  ${line}`)];
}

function score(findings: readonly Finding[]): string {
  if (findings.length === 0) return "Nothing found.";
  const { error, warning, info } = countsOf(findings);
  const total = [counted(error, "error"), counted(warning, "warning"), counted(info, "note")];
  const safe = findings.filter(isSafe).length;
  return `${total.join(", ")}; --fix puts ${safe} of ${findings.length} right by itself`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
