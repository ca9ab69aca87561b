import { ignoreRules } from "./ignore/rules.ts";
import { rules } from "./registry.ts";
import type { RuleDescription } from "./rule.ts";
import { fileUnreadable } from "./unreadable.ts";

/** Everything that a finding can be of: the rules, and what is wrong with the audit's own comments and the files as such. */
export const catalogue: readonly RuleDescription[] = [...rules, ...ignoreRules, fileUnreadable];
