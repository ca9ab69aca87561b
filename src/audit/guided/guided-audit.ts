import type { Preview } from "../../change/preview.ts";
import type { NamedVendor } from "../../vendors/detection.ts";
import type { Finding, Verdict } from "../finding.ts";
import type { SourceLine } from "./source-lines.ts";

/** One of the safe fixes, before they are made. */
export interface SafeFix {
  /** What it is known by, however many of the others are made. */
  readonly id: string;
  /** What it does: "Add the guard". */
  readonly title: string;
  /** Where, the line first: ":64 .platform.app.yaml". */
  readonly place: string;
  /** What is wrong there, and why. */
  readonly facts: readonly string[];
  /** What it changes once those before it are made. */
  readonly previews: readonly Preview[];
}

/** Something that a person had done about the findings. */
export interface GuidedAction {
  readonly kind: "fixed" | "ignored";
  /** What was done, a line a change. */
  readonly lines: readonly string[];
}

/**
 * An audit that a person works through. It knows files, rules and the API; the faces that show it, screens and
 * lines, know none of them. After each change the audit is run again.
 */
export interface GuidedAudit {
  /** What is audited, in a few words. */
  readonly title: string;
  /** The address of who is signed in; or why nobody is, in a sentence and in a word or two. */
  readonly account:
    | { readonly name: string }
    | { readonly because: string; readonly inShort: string };
  /** Project and environment, as far as known. */
  readonly place: readonly string[];
  /** Whose project it is; undefined where that is only assumed. */
  readonly vendor: NamedVendor | undefined;
  /** What counts and what may stay, now; the same object until something has changed. */
  verdict(): Verdict;
  /** The lines of the file that a finding is about, with some around; none when it is not in a file. */
  source(finding: Finding): readonly SourceLine[];
  /** What the fix of a finding would change; nothing when it has no fix. */
  previews(finding: Finding): readonly Preview[];
  /** Puts a finding right, and gives what was done, a line each. Throws a `Failure` when that is refused. */
  fix(finding: Finding): Promise<readonly string[]>;
  /** The safe fixes in the order in which they are made; those that are taken out come as if they were made alone. */
  safeFixes(out: ReadonlySet<string>): Promise<readonly SafeFix[]>;
  /** Makes those that aren't taken out, one after the other. Throws the `Failure` of the first that is refused. */
  fixSafe(out: ReadonlySet<string>): Promise<readonly string[]>;
  /** What would be written to have a finding ignored for this reason. Throws a `Failure` when that can't be written. */
  ignorePreviews(finding: Finding, reason: string): readonly Preview[];
  /** Writes that. Throws as `fix` does. */
  ignore(finding: Finding, reason: string): Promise<readonly string[]>;
  /** What a person has done here so far, in the order of doing. */
  actions(): readonly GuidedAction[];
  /** Takes the last of these back, and gives what was done, a line each. Throws as `fix` does. */
  takeBack(): Promise<readonly string[]>;
  /** Has the person's own editor open the file at the line, and reads everything again once it is closed. Throws a `Failure`. */
  edit(finding: Finding): Promise<void>;
  /** What there is to say about a rule, as lines. */
  explain(rule: string): readonly string[];
  /** The address of the manual's page on a rule, if it has one. */
  manual(rule: string): string | undefined;
  /** Opens a page in the browser. Throws a `Failure` where there is none. */
  browse(address: string): Promise<void>;
  /** Reads files and API again. Throws a `Failure` when that fails; the findings are as before then. */
  reread(): Promise<void>;
}
