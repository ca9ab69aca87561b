import type { Finding } from "../../audit/finding.ts";
import { isStillThere, nameOf } from "../../audit/guided/same-finding.ts";
import { isSafe } from "../../audit/summary.ts";
import type { Change } from "../../change/change.ts";
import type { UnsafeFixes } from "./options.ts";

/** What is under audit while fixes are made. */
export interface UnderFix {
  /** What counts now. */
  findings(): readonly Finding[];
  /** Takes note of a change that was made, or that is looked at as if it were. */
  changed(change: Change): void | Promise<void>;
}

/** Makes a change, or only shows it, and gives the line that tells so. */
export type Make = (change: Change) => Promise<string>;

/**
 * Makes the fixes that are wanted, one after the other; after each, the audit is run again on the result, so that several
 * fixes in one file build on each other. A fix that doesn't do away with its finding is not tried again.
 *
 * @param isWanted of a finding that changes can put right
 * @returns what was done, one line each
 */
export async function makeFixes(
  audited: UnderFix,
  isWanted: (finding: Finding) => boolean,
  make: (change: Change, finding: Finding) => Promise<string>,
): Promise<readonly string[]> {
  const done: string[] = [];
  const tried = new Set<string>();
  const inVain = new Set<string>();
  for (;;) {
    const findings = audited.findings();
    const next = findings.find(
      (finding) =>
        isWanted(finding) &&
        finding.fix?.().kind === "changes" &&
        !tried.has(keyOf(finding)) &&
        !inVain.has(nameOf(finding)),
    );
    const fix = next?.fix?.();
    if (next === undefined || fix?.kind !== "changes") return done;
    tried.add(keyOf(next));
    done.push(...(await makeChanges(audited, fix, (change) => make(change, next))));
    if (isStillThere(next, findings, audited.findings())) inVain.add(nameOf(next));
  }
}

/** Which fixes are made without a person: the safe ones, and those of the rules that are named. */
export function wantedFixes(rules: UnsafeFixes): (finding: Finding) => boolean {
  return (finding) => isSafe(finding.fix?.()) || rules === "all" || rules.includes(finding.rule);
}

/** Makes the changes of one fix. Throws the `Failure` of the change that can't be made. */
export async function makeChanges(
  audited: Pick<UnderFix, "changed">,
  fix: { readonly changes: readonly Change[] },
  make: Make,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const change of fix.changes) {
    lines.push(await make(change));
    await audited.changed(change);
  }
  return lines;
}

/** The same finding, as far as it can be known again once lines have moved. */
function keyOf({ rule, message, fix: plan }: Finding): string {
  const fix = plan?.();
  const edits = fix?.kind === "changes" ? JSON.stringify(fix.changes) : "";
  return `${rule}\n${message}\n${edits}`;
}
