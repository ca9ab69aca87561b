import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { type Fact, known } from "../fact.ts";
import { kibibyte, mebibyte, readRegularFile } from "../regular-file.ts";
import { openRepository } from "./repository.ts";

/** The files of a checkout that Git keeps track of. */
export type TrackedFiles =
  | {
      readonly kind: "listed";
      /** From the root, with `/`; links and submodules are no files. */
      readonly paths: readonly string[];
    }
  | { readonly kind: "unread"; readonly why: string };

/**
 * Lists what Git keeps track of in a checkout, from the index as it is; without a process of Git where the index is a
 * plain one.
 *
 * @param root absolute path of the directory that holds `.git`
 * @param env as for `openRepository`
 */
export async function trackedFiles(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TrackedFiles> {
  try {
    const index = await readRegularFile(join(root, ".git", "index"), 64 * mebibyte).catch(
      (error: NodeJS.ErrnoException) => {
        // A linked worktree has its index elsewhere, and a new repository has none.
        if (error.code === "ENOTDIR" || error.code === "ENOENT") return undefined;
        throw error;
      },
    );
    const paths = index === undefined ? undefined : pathsOf(index);
    return { kind: "listed", paths: paths ?? (await listedByGit(root, env)) };
  } catch (error) {
    return { kind: "unread", why: error instanceof Error ? error.message : String(error) };
  }
}

async function listedByGit(root: string, env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { git } = await openRepository(root, env);
  const entries = (await git(["ls-files", "--stage", "-z"])).split("\0");
  return entries.flatMap((entry) => /^100\d{3} [0-9a-f]+ \d\t(.+)$/su.exec(entry)?.[1] ?? []);
}

/** Larger ones are no texts that a person keeps. */
const largestText = 256 * kibibyte;
const absent = { kind: "absent" } as const;

/**
 * The text of a tracked file as it is now.
 *
 * @param path as `trackedFiles` gives it
 * @returns absent when it isn't there, isn't a text (it holds a NUL, as for Git) or leads out of the checkout; unread when
 *   it has more than 256 KiB, or can't be read
 */
export async function trackedText(root: string, path: string): Promise<Fact<string>> {
  try {
    // A folder on the way may have become a link.
    const file = await realpath(join(root, path));
    if (!file.startsWith((await realpath(root)) + sep)) return absent;
    const bytes = await readRegularFile(file, largestText);
    return bytes.includes(0) ? absent : known(bytes.toString("utf8"));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isGone = "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
    return isGone ? absent : { kind: "unread", why: error.message };
  }
}

/** Where an entry of the index has what is read here; its path follows the flags (gitformat-index(5)). */
const at = { mode: 24, flags: 60, path: 62 } as const;
const idLength = 20;

/**
 * The paths in an index of version 2, 3 or 4 with SHA-1 ids, each once.
 *
 * @returns undefined for any other index, and for one that shares its entries with another file
 */
function pathsOf(index: Buffer): readonly string[] | undefined {
  if (index.length < 12 + idLength || index.toString("latin1", 0, 4) !== "DIRC") return undefined;
  const version = index.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const end = index.length - idLength;
  const paths = new Set<string>();
  let entry = 12;
  let before = Buffer.alloc(0);
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    if (entry + at.path > end) return undefined;
    const flags = index.readUInt16BE(entry + at.flags);
    let start = entry + at.path + (version >= 3 && (flags & 0x4000) !== 0 ? 2 : 0);
    let kept = 0;
    if (version === 4) {
      const cut = prefixCut(index, start);
      if (cut === undefined || cut.length > before.length) return undefined;
      kept = before.length - cut.length;
      start = cut.next;
    }
    const zero = index.indexOf(0, start);
    if (zero === -1 || zero > end) return undefined;
    const path = Buffer.concat([before.subarray(0, kept), index.subarray(start, zero)]);
    // The length is written as well: where it differs, the ids are longer than they are taken for.
    if ((flags & 0xfff) !== Math.min(path.length, 0xfff)) return undefined;
    if (index.readUInt32BE(entry + at.mode) >> 12 === 0o10) paths.add(path.toString("utf8"));
    before = path;
    entry = version === 4 ? zero + 1 : entry + Math.ceil((zero + 1 - entry) / 8) * 8;
  }
  return extensionsIn(index, entry, end).includes("link") ? undefined : [...paths];
}

/** How many bytes of the path before are not kept (version 4): the number's bytes hold 7 bits each, the highest first. */
function prefixCut(index: Buffer, start: number): { length: number; next: number } | undefined {
  let length = 0;
  for (let next = start; next < start + 4; next += 1) {
    const byte = index[next] ?? 0;
    length = length * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { length, next: next + 1 };
    length += 1;
  }
  return undefined;
}

function extensionsIn(index: Buffer, from: number, end: number): readonly string[] {
  const names: string[] = [];
  for (let start = from; start + 8 <= end; start += 8 + index.readUInt32BE(start + 4))
    names.push(index.toString("latin1", start, start + 4));
  return names;
}
