import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { mebibyte, readRegularFile } from "../regular-file.ts";

/** Far beyond any application file; a larger one would only hold up the parser. */
export const largestFile = 2 * mebibyte;

/** Where the files of a project are read from: this computer, or a branch on the platform. Paths are absolute. */
export interface Files {
  /** What is in a folder. Throws when it can't be read. */
  entries(folder: string): Promise<readonly Entry[]>;
  /** Where a path leads, links resolved; undefined when nothing is there. Throws when that can't be told. */
  real(path: string): Promise<string | undefined>;
  /** Whether something is there, and no folder. Throws when that can't be told. */
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
  real: (path) => ifThere(realpath(path)),
  isFile: async (path) => (await ifThere(stat(path)))?.isDirectory() === false,
  read: (file) => readRegularFile(file, largestFile),
};

/** What is found; undefined where nothing is there. A disk that fails doesn't say so. */
async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(code)) return undefined;
    throw error;
  }
}

/** A text that stands for that of a file: what an editor holds and hasn't saved. */
export interface StandIn {
  /** Absolute, links resolved as far as it is there. */
  readonly file: string;
  readonly text: string;
}

/** The same files, with a text in place of one of them, which need not be there. */
export function withStandIn(files: Files, { file, text }: StandIn): Files {
  const folder = dirname(file);
  const name = basename(file);
  return {
    entries: async (of) => {
      const found = await files.entries(of);
      const isThere = of !== folder || found.some((entry) => entry.name === name);
      return isThere ? found : [...found, { name, isFolder: false }];
    },
    real: async (path) => (path === file ? file : files.real(path)),
    isFile: async (path) => path === file || files.isFile(path),
    read: async (path) => (path === file ? Buffer.from(text) : files.read(path)),
  };
}
