import type { Preview } from "../../change/preview.ts";
import type { Finding, Verdict } from "../finding.ts";
import type { SourceLine } from "./source-lines.ts";

/** What the safe fixes come to, before they are made. */
interface SafeFixes {
  /** How many findings they put right. */
  readonly count: number;
  /** One preview a file or request, each from what is now to what will be. */
  readonly previews: readonly Preview[];
}

/**
 * An audit that a person works through. It knows files, rules and the API; the faces that show it, screens and
 * lines, know none of them. After each change the audit is run again.
 */
export interface GuidedAudit {
  /** What is audited, in a few words. */
  readonly title: string;
  /** Who is signed in. */
  readonly account: string;
  /** Project and environment, as far as known. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What counts and what may stay, now; the same object until something has changed. */
  verdict(): Verdict;
  /** The lines of the file that a finding is about, with some around; none when it is not in a file. */
  source(finding: Finding): readonly SourceLine[];
  /** What the fix of a finding would change; nothing when it has no fix. */
  previews(finding: Finding): readonly Preview[];
  /** Puts a finding right, and gives what was done, a line each. Throws a `Failure` when that is refused. */
  fix(finding: Finding): Promise<readonly string[]>;
  /** What all the safe fixes together would change. */
  safeFixes(): Promise<SafeFixes>;
  /** Makes the safe fixes, one after the other. Throws the `Failure` of the first that is refused. */
  fixSafe(): Promise<readonly string[]>;
  /** What would be written to have a finding ignored for this reason. Throws a `Failure` when that can't be written. */
  ignorePreviews(finding: Finding, reason: string): readonly Preview[];
  /** Writes that. Throws as `fix` does. */
  ignore(finding: Finding, reason: string): Promise<readonly string[]>;
  /** What there is to say about a rule, as lines. */
  explain(rule: string): readonly string[];
  /** The address of the manual's page on a rule, if it has one. */
  manual(rule: string): string | undefined;
  /** Opens a page in the browser. Throws a `Failure` where there is none. */
  browse(address: string): Promise<void>;
  /** Reads files and API again. Throws a `Failure` when that fails; the findings are as before then. */
  reread(): Promise<void>;
}
