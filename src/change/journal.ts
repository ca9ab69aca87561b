import { type ReleaseLock, takeLock } from "../disk/lock.ts";
import { Failure } from "../failure.ts";
import type { Change } from "./change.ts";
import type { AnyRecord } from "./kinds/kind.ts";
import { recordOf } from "./kinds/kind-of.ts";
import { type JournalEntry, type JournalRun, newRunPath, runPlace, writeRun } from "./run-file.ts";

/** Something that a run set about to change, and what became of it. */
export interface Attempt {
  readonly change: Change;
  readonly record: AnyRecord;
  /** When it was begun, ISO 8601 in UTC. */
  readonly at: string;
  /** "begun" as long as nobody knows whether it happened, "not done" once it surely did not. */
  readonly state: "begun" | "done" | "not done";
  /** How that ended what it set off, each way once: "deployed". */
  readonly ends: readonly string[];
  /** Whether the journal on disk says the same; what is not there, undo doesn't know of. */
  readonly isWritten: boolean;
}

/** What one run does, written down so that it can be taken back, even when the run was killed. */
export interface Journal {
  /** The environment of the command, in which the programs are that a change is made with. */
  readonly env: NodeJS.ProcessEnv;
  /** All that the run set about to change and did not take back, in order, also what could not be written down. */
  readonly attempts: readonly Attempt[];
  /**
   * Writes a change down as pending, before it is made. The first one takes the lock of the directory.
   * Throws a Failure when that can't be done; the change is not to be made then.
   */
  begin(change: Change): Promise<PendingChange>;
  /** Takes note that an attempt was taken back: it is none of the run's any more. Throws as `PendingChange.done` does. */
  takenBack(attempt: Attempt): Promise<void>;
  /** Gives the lock back. A run that ends without doing so loses it by ending. */
  close(): Promise<void>;
}

interface PendingChange {
  /**
   * Counts it as done, and writes that down. Throws a Failure when it can't be written; it is done all the same.
   *
   * @param id what the change gave that is known only now
   */
  done(id?: string): Promise<void>;
  /** Counts it as not done, and takes it out of the journal again. */
  drop(): Promise<void>;
  /** Notes how that ended what the change set off. */
  ended(ends: readonly string[]): void;
}

/**
 * Opens the journal of a run. Nothing is written and no lock is taken before the first entry.
 *
 * @param directory the directory the run is for
 * @param env says where the state is kept
 * @param signal nothing is begun any more once it is aborted
 */
export async function openJournal(
  directory: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Journal> {
  const place = await runPlace(directory, env);
  const run: JournalRun = { version: 1, directory: place.directory, started: "", entries: [] };
  const attempts: Noted[] = [];
  const entries = new Map<Attempt, JournalEntry>();
  let path: string | undefined;
  let release: ReleaseLock | undefined;

  const save = async (what: string) => {
    try {
      run.started ||= new Date().toISOString();
      path ??= await newRunPath(place);
      await writeRun(path, run);
    } catch (error) {
      throw unwritable(what, path ?? place.runs, error);
    }
    for (const attempt of attempts) attempt.isWritten = true;
  };

  return {
    env,
    attempts,
    begin: async (change) => {
      if (signal?.aborted) throw new Failure("interrupted", { what: "Interrupted" });
      const record = recordOf(change);
      const attempt: Noted = {
        change,
        record,
        at: new Date().toISOString(),
        state: "not done",
        ends: [],
        isWritten: false,
      };
      attempts.push(attempt);
      release ??= await takeLock(place.lock);
      const entry: JournalEntry = { state: "pending", deed: record };
      entries.set(attempt, entry);
      const without = run.entries;
      run.entries = [...without, entry];
      try {
        await save("The journal can't be written; the change was not made");
      } catch (error) {
        run.entries = without;
        throw error;
      }
      attempt.state = "begun";
      return {
        done: async (id) => {
          const known = id === undefined ? record : { ...record, id };
          entry.state = "done";
          entry.deed = known;
          Object.assign(attempt, { state: "done", record: known, isWritten: false });
          await save("The change was made, but the journal can't be written");
        },
        drop: async () => {
          attempt.state = "not done";
          run.entries = run.entries.filter((other) => other !== entry);
          // Why it was not made counts more; an entry that stays there is looked at by undo, which finds nothing to do.
          await save("").catch(() => undefined);
        },
        ended: (ends) => {
          attempt.ends = ends;
        },
      };
    },
    takenBack: async (attempt) => {
      const entry = entries.get(attempt);
      if (entry !== undefined) entry.state = "undone";
      attempts.splice(0, attempts.length, ...attempts.filter((other) => other !== attempt));
      await save("It is taken back, but the journal can't be written");
    },
    close: async () => {
      await release?.();
      release = undefined;
    },
  };
}

type Noted = { -readonly [Key in keyof Attempt]: Attempt[Key] };

function unwritable(what: string, where: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const why = error instanceof Error ? error.message : String(error);
  const next = "make its directory writable, or name another one in MACHINIST_HOME";
  return new Failure("unexpected", { what, where, why, next }, { cause: error });
}
