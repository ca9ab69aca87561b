import * as v from "valibot";
import { hideTokens } from "../../appfile/tokens.ts";
import { Failure } from "../../failure.ts";
import { diffLines } from "./diff-lines.ts";
import {
  blockedByReading,
  bytesOf,
  changedSince,
  hashOf,
  interruptedWrite,
  whatGoesAlong,
} from "./file-bytes.ts";
import { type Action, changeKind, nothingMore, nothingToDo, ready } from "./kind.ts";
import { createFile, removeFile } from "./write-file.ts";

/** A file of the checkout that isn't there yet. */
export interface FileCreation {
  readonly kind: "file-creation";
  /** Absolute path. Folders that are missing are made. */
  readonly path: string;
  readonly shown: string;
  readonly after: string;
  /** As of a file change. */
  readonly purpose: string;
}

/** Takes a file away that a run of ours made, as it made it. */
interface FileRemoval {
  readonly kind: "file-removal";
  readonly path: string;
  readonly shown: string;
  readonly before: string;
}

const removal: Action<FileRemoval> = {
  kind: "file-removal",
  preview: (change) => ({
    title: `Remove ${change.shown}, which was made by the run`,
    lines: diffLines({ ...change, after: "" }),
  }),
  done: ({ shown }) => `Removed ${shown}, which was made by the run`,
  apply: async (change) => {
    await removeFile(change);
    return nothingMore;
  },
};

/** A new file. */
export const fileCreationKind = changeKind<FileCreation>()({
  kind: "file-creation",
  record: v.object({
    kind: v.literal("file-creation"),
    path: v.string(),
    shown: v.string(),
    purpose: v.string(),
    /** SHA-256 of the file as it was made. */
    after: v.string(),
  }),
  reversals: [removal],
  toRecord: ({ kind, path, shown, purpose, after }) => ({
    kind,
    path,
    shown,
    purpose,
    after: hashOf(after),
  }),
  preview: (change) => ({
    title: `Make ${change.shown}: ${change.purpose}`,
    lines: diffLines({ ...change, before: "" }),
  }),
  done: ({ shown, purpose }) => `Made ${shown}: ${purpose}`,
  title: ({ shown, purpose }) => `${shown}: “${purpose}”`,
  apply: async (change) => {
    await createFile(change);
    return nothingMore;
  },
  writes: ({ path, after }) => ({ path, after }),
  /** It can be taken away as long as nothing else was written into it. */
  assess: async ({ path, shown, after }, { texts, later }) => {
    const current = texts.get(path) ?? (await bytesOf(path));
    if (current === undefined) return nothingToDo("the file is not there, as before");
    if (current instanceof Error) return blockedByReading(shown, current);
    const before = current.toString();
    hideTokens(before);
    if (hashOf(current) === after)
      return ready<FileRemoval>({ kind: "file-removal", path, shown, before });
    const since = changedSince(hashOf(current), later);
    const failure = new Failure("uneditable", {
      what:
        since.by === "the run"
          ? `${since.named} of the same run came after it, in the same file`
          : "The file was changed since it was made",
      where: shown,
      why: "removing it would take away what was written there since",
      next: "remove it by hand, if nothing in it is needed",
      ...whatGoesAlong(since),
    });
    return { kind: "blocked", failure };
  },
  whereToLook: () => "look at the file",
  interrupted: (created) => interruptedWrite({ ...created, before: undefined }),
});
