import { join } from "node:path";
import { mebibyte, readRegularFile } from "../regular-file.ts";

/** An entry of the index: a file, a link or a submodule, and during a merge one of its versions. */
export interface IndexEntry {
  /** From the root, with `/`. */
  readonly path: string;
  /** In six octal digits, as Git prints it: "100644". */
  readonly mode: string;
  readonly id: string;
  /** 0, and during a merge 1 to 3 where the versions differ. */
  readonly stage: number;
}

/** Where an entry of the index has what is read here; its path follows the flags (gitformat-index(5)). */
const at = { mode: 24, id: 40, flags: 60, path: 62 } as const;
const idLength = 20;

/**
 * The index of a checkout, read from its file (gitformat-index(5)). Starting Git for it would take longer than auditing a
 * file.
 *
 * @param gitDirectory the `.git` of the checkout
 * @returns undefined where Git has to tell: there is no such file, as in a linked worktree and before the first
 *   `git add`, its version or its ids are others than those known here (2, 3 or 4; SHA-1), it shares its entries with
 *   another file, or holds a folder in place of its files. Rejects when the file can't be read
 */
export async function plainIndex(gitDirectory: string): Promise<readonly IndexEntry[] | undefined> {
  const index = await readRegularFile(join(gitDirectory, "index"), 64 * mebibyte).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR" || error.code === "ENOENT") return undefined;
      throw error;
    },
  );
  return index === undefined ? undefined : entriesOf(index);
}

function entriesOf(index: Buffer): readonly IndexEntry[] | undefined {
  if (index.length < 12 + idLength || index.toString("latin1", 0, 4) !== "DIRC") return undefined;
  const version = index.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const end = index.length - idLength;
  const entries: IndexEntry[] = [];
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
    entries.push({
      path: path.toString("utf8"),
      mode: index
        .readUInt32BE(entry + at.mode)
        .toString(8)
        .padStart(6, "0"),
      id: index.toString("hex", entry + at.id, entry + at.id + idLength),
      stage: (flags >> 12) & 3,
    });
    before = path;
    entry = version === 4 ? zero + 1 : entry + Math.ceil((zero + 1 - entry) / 8) * 8;
  }
  const elsewhere = ["link", "sdir"];
  return extensionsIn(index, entry, end).some((name) => elsewhere.includes(name))
    ? undefined
    : entries;
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
