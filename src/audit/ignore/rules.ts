import type { RuleDescription } from "../rule.ts";

const backup = "platform backup:create --yes";
const hides =
  "An ignore that nobody can read hides what it shouldn't, or hides nothing while everybody believes that it does.";

const shared = {
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
} as const;

/** A comment to the program that it can't read. */
export const ignoreMalformed: RuleDescription = {
  ...shared,
  id: "ignore-malformed",
  what: "A comment that starts with `machinist:` isn't one that the audit can read.",
  why: `${hides} It has to read: machinist: ignore[rule] reason.`,
  example: {
    before: `# machinist: ignore no-wait-missing\n${backup}`,
    after: `# machinist: ignore[no-wait-missing] the next line needs the backup\n${backup}`,
  },
  ignore: "Never: take the comment out, or write it as it has to be.",
};

/** An ignore of a rule that doesn't exist. */
export const ignoreUnknownRule: RuleDescription = {
  ...shared,
  id: "ignore-unknown-rule",
  what: "A comment ignores a rule that there isn't.",
  why: `${hides} The id is misspelt, or the rule has gone.`,
  example: {
    before: `# machinist: ignore[no-wait] the next line needs the backup\n${backup}`,
    after: `# machinist: ignore[no-wait-missing] the next line needs the backup\n${backup}`,
  },
  ignore: "Never: `machinist rules` lists the ids.",
};

/** An ignore that doesn't say why. It has no effect. */
export const ignoreWithoutReason: RuleDescription = {
  ...shared,
  id: "ignore-without-reason",
  what: "A comment ignores a rule and doesn't say why, so it has no effect.",
  why: "Whoever reads the file next year has to know whether the reason still holds.",
  example: {
    before: `# machinist: ignore[no-wait-missing]\n${backup}`,
    after: `# machinist: ignore[no-wait-missing] the next line needs the backup\n${backup}`,
  },
  ignore: "Never: write the reason behind the brackets.",
};

/** An ignore of something that isn't found there. */
export const ignoreUnused: RuleDescription = {
  ...shared,
  id: "ignore-unused",
  severity: "info",
  what: "A comment ignores a rule that finds nothing there.",
  why: "What it was written for is gone or stands elsewhere by now, and the next fault of that kind would be hidden by it.",
  example: {
    before: `# machinist: ignore[no-wait-missing] the next line needs the backup\n${backup} --no-wait`,
    after: `${backup} --no-wait`,
  },
  ignore: "Never: take the comment out.",
};

/** What can be wrong with the comments that ignore findings. */
export const ignoreRules: readonly RuleDescription[] = [
  ignoreMalformed,
  ignoreUnknownRule,
  ignoreWithoutReason,
  ignoreUnused,
];
