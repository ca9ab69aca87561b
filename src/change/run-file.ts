import { createHash } from "node:crypto";
import { readdir, realpath, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { ownFolder, replaceFile } from "../disk/replace-file.ts";
import { Failure } from "../failure.ts";
import { largestChanged, readRegularText } from "../regular-file.ts";
import { stateDirectory } from "../settings.ts";

const strings = v.pipe(v.array(v.string()), v.readonly());
const flags = v.object({
  sensitive: v.boolean(),
  enabled: v.boolean(),
  inheritable: v.boolean(),
  visibleAtBuild: v.boolean(),
  visibleAtRuntime: v.boolean(),
  applicationScope: strings,
});
const variable = { project: v.string(), environment: v.string(), name: v.string() };

/** A change as the journal keeps it: what is needed to take it back, and no value of a variable. */
const deed = v.variant("kind", [
  v.object({
    kind: v.literal("file"),
    path: v.string(),
    shown: v.string(),
    purpose: v.string(),
    /** SHA-256 of the file's bytes, in hexadecimal. */
    before: v.string(),
    after: v.string(),
    /** Where in the new text which text took the place of which, in the order of the file. */
    replaced: v.pipe(
      v.array(
        v.object({
          offset: v.number(),
          added: v.string(),
          removed: v.string(),
          /** The lines around `added`, for a file that is edited elsewhere later. */
          around: v.exactOptional(v.object({ before: v.string(), after: v.string() })),
        }),
      ),
      v.readonly(),
    ),
    /** Set when a secret is in what was put in or taken out: then `replaced` is empty, and nothing can be taken back. */
    secret: v.exactOptional(v.literal(true)),
  }),
  v.object({
    kind: v.literal("file-creation"),
    path: v.string(),
    shown: v.string(),
    purpose: v.string(),
    /** SHA-256 of the file as it was made. */
    after: v.string(),
  }),
  v.object({
    kind: v.literal("commit"),
    root: v.string(),
    branch: v.string(),
    parent: v.string(),
    paths: strings,
    /** By its words a commit is known again that was made and not written down. */
    message: v.string(),
    /** The commit; missing as long as it isn't made. */
    id: v.exactOptional(v.string()),
  }),
  v.object({
    kind: v.literal("invitation"),
    project: v.string(),
    email: v.string(),
    permissions: strings,
    /** What the invitation gave that was cancelled by this one. */
    replaced: v.exactOptional(strings),
    /** The invitation's id; missing as long as the API has not answered. */
    id: v.exactOptional(v.string()),
  }),
  v.object({
    kind: v.literal("access"),
    project: v.string(),
    user: v.string(),
    email: v.string(),
    before: strings,
    after: strings,
  }),
  v.object({ kind: v.literal("redeployment"), project: v.string(), environment: v.string() }),
  v.object({
    kind: v.literal("token-revocation"),
    project: v.string(),
    user: v.string(),
    email: v.string(),
    token: v.string(),
    name: v.string(),
  }),
  v.object({
    kind: v.literal("ci-secret"),
    system: v.picklist(["github", "gitlab"]),
    host: v.string(),
    repository: v.string(),
    name: v.string(),
    /** Whether one was there before; its value is nowhere. */
    replaces: v.boolean(),
    /** The checkout's top folder. */
    root: v.string(),
  }),
  v.object({ kind: v.literal("variable-creation"), ...variable, flags }),
  v.object({
    kind: v.literal("variable-update"),
    ...variable,
    before: flags,
    after: flags,
    /** Whether the value was replaced too; the old one is nowhere. */
    value: v.picklist(["kept", "replaced"]),
    /** The variable came from the parent environment, and this made one of the environment's own. */
    overrides: v.exactOptional(v.literal(true)),
  }),
  v.object({
    kind: v.literal("variable-deletion"),
    project: v.string(),
    /** Missing for a variable of the project. */
    environment: v.exactOptional(v.string()),
    name: v.string(),
    flags,
  }),
]);

/** An entry is pending before its change is made, done after it, undone when it was taken back. */
const entry = v.object({ state: v.picklist(["pending", "done", "undone"]), deed });

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

export type Deed = v.InferOutput<typeof deed>;
export type Entry = v.InferOutput<typeof entry>;
export type Run = v.InferOutput<typeof run>;

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
export async function readRun(path: string): Promise<Run> {
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
export async function writeRun(path: string, content: Run): Promise<void> {
  if (content.entries.length === 0) return rm(path, { force: true });
  await ownFolder(dirname(path));
  const whole = { ...content, checksum: checksumOf(content) };
  await replaceFile(path, { text: `${JSON.stringify(whole, null, 2)}\n`, mode: 0o600 });
}

/** Over what the file means, in the order in which the schema has it, however it is spaced. */
function checksumOf(content: Run): string {
  return createHash("sha256")
    .update(JSON.stringify(v.parse(run, content)))
    .digest("hex");
}

function unreadable(where: string, why: string, next: string, cause?: unknown): Failure {
  const what = "The journal can't be read; nothing was done";
  return new Failure("unexpected", { what, where, why, next }, { cause });
}
