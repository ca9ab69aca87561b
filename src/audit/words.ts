import type { Confidence, Finding, Severity } from "./finding.ts";
import type { Needs, RuleDescription } from "./rule.ts";

/** What a rule needs, as tables and pages say it. */
export const needsInWords: Readonly<Record<Needs, string>> = {
  files: "files",
  platform: "the API",
  "machine-token": "the machine token",
};

/** Whether a rule puts things right, as tables and pages say it. */
export const fixableInWords: Readonly<Record<RuleDescription["fixable"], string>> = {
  safe: "yes",
  unsafe: "after a look",
  "by-hand": "by hand",
};

/** That a fix needs a look, and why, where that is known. */
export function lookWords({ because }: { readonly because?: string }): string {
  return because === undefined ? "needs a look" : `needs a look: ${because}`;
}

/** The severities as people read them. */
export const severityWords: Readonly<
  Record<Severity, { readonly one: string; readonly many: string; readonly means: string }>
> = {
  error: { one: "error", many: "errors", means: "it doesn't work, or a secret can leak" },
  warning: { one: "warning", many: "warnings", means: "trouble is likely" },
  info: { one: "note", many: "notes", means: "good to know" },
};

/** How sure a finding is, as people read it. */
export const confidenceWords: Readonly<Record<Confidence, string>> = {
  high: "certain",
  medium: "likely",
  low: "possible",
};

/** Where a finding is: `file:line:column`, as editors know to open it, or what it is about on the platform. */
export function placeWords(location: Finding["location"]): string {
  return location.kind === "resource"
    ? location.resource
    : `${location.file}:${location.line}:${location.column}`;
}

/** A number with its word: "1 error", "3 errors". */
export function countWithSeverity(count: number, severity: Severity): string {
  const { one, many } = severityWords[severity];
  return `${count} ${count === 1 ? one : many}`;
}

/** A message as it stands by itself: with a capital letter where it begins with a word, not with a name. */
export function sentence(message: string): string {
  return message.startsWith("the ") ? `The ${message.slice(4)}` : message;
}
