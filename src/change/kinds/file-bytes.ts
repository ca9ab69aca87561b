import { createHash } from "node:crypto";
import { Failure, type FailureParts } from "../../failure.ts";
import { largestChanged, readRegularFile } from "../../regular-file.ts";
import type { Assessment, LaterChange } from "./kind.ts";

/** SHA-256 of a file's bytes, or of a text as UTF-8, in hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What is in a file; undefined where none is there, and the error where that can't be told. */
export async function bytesOf(path: string): Promise<Buffer | Error | undefined> {
  try {
    return await readRegularFile(path, largestChanged);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return "code" in error && error.code === "ENOENT" ? undefined : error;
  }
}

/** A file that can't be read says nothing about what is to be taken back. */
export function blockedByReading(shown: string, { message }: Error): Assessment {
  const failure = new Failure("uneditable", {
    what: "The file can't be read",
    where: shown,
    why: message,
    next: "put that right, then undo again",
  });
  return { kind: "blocked", failure };
}

/** By what a file was changed after a run wrote it: by later changes of the run alone, or somehow else as well. */
export interface Since {
  readonly by: "the run" | "others";
  /** The later changes of the run that are in it: "Change 1", "Changes 1 and 2"; empty where none is. */
  readonly named: string;
}

/** @param hash of the file, which is not as the change left it */
export function changedSince(hash: string, later: readonly LaterChange[]): Since {
  const numbers = later.map(({ number }) => number);
  const [last, ...rest] = numbers.toReversed();
  const named =
    last === undefined
      ? ""
      : rest.length === 0
        ? `Change ${last}`
        : `Changes ${rest.toReversed().join(", ")} and ${last}`;
  return { by: later[0]?.after === hash ? "the run" : "others", named };
}

/** What to do where later changes of the run stand in the way of taking one back. */
export function whatGoesAlong({ by, named }: Since): Pick<FailureParts, "next"> {
  if (named === "") return {};
  const byHand = by === "the run" ? "" : "; what else was written there, take out by hand";
  return { next: `take ${named.toLowerCase()} back together with it, or first${byHand}` };
}

/**
 * How a file is that a run was writing when it ended.
 *
 * @param before the hash of what it was; undefined when it wasn't there
 */
export async function interruptedWrite(file: {
  readonly path: string;
  readonly shown: string;
  readonly purpose: string;
  readonly before: string | undefined;
  readonly after: string;
}): Promise<string> {
  const { path, shown, purpose, before, after } = file;
  const bytes = await bytesOf(path);
  if (bytes instanceof Error)
    return `The last run was cut off while it wrote ${shown}, which can't be read now: ${bytes.message}`;
  const hash = bytes === undefined ? undefined : hashOf(bytes);
  if (hash === before)
    return `The last run was cut off before it wrote ${shown}; the file is as it was`;
  if (hash === after)
    return `The last run was cut off after it wrote ${shown} (${purpose}); the change is in the file, and undo takes it back`;
  return `The last run was cut off while it wrote ${shown}, which was edited since; look at it before you go on`;
}
