import { readdir, realpath, stat } from "node:fs/promises";
import { mebibyte, readRegularFile } from "../regular-file.ts";

/** Far beyond any application file; a larger one would only hold up the parser. */
export const largestFile = 2 * mebibyte;

/** Where the files of a project are read from: this computer, or a branch on the platform. Paths are absolute. */
export interface Files {
  /** What is in a folder. Throws when it can't be read. */
  entries(folder: string): Promise<readonly Entry[]>;
  /** Where a path leads, links resolved; undefined when nothing is there. */
  real(path: string): Promise<string | undefined>;
  /** Whether a file is there, and not a folder. */
  isFile(path: string): Promise<boolean>;
  /** The bytes of a file. Throws when it can't be read, and an `UnfitFile` for what nobody should try to. */
  read(file: string): Promise<Uint8Array>;
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The files of this computer. */
export const disk: Files = {
  entries: async (folder) =>
    (await readdir(folder, { withFileTypes: true })).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    })),
  real: (path) => realpath(path).catch(() => undefined),
  isFile: (path) =>
    stat(path).then(
      (found) => found.isFile(),
      () => false,
    ),
  read: (file) => readRegularFile(file, largestFile),
};
