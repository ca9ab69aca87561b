import { Failure } from "../failure.ts";
import { type Release, takeLock } from "./lock.ts";
import { type Deed, type Entry, newRunPath, type Run, runPlace, writeRun } from "./run-file.ts";

/** What one run does, written down so that it can be taken back, even when the run was killed. */
export interface Journal {
  /** Writes a deed down as pending, before it is done. The first one takes the lock of the directory. */
  begin(deed: Deed): Promise<PendingDeed>;
  /** Gives the lock back. A run that ends without doing so loses it by ending. */
  close(): Promise<void>;
}

interface PendingDeed {
  /** Writes down that it is done. @param deed with what is known only now: an id */
  done(deed: Deed): Promise<void>;
  /** Takes it out again: it did not happen. */
  drop(): Promise<void>;
}

/**
 * Opens the journal of a run. Nothing is written and no lock is taken before the first entry.
 *
 * @param directory the directory the run is for
 * @param env says where the state is kept
 */
export async function openJournal(directory: string, env: NodeJS.ProcessEnv): Promise<Journal> {
  const place = await runPlace(directory, env);
  const started = new Date().toISOString();
  const path = newRunPath(place, started);
  const run: Run = { version: 1, directory: place.directory, started, entries: [] };
  const save = (what: string) =>
    writeRun(path, run).catch((error: unknown) => {
      throw unwritable(what, path, error);
    });
  let release: Release | undefined;

  return {
    begin: async (deed) => {
      const what = "The journal can't be written; the change was not made";
      release ??= await takeLock(place.lock).catch((error: unknown) => {
        throw unwritable(what, place.lock, error);
      });
      const entry: Entry = { state: "pending", deed };
      const without = run.entries;
      run.entries = [...without, entry];
      await save(what).catch((error: unknown) => {
        run.entries = without;
        throw error;
      });
      return {
        done: async (known) => {
          entry.state = "done";
          entry.deed = known;
          await save("The change was made, but the journal can't be written");
        },
        drop: async () => {
          run.entries = run.entries.filter((other) => other !== entry);
          await save("The change was not made, but the journal can't be written");
        },
      };
    },
    close: async () => {
      await release?.();
      release = undefined;
    },
  };
}

function unwritable(what: string, where: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const why = error instanceof Error ? error.message : String(error);
  const next = "make its directory writable, or name another one in MACHINIST_HOME";
  return new Failure("unexpected", { what, where, why, next }, { cause: error });
}
