import type { Change } from "../change/change.ts";
import type { FailureParts } from "../failure.ts";

/** How grave a finding is, the gravest first: what fails or leaks, what is likely to, and what is good to know. */
export const severities = ["error", "warning", "info"] as const;
/** One of them. */
export type Severity = (typeof severities)[number];

/** How sure the audit is: proven, likely, or only possible. */
export type Confidence = "high" | "medium" | "low";

/** Where in a file: lines and columns count from 1, columns in UTF-16 units, the end is exclusive. */
export interface FileLocation {
  readonly kind: "file";
  /** The path as people know it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Something on the platform: "variable env:PLATFORMSH_CLI_TOKEN on main". */
export interface ResourceLocation {
  readonly kind: "resource";
  readonly resource: string;
}

/** How to put a finding right: the changes, or why only a person can make them. */
export type Fix =
  | {
      readonly kind: "changes";
      /** In the imperative: "Add --no-wait to backup:create". */
      readonly title: string;
      /** Safe fixes change nothing but what the finding says; the others need a look. */
      readonly disposition: "safe" | "unsafe";
      /** Why it needs a look: a clause that goes on after "because". */
      readonly because?: string;
      readonly changes: readonly Change[];
    }
  | { readonly kind: "by-hand"; readonly title: string; readonly refusal: FailureParts };

/** Plans a fix and proves it, when it is first asked; many a finding is only counted. */
export type FixPlan = () => Fix;

/** One thing that is wrong, where, why it matters and what to do. */
export interface Finding {
  /** The rule's id: "cron-guard-missing". */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What is wrong, in one sentence with the names in it. */
  readonly message: string;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  readonly location: FileLocation | ResourceLocation;
  readonly fix?: FixPlan;
}

/** Who says that a finding may stay, and why. */
export interface IgnoreReason {
  readonly by: "comment" | "configuration" | "baseline";
  readonly reason: string;
}

/** A finding that may stay: it is told, and doesn't count. */
export interface IgnoredFinding extends Finding {
  readonly ignored: IgnoreReason;
}

/** Something that the audit didn't look at. What stands there is neither fine nor wrong. */
export interface Unread {
  /** As people call it: "the variables of main". */
  readonly what: string;
  readonly why: string;
  /** The ids of the rules that find nothing without it, or less. */
  readonly rules: readonly string[];
  /** Whether whoever started the audit left it out; only what is left out by need makes an audit incomplete. */
  readonly byChoice: boolean;
}

/** All that an audit came to, in the order of the files. */
export interface Verdict {
  /** What counts. */
  readonly findings: readonly Finding[];
  readonly ignored: readonly IgnoredFinding[];
  /** What wasn't looked at. */
  readonly unread: readonly Unread[];
}

/** What makes a finding known again once lines have moved. */
interface Known {
  /** 32 hexadecimal digits, from the rule, the file or resource, and the text of the line. */
  readonly fingerprint: string;
}

/** A finding that can be known again once lines have moved. */
export type KnownFinding = Finding & Known;

/** A verdict whose findings can be known again. */
export interface KnownVerdict extends Verdict {
  readonly findings: readonly KnownFinding[];
  readonly ignored: readonly (IgnoredFinding & Known)[];
}
