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
