import type { Attempt } from "./journal.ts";
import { kindOf } from "./kinds/kind-of.ts";
import { doneLine, previewOf } from "./preview.ts";

/** Something that was to be done, and what a person can do about it now. */
export interface LedgerEntry {
  /** Printable, without secrets. */
  readonly what: string;
  readonly next?: string;
}

/** Something that is done. */
interface Done extends LedgerEntry {
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** What became of all that a run was to do. Every ending is told from it, whatever ended the run. */
export interface Ledger {
  readonly done: readonly Done[];
  /** Tried, and surely not done. */
  readonly failed: readonly LedgerEntry[];
  /** Tried, and nobody knows whether it was done. */
  readonly unknown: readonly LedgerEntry[];
  /** Wished, and not tried. */
  readonly leftOut: readonly LedgerEntry[];
}

/**
 * The ledger of a run, from what its journal says. What was tried again counts as it ended the last time.
 *
 * @param leftOut what was wished and not tried
 */
export function ledgerOf(
  attempts: readonly Attempt[],
  leftOut: readonly LedgerEntry[] = [],
): Ledger {
  const titled = attempts.map((attempt) => ({ attempt, title: previewOf(attempt.change).title }));
  const last = titled.filter(
    ({ title, attempt }, index) =>
      attempt.state === "done" || !titled.slice(index + 1).some((later) => later.title === title),
  );
  const inState = (state: Attempt["state"]) =>
    last.filter(({ attempt }) => attempt.state === state);
  return {
    done: inState("done").map(({ attempt }) => doneEntry(attempt)),
    failed: inState("not done").map(({ title }) => ({ what: title })),
    unknown: inState("begun").map(({ attempt, title }) => ({
      what: title,
      next: kindOf(attempt.change).whereToLook(attempt.change),
    })),
    leftOut,
  };
}

function doneEntry({ change, record, ends, isWritten, at }: Attempt): Done {
  const what = [doneLine(change, record.id), ...ends].join("; ");
  if (isWritten) return { at, what };
  return { at, what, next: "it could not be written down, so undo can't take it back by itself" };
}

/** Whether all that was wished is done. */
export function isWhole({ failed, unknown, leftOut }: Ledger): boolean {
  return failed.length + unknown.length + leftOut.length === 0;
}

/** Whether the run may have changed anything. */
export function hasChanged({ done, unknown }: Ledger): boolean {
  return done.length + unknown.length > 0;
}

/** The ledger for a person, an entry a line; nothing of a run that was to do nothing. */
export function ledgerLines(ledger: Ledger): readonly string[] {
  const told = (word: string, entries: readonly LedgerEntry[]) =>
    entries.map(({ what, next }) => `${word}: ${what}${next === undefined ? "" : `; ${next}`}`);
  return [
    ...told("done", ledger.done),
    ...told("failed, and not done", ledger.failed),
    ...told("not known whether done", ledger.unknown),
    ...told("left out", ledger.leftOut),
  ];
}
