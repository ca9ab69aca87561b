import { lstat, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { kibibyte, readRegularText } from "../regular-file.ts";
import { isRunning, markIn, thisProcess } from "./process-mark.ts";

/** A temporary folder that says whose it is. */
export interface OwnedFolder {
  /** Absolute. */
  readonly path: string;
  /** Folders of runs that were killed before they could remove them, and that are gone now. */
  readonly swept: readonly string[];
  /** From now on it belongs to nobody, and no run removes it. */
  release(): Promise<void>;
}

/** The file in a folder that names its process. */
const owner = ".owner.json";

/**
 * Makes a folder for the time of this run, and removes those that runs left behind that were killed: folders of the same
 * beginning and of the same user, that name a process which is gone. All others are left alone.
 *
 * @param start absolute path that the folder's begins with; its own folder exists
 * @throws what the file system throws when it can't be made
 */
export async function ownedFolder(start: string): Promise<OwnedFolder> {
  const swept = await sweep(start);
  const path = await mkdtemp(start);
  const mark = join(path, owner);
  await writeFile(mark, JSON.stringify(await thisProcess()), { flag: "wx", mode: 0o600 });
  return { path, swept, release: () => rm(mark, { force: true }) };
}

async function sweep(start: string): Promise<readonly string[]> {
  const parent = dirname(start);
  const names = await readdir(parent).catch(() => []);
  const swept: string[] = [];
  for (const name of names) {
    if (!name.startsWith(basename(start))) continue;
    const path = join(parent, name);
    if (!(await isLeftBehind(path))) continue;
    const isGone = await rm(path, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
    if (isGone) swept.push(path);
  }
  return swept;
}

/** Nobody but its user can write in such a folder, so that what it says of its owner is theirs. */
async function isLeftBehind(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isDirectory() !== true || found.uid !== (process.getuid?.() ?? found.uid))
    return false;
  const mark = markIn(await readRegularText(join(path, owner), kibibyte).catch(() => ""));
  return mark !== undefined && !(await isRunning(mark));
}
