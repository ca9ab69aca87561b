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
