import { createHash } from "node:crypto";
import { readdir, realpath, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { ownFolder } from "../disk/folders.ts";
import { replaceFile } from "../disk/replace-file.ts";
import { Failure } from "../failure.ts";
import { largestChanged, readRegularText } from "../regular-file.ts";
import { stateDirectory } from "../settings.ts";
import type { AnyRecord } from "./kinds/kind.ts";
import { kinds } from "./kinds/registry.ts";

/** What the journal keeps of a change, as its kind has it. */
const record: v.GenericSchema<unknown, AnyRecord> = v.variant(
  "kind",
  kinds.map((kind) => kind.record),
);

/** An entry is pending before its change is made, done after it, undone when it was taken back. */
const entry = v.object({
  state: v.picklist(["pending", "done", "undone"]),
  /** Under this name the files have it since the first version. */
  deed: record,
});

const run = v.object({
  version: v.literal(1),
  /** Absolute path of the directory the run was started for. */
  directory: v.string(),
  /** When it made its first change, ISO 8601 in UTC. */
  started: v.string(),
  entries: v.array(entry),
});

/** A run as its file has it. */
const kept = v.strictObject({
  ...run.entries,
  /** SHA-256 of the rest, in hexadecimal. */
  checksum: v.string(),
});

/** One change as the journal keeps it: what it was, and how far it came. */
export type JournalEntry = v.InferOutput<typeof entry>;
/** One run as the journal keeps it, with its changes in order. */
export type JournalRun = v.InferOutput<typeof run>;

/** Where the runs of a directory are kept, and the lock that guards them. */
export interface RunPlace {
  /** Absolute path of the real directory. */
  readonly directory: string;
  readonly runs: string;
  readonly lock: string;
  /** Where setups are kept that are not finished. */
  readonly setups: string;
}

/** @param directory an existing directory; the same one by whatever path it is named */
export async function runPlace(directory: string, env: NodeJS.ProcessEnv): Promise<RunPlace> {
  const real = await realpath(directory).catch(() => resolve(directory));
  const key = createHash("sha256").update(real).digest("hex").slice(0, 24);
  const state = stateDirectory(env);
  return {
    directory: real,
    runs: join(state, "journal", key),
    lock: join(state, "locks", `${key}.json`),
    setups: join(state, "setups", key),
  };
}

/**
 * A path for a run that comes after all that are there: runs are numbered in their order, since a clock may be put back.
 * Whoever asks has the lock of the directory.
 */
export async function newRunPath(place: RunPlace): Promise<string> {
  const [last = 0] = await runNumbers(place);
  return join(place.runs, `${last + 1}.json`);
}

/** The runs of a directory, the last one first. Throws a Failure when they can't be listed. */
export async function runPaths(place: RunPlace): Promise<readonly string[]> {
  const numbers = await runNumbers(place);
  return numbers.map((number) => join(place.runs, `${number}.json`));
}

async function runNumbers({ runs }: RunPlace): Promise<readonly number[]> {
  const names = await readdir(runs).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw unreadable(
      runs,
      error.message,
      "make it readable, or name another place in MACHINIST_HOME",
    );
  });
  return names
    .flatMap((name) => /^([1-9]\d{0,8})\.json$/u.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
}

/**
 * Reads a run. Throws a Failure when the file can't be read, is not as it was written (a changed byte would be put into
 * somebody's file by an undo), or is of a later version; nothing is guessed then.
 */
export async function readRun(path: string): Promise<JournalRun> {
  const text = await readRegularText(path, largestChanged).catch((error: Error) => {
    throw unreadable(path, error.message, "make it readable, then start again");
  });
  const byHand = "take the changes back by hand, then delete the file";
  try {
    const { checksum, ...content } = v.parse(kept, JSON.parse(text));
    if (checksum === checksumOf(content)) return content;
  } catch (error) {
    if (!(error instanceof SyntaxError || v.isValiError(error))) throw error;
    throw unreadable(
      path,
      "it is damaged, or a later version of machinist wrote it",
      byHand,
      error,
    );
  }
  throw unreadable(path, "it was changed since it was written: its checksum is another", byHand);
}

/** Writes a run so that only its owner can read it; a run without entries is removed. */
export async function writeRun(path: string, content: JournalRun): Promise<void> {
  if (content.entries.length === 0) return rm(path, { force: true });
  await ownFolder(dirname(path));
  const whole = { ...content, checksum: checksumOf(content) };
  await replaceFile(path, { text: `${JSON.stringify(whole, null, 2)}\n`, mode: 0o600 });
}

/** Over what the file means, in the order in which the schema has it, however it is spaced. */
function checksumOf(content: JournalRun): string {
  return createHash("sha256")
    .update(JSON.stringify(v.parse(run, content)))
    .digest("hex");
}

function unreadable(where: string, why: string, next: string, cause?: unknown): Failure {
  const what = "The journal can't be read; nothing was done";
  return new Failure("unexpected", { what, where, why, next }, { cause });
}
