import { mkdir, rmdir, stat } from "node:fs/promises";
import * as v from "valibot";
import {
  type Action,
  changeKind,
  fact,
  nothingMore,
  nothingToDo,
  ready,
} from "../../src/change/kinds/kind.ts";

/** A folder that isn't there yet: a kind of change that the program doesn't have, as CONTRIBUTING says to write one. */
export interface FolderCreation {
  readonly kind: "folder-creation";
  readonly path: string;
}

interface FolderRemoval {
  readonly kind: "folder-removal";
  readonly path: string;
}

const removal: Action<FolderRemoval> = {
  kind: "folder-removal",
  preview: ({ path }) => ({ title: `Remove the folder ${path}`, lines: [fact("it is empty")] }),
  done: ({ path }) => `Removed the folder ${path}`,
  apply: async ({ path }) => {
    await rmdir(path);
    return nothingMore;
  },
};

export const folderCreation = changeKind<FolderCreation>()({
  kind: "folder-creation",
  record: v.object({ kind: v.literal("folder-creation"), path: v.string() }),
  reversals: [removal],
  toRecord: ({ kind, path }) => ({ kind, path }),
  preview: ({ path }) => ({ title: `Make the folder ${path}`, lines: [fact("nothing is in it")] }),
  done: ({ path }) => `Made the folder ${path}`,
  title: ({ path }) => `Folder ${path}`,
  apply: async ({ path }) => {
    await mkdir(path);
    return nothingMore;
  },
  assess: async ({ path }) =>
    (await stat(path).catch(() => undefined)) === undefined
      ? nothingToDo("the folder isn't there")
      : ready<FolderRemoval>({ kind: "folder-removal", path }),
  whereToLook: ({ path }) => `look at ${path}`,
  interrupted: ({ path }) => `The last run was cut off while it made ${path}`,
});
