import { lstat, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { makeFolders } from "../../disk/folders.ts";
import { replaceFile, UnclearReplacement } from "../../disk/replace-file.ts";
import { Failure, UnclearFailure } from "../../failure.ts";
import { largestChanged, readRegularFile } from "../../regular-file.ts";

/** A file by its absolute path, and by the one that people know. */
interface NamedFile {
  readonly path: string;
  readonly shown: string;
}

/** A file with the text that it was shown with. */
interface ShownFile extends NamedFile {
  readonly before: string;
}

/**
 * Writes a file change: every byte of `after`, with the mode and the owner the file has. At any moment the file is
 * the old one or the new one.
 *
 * @throws Failure "uneditable" when the file is no longer `before`, when it or its folder is read-only, or when the
 * file system refuses; the file is as it was then
 */
export async function writeFileAtomically(
  change: ShownFile & { readonly after: string },
): Promise<void> {
  const { path, after } = change;
  try {
    await assertUnchanged(change);
    const { mode, uid, gid } = await stat(path);
    const folder = await stat(dirname(path));
    if (!writable(mode)) throw refused(change, "the file is read-only");
    if (!writable(folder.mode)) throw refused(change, "its folder is read-only");
    await replaceFile(path, {
      text: after,
      mode: mode & 0o7777,
      owner: { uid, gid },
      check: () => assertUnchanged(change),
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(change, reasonOf(error), error);
  }
}

/**
 * Makes a file that isn't there, and its folders where they are missing. Throws a Failure ("uneditable") when anything of
 * that name is there by now, as a link that leads nowhere, or when the file system refuses.
 */
export async function createFile(creation: NamedFile & { readonly after: string }): Promise<void> {
  const { path, shown, after } = creation;
  const assertAbsent = async () => {
    if (await isNameFree(path)) return;
    throw new Failure("uneditable", {
      what: "The file is there by now; nothing was written",
      where: shown,
      why: "it wasn't when its content was shown",
      next: "start again, to see the change against the file as it is now",
    });
  };
  try {
    await assertAbsent();
    await makeFolders(dirname(path));
    await replaceFile(path, { text: after, mode: 0o644, check: assertAbsent });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(creation, reasonOf(error), error);
  }
}

async function isNameFree(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return true;
      throw error;
    },
  );
}

/** Removes a file as long as it is what was shown. Throws as `writeFileAtomically` does. */
export async function removeFile(removal: ShownFile): Promise<void> {
  try {
    await assertUnchanged(removal);
    await rm(removal.path).catch(async (error: unknown) => {
      // What was reported as failed may have been carried out.
      const there = await stat(removal.path).catch((absent: NodeJS.ErrnoException) => absent.code);
      if (there !== "ENOENT")
        throw typeof there === "string" ? new UnclearReplacement(error) : error;
    });
    await removeEmptyFolders(dirname(removal.path));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(removal, reasonOf(error), error);
  }
}

/** Folders that only CI files are in go with the last of them; Git keeps track of no empty ones. */
async function removeEmptyFolders(folder: string): Promise<void> {
  if (![".github", ".gitlab", "workflows"].includes(basename(folder))) return;
  const isGone = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (isGone) await removeEmptyFolders(dirname(folder));
}

async function assertUnchanged({ path, shown, before }: ShownFile): Promise<void> {
  const bytes = await readRegularFile(path, largestChanged);
  if (bytes.equals(Buffer.from(before, "utf8"))) return;
  throw new Failure("uneditable", {
    what: "The file was changed meanwhile; nothing was written",
    where: shown,
    why: "it is no longer the file that the change was shown for",
    next: "start again, to see the change against the file as it is now",
  });
}

/** Any write bit. A rename would replace a read-only file all the same, and root may write everything. */
function writable(mode: number): boolean {
  return (mode & 0o222) !== 0;
}

function refused({ shown }: NamedFile, why: string, cause?: unknown): Failure {
  if (cause instanceof UnclearReplacement)
    return new UnclearFailure(
      "uneditable",
      {
        what: "It isn't known whether the file was written",
        where: shown,
        why,
        next: "look at it, then start again",
      },
      { cause },
    );
  return new Failure(
    "uneditable",
    {
      what: "The file can't be written; it is as it was",
      where: shown,
      why,
      next: "put that right, then start again",
    },
    { cause },
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write in its folder",
  EPERM: "the system does not permit it, or another program has the file open",
  EBUSY: "another program has the file open",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  ENOENT: "the file is no longer there",
  ENOTDIR: "a part of its path is a file, and no folder",
  ESTALE: "the server of the file system lost it",
  EIO: "the disk or its connection failed",
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = "code" in error ? String(error.code) : "";
  return reasons[code] ?? (cause instanceof Error ? reasonOf(cause) : error.message);
}
