import type { Finding } from "../../audit/finding.ts";
import { fixItem, fixWords } from "../../audit/guided/fix-plan.ts";
import type { Change } from "../../change/change.ts";
import type { PlanItem } from "../../dialogue/plan.ts";

/** A change that a fix comes to. */
export interface FixChange {
  readonly finding: Finding;
  readonly change: Change;
}

/**
 * The plan of an unattended `--fix`: what it sets out to do, in the order of doing, and after that what it could do as well
 * and isn't asked for, which is out of it.
 *
 * @param asked the changes of the fixes that are asked for, as they follow from each other
 * @param left what is found once these are made
 * @param isAsked whether a finding's fix is asked for
 */
export function fixItems(
  asked: readonly FixChange[],
  left: readonly Finding[],
  isAsked: (finding: Finding) => boolean,
): readonly PlanItem[] {
  const changesOf = new Map<Finding, Change[]>();
  for (const { finding, change } of asked) {
    const changes = changesOf.get(finding);
    if (changes === undefined) changesOf.set(finding, [change]);
    else changes.push(change);
  }
  const out = left.flatMap((finding): readonly [Finding, readonly Change[]][] => {
    const fix = finding.fix?.();
    return fix?.kind === "changes" && !isAsked(finding) ? [[finding, fix.changes]] : [];
  });
  const items = [
    ...[...changesOf].map(([finding, changes]) => ({ finding, changes, marked: true })),
    ...out.map(([finding, changes]) => ({ finding, changes, marked: false })),
  ];
  return items.map(({ finding, changes, marked }, index) =>
    fixItem(
      { id: `${finding.rule} ${index + 1}`, ...fixWords(finding, changes) },
      { marked, final: isFinal(changes) },
    ),
  );
}

/** Whether changes of a fix can't be taken back: what a variable held is gone with it. */
export function isFinal(changes: readonly Change[]): boolean {
  return changes.some(({ kind }) => kind === "variable-deletion");
}
