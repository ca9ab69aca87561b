import { randomBytes } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "./process-mark.ts";

interface Replacement {
  /** As a whole, or in the parts in which it comes. */
  readonly text: string | AsyncIterable<string>;
  /** Permission bits of the new file: 0o600. */
  readonly mode: number;
  /** Whose it is to be, where that is permitted. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** The last look before the file is replaced; what it throws leaves the file as it is. */
  check?(): Promise<void>;
}

/** Of a replacement that the system reported as failed, and of which nobody knows whether it was carried out. */
export class UnclearReplacement extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "UnclearReplacement";
  }
}

/**
 * Replaces a file as a whole: whoever reads it, and whoever finds it after a crash, sees the old bytes or the new
 * ones. The new bytes reach the disk under another name in the same folder first, since only a rename within one
 * file system is atomic (rename(2)).
 *
 * @param path absolute; its folder exists
 * @throws what the file system, `text` or `check` throws; the file is as before then. An UnclearReplacement where not
 * even that is known
 */
export async function replaceFile(path: string, replacement: Replacement): Promise<void> {
  const { text, mode, owner, check } = replacement;
  await removeLeftovers(path);
  const folder = dirname(path);
  const temporary = join(
    folder,
    `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}${ending}`,
  );
  try {
    const handle = await open(temporary, "wx", 0o600);
    let identity: Identity;
    try {
      await (typeof text === "string" ? handle.writeFile(text) : writeFile(handle, text));
      // Only root may give files away; everyone else keeps the file as their own.
      if (owner !== undefined) await handle.chown(owner.uid, owner.gid).catch(() => undefined);
      await handle.chmod(mode);
      await handle.sync();
      identity = await identityOf(handle);
    } finally {
      await handle.close();
    }
    await check?.();
    await renameSurely(temporary, path, identity);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** What stays the same of a file when it gets another name (stat(2)). */
interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

async function identityOf(file: FileHandle | string): Promise<Identity> {
  const o = { bigint: true } as const;
  const { dev, ino } = await (typeof file === "string" ? stat(file, o) : file.stat(o));
  return { dev, ino };
}

/** A file system of the network may report as failed what it carried out (NFS: the answer was lost), so it is looked at. */
async function renameSurely(from: string, to: string, moved: Identity): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const there = await identityOf(to).catch((unreadable: NodeJS.ErrnoException) => {
      if (unreadable.code === "ENOENT") return undefined;
      throw new UnclearReplacement(error);
    });
    if (there?.ino !== moved.ino || there.dev !== moved.dev) throw error;
  }
}

const ending = ".machinist-tmp";

/** A run that was killed while it wrote leaves its temporary file behind. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(start) || !name.endsWith(ending)) continue;
    const pid = Number.parseInt(name.slice(start.length), 10);
    if (!isAlive(pid)) await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

/** Makes the rename itself durable. Not every system can open a folder (Windows), and the new file is there anyway. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
