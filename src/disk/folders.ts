import { chmod, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "../failure.ts";

/**
 * Makes a folder and those above it that are missing, each of them tried once: the file system of a system (`/proc`) says
 * that nothing is there and lets nothing be made, and Node's own way (`recursive`) tries that for ever.
 *
 * @param path absolute
 * @param mode permission bits of those that are made, less the umask
 * @throws what the file system throws
 */
export async function makeFolders(path: string, mode = 0o777): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) {
    missing.unshift(at);
    if (at === dirname(at)) break;
  }
  // A file in the place of the folder is for mkdir to refuse.
  for (const folder of missing.length === 0 ? [path] : missing)
    await mkdir(folder, { mode }).catch(async (error: NodeJS.ErrnoException) => {
      const there = await stat(folder).catch(() => undefined);
      if (there?.isDirectory() !== true) throw error;
    });
}

/** Makes a folder for what is its owner's alone, whatever the umask. Throws as `makeFolders` does. */
export async function ownFolder(path: string): Promise<void> {
  await makeFolders(path, 0o700);
  await chmod(path, 0o700);
}

/** Throws a `Failure` ("usage") where no folder is, as behind a name that was mistyped, or where none can be seen. */
export async function assertFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    const parts = { what: "The directory can't be looked at", where: path, why: error.message };
    throw new Failure("usage", parts, { cause: error });
  });
  if (found?.isDirectory() !== true)
    throw new Failure("usage", { what: `There is no directory ${path}` });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
