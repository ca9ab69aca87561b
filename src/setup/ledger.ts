import { watchAftermath } from "../change/aftermath.ts";
import { type Applied, applyChange } from "../change/apply.ts";
import type { Change } from "../change/change.ts";
import type { Journal } from "../change/journal.ts";
import type { Connection } from "../platform/connection.ts";
import type { PlatformFacts } from "./facts.ts";
import type { Effect } from "./session.ts";

/** The changes of one setup: the one way to make them, and what became of them. */
export interface Ledger {
  /**
   * Applies a change, or notes it in a dry run, and waits for what it sets off. Gives one line in the past tense.
   * @param as the connection to make it with, when that is another than the operator's
   */
  apply(change: Change, facts: PlatformFacts | undefined, as?: Connection): Promise<string>;
  /** What a file would hold after the changes of a dry run; undefined when it is as it is on disk. */
  planned(file: string): string | undefined;
  /** Every change applied or, in a dry run, agreed to, in order. */
  readonly changes: readonly Change[];
  /** What was done, one line each, in order. */
  readonly done: readonly string[];
  /** The same, with the moment of each, ISO 8601 in UTC. */
  readonly record: readonly { readonly at: string; readonly line: string }[];
}

export interface LedgerOptions {
  readonly effect: Effect;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly pollMs: number;
  /** Whether what a change sets off is watched to its end. */
  readonly waits: boolean;
  progress(line: string): void;
}

/** Opens the ledger of one setup. */
export function openLedger(options: LedgerOptions): Ledger {
  const { effect, journal, signal, pollMs, waits, progress } = options;
  const planned = new Map<string, string>();
  const changes: Change[] = [];
  const record: { readonly at: string; line: string }[] = [];

  /** Watches what a change set off, and gives how it ended. */
  const watch = async ({ change, activities, line }: Applied, facts: PlatformFacts) => {
    if (!("project" in change) || activities.length === 0) return line;
    if (!waits) return `${line}; the redeployment goes on by itself`;
    const ends = await watchAftermath(facts.connection, change.project, activities, {
      signal,
      pollMs,
      progress,
    });
    return [line, ...ends].join("; ");
  };

  return {
    changes,
    record,
    get done() {
      return record.map(({ line }) => line);
    },
    planned: (file) => planned.get(file),
    apply: async (change, facts, as = facts?.connection) => {
      if (effect !== "apply") {
        if (change.kind === "file") planned.set(change.path, change.after);
        changes.push(change);
        return "would be done; this is a dry run";
      }
      const applied = await applyChange(change, {
        journal,
        ...(as === undefined ? {} : { connection: as }),
      });
      changes.push(change);
      // The line is kept before the wait: what was done stays true when the wait is interrupted.
      const entry = { at: new Date().toISOString(), line: applied.line };
      record.push(entry);
      if (facts === undefined) return applied.line;
      facts.forget();
      const line = await watch(applied, facts);
      entry.line = line;
      return line;
    },
  };
}
