import { join, relative, sep } from "node:path";
import { Failure } from "../../failure.ts";
import { describesApps, vendorFolders } from "../../vendors/files.ts";
import { disk, type Files } from "../files.ts";

/** A configuration file: where it really is, and the path as people know it. */
export interface FoundFile {
  /** Absolute, links resolved. */
  readonly file: string;
  /** Relative to the directory that was searched, with `/`. */
  readonly shown: string;
}

/** A folder that can't be looked through, relative to the directory that was searched, and why. */
export interface ClosedFolder {
  readonly shown: string;
  readonly why: string;
}

/** As deep as the official CLI looks for applications. */
const deepest = 5;
const skipped = new Set([".git", "node_modules", "vendor", ".idea", "builds", ".next"]);

/**
 * The files below a directory that describe applications, or would with the right ending:
 * `.platform.app.yaml` in any folder, `.platform/applications.yaml`, and `.upsun/*.yaml` (platform
 * manual, "Project structure"), and Adobe's `.magento.app.yaml` (its manual, "Configure application"). Folders with a `.git` of their own are other repositories and left out.
 * Throws a `Failure` ("usage") when the directory can't be read, or a file is a link that leads out of it.
 *
 * @returns them, and the folders below that can't be looked through: what is in them isn't known
 */
export async function findFiles(
  directory: string,
  files: Files = disk,
): Promise<{ readonly found: readonly FoundFile[]; readonly closed: readonly ClosedFolder[] }> {
  try {
    return await filesBelow(directory, files);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw notLookedThrough(directory, error.message, error);
  }
}

/** Of a directory in which files may be that nobody could look for. */
export function notLookedThrough(where: string, why: string, cause?: unknown): Failure {
  const what = "The directory can't be looked through";
  const next = "put that right, or name the app's file with --app-file";
  return new Failure("usage", { what, where, why, next }, { cause });
}

async function filesBelow(directory: string, files: Files) {
  const top = await files.real(directory);
  if (top === undefined) throw new Failure("usage", { what: `There is no directory ${directory}` });
  const found: FoundFile[] = [];
  const closed: ClosedFolder[] = [];
  for (const path of await pathsBelow(files, top, top, 0, closed)) {
    const shown = relative(top, path).split(sep).join("/");
    const file = await files.real(path);
    if (!file?.startsWith(top.endsWith(sep) ? top : top + sep))
      throw new Failure("usage", {
        what: "The file is a link that leads out of the directory",
        where: shown,
        next: "name the file it leads to with --app-file",
      });
    if (found.every((other) => other.file !== file)) found.push({ file, shown });
  }
  return { found, closed };
}

/** Files of a folder before those of its folders, each in the order of their names. */
async function pathsBelow(
  files: Files,
  top: string,
  folder: string,
  depth: number,
  closed: ClosedFolder[],
): Promise<readonly string[]> {
  const entries = await files.entries(folder).catch((error: unknown) => {
    if (depth === 0 || !(error instanceof Error && "syscall" in error)) throw error;
    closed.push({ shown: relative(top, folder).split(sep).join("/"), why: error.message });
    return [];
  });
  const names = entries.map(({ name }) => name);
  if (depth > 0 && names.includes(".git")) return [];
  const inFolder = relative(top, folder);
  const here = entries
    .filter((entry) => !entry.isFolder && describesApps(inFolder, entry.name))
    .map(({ name }) => join(folder, name));
  const folders = entries
    .filter((entry) => entry.isFolder && depth < deepest && !skipped.has(entry.name))
    .map(({ name }) => join(folder, name))
    .filter((path) => !isCliFolder(relative(top, path)));
  const below = await Promise.all(
    folders.sort().map((path) => pathsBelow(files, top, path, depth + 1, closed)),
  );
  return [...here.sort(), ...below.flat()];
}

/** What the CLI keeps for itself: ".platform/local". */
function isCliFolder(path: string): boolean {
  return [...vendorFolders].some((folder) => path === join(folder, "local"));
}
