import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { takeLock } from "../../disk/lock.ts";
import { replaceFile, UnclearReplacement } from "../../disk/replace-file.ts";
import { Failure, type FailureParts, UnclearFailure } from "../../failure.ts";
import { largestChanged, readRegularText } from "../../regular-file.ts";
import { readState, stateText } from "../../sandbox/state.ts";
import type { Contents } from "../../sandbox/store.ts";

/** The file that a sandbox keeps its state in, and nobody else's while it is open. */
export interface StateFile {
  /** Absolute, with links followed. */
  readonly path: string;
  /** What it has; undefined when there is no such file yet. */
  readonly contents: Contents | undefined;
  /**
   * Replaces what it has, at once or not at all, unless it says the same. Nobody but its owner may read it.
   *
   * @throws Failure when it can't be written, or something else wrote it meanwhile; it is left alone then
   */
  write(text: string): Promise<void>;
  /** Lets others have it. */
  close(): Promise<void>;
}

/**
 * Opens the file of a state, or the place where one will be.
 *
 * @param given its path, from the working directory
 * @throws Failure when there is no such folder, another sandbox has the file open, or what it holds can't be used; the file
 *   is as it was
 */
export async function openStateFile(given: string): Promise<StateFile> {
  const path = await placeOf(given);
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  const close = await takeLock(lock, "Another sandbox keeps its state in this file").catch(
    (error: unknown) => {
      if (error instanceof Failure) throw error;
      throw unusable("The state can't be kept there", given, reasonOf(error));
    },
  );
  try {
    let left = await markOf(path);
    const found = await textOf(path);
    const contents = found === undefined ? undefined : contentsOf(found, given);
    let text = contents && stateText(contents);
    return {
      path,
      contents,
      write: async (next) => {
        if (next === text) return;
        await replaceFile(path, {
          text: next,
          mode: 0o600,
          check: async () => requireUntouched(path, left),
        }).catch((error: unknown) => {
          if (error instanceof Failure) throw error;
          const parts = { where: path, why: reasonOf(error) };
          if (error instanceof UnclearReplacement)
            throw new UnclearFailure("unexpected", {
              ...parts,
              what: "It isn't known whether the state of the sandbox was written",
              next: "look at the file's time; it has what it had before, or all of the new state",
            });
          throw new Failure("unexpected", {
            ...parts,
            what: "The state of the sandbox can't be written",
            next: "make room for it; what the file had before is still there",
          });
        });
        text = next;
        left = await markOf(path);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A link is followed, so that it is the file that is replaced, and two names of one file are one lock. */
async function placeOf(given: string): Promise<string> {
  if (given === "") throw unusable("A name for the file is missing", "--state");
  const path = resolve(given);
  const folder = await realpath(dirname(path)).catch(() => undefined);
  if (folder === undefined || !(await stat(folder)).isDirectory()) {
    throw unusable("There is no such folder for the state", given);
  }
  const inFolder = join(folder, basename(path));
  const found = await lstat(inFolder).catch(() => undefined);
  if (found === undefined) return inFolder;
  const real = await realpath(inFolder).catch(() => undefined);
  if (real !== undefined && (await stat(real)).isFile()) return real;
  throw unusable("The state can't be kept there", given, "this is no file");
}

async function textOf(path: string): Promise<string | undefined> {
  return readRegularText(path, largestChanged).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw unusable("The state can't be read", path, reasonOf(error));
  });
}

function contentsOf(text: string, given: string): Contents {
  const read = readState(text);
  if (read.kind === "usable") return read.contents;
  throw unusable("The file can't be used as the state of a sandbox", given, read.why);
}

/** Tells one writing of a file from another; undefined where there is no file. */
async function markOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && [found.dev, found.ino, found.size, found.mtimeNs].join(" ");
}

/** A file that was removed is written anew; one that somebody else wrote is theirs. */
async function requireUntouched(path: string, left: string | undefined): Promise<void> {
  const now = await markOf(path);
  if (now === undefined || now === left) return;
  throw new Failure("uneditable", {
    what: "The state of the sandbox is not written any more",
    where: path,
    why: "something else changed the file while the sandbox ran",
    next: "move that file away while the sandbox runs; its next change is written then",
  });
}

function unusable(what: string, where: string, why?: string): Failure {
  const parts: FailureParts = {
    what,
    where,
    next: "name another file with --state, which may be a new one; nothing was written",
  };
  return new Failure("usage", why === undefined ? parts : { ...parts, why });
}

function reasonOf(error: unknown): string {
  const cause = error instanceof UnclearReplacement ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return `the system answered ${code ?? "with an error"}`;
}
