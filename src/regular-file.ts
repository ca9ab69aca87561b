// Node loads its promises when they are used first, and `node:fs/promises` at once: a run that reads no file needs none.
import { constants, promises, type Stats } from "node:fs";

/** Something that stands in the place of a file and isn't one, or is larger than anybody would read. */
export class UnfitFile extends Error {}

/** Bytes in a KiB. */
export const kibibyte = 1024;
/** Bytes in a MiB. */
export const mebibyte = 1024 * kibibyte;

/** Larger than anything that is changed here, and than any record of it. */
export const largestChanged = 64 * mebibyte;

/** More than most files of applications have: what is done with the text may keep the program busy for a while. */
const large = 8 * kibibyte;
let hasReadLarge = false;
const preparations = new Set<() => void>();

/**
 * Has something done before the first file of more than 8 KiB is read; at once where one was read already.
 *
 * @returns what calls it off
 */
export function beforeLargeFile(prepare: () => void): () => void {
  if (hasReadLarge) prepare();
  else preparations.add(prepare);
  return () => preparations.delete(prepare);
}

/**
 * Reads a file that may have been put there by anybody: nothing is waited for, and no more is read than is allowed. A
 * named pipe would have the program wait until somebody writes, and a device never ends.
 *
 * @param path links are followed
 * @param most how many bytes the file may have
 * @throws UnfitFile, whose message is a sentence without its full stop, for what is no regular file and for a larger
 *   one; what the file system throws otherwise
 */
export async function readRegularFile(path: string, most: number): Promise<Buffer> {
  // Without the flag the mere opening of a pipe waits. Windows has neither.
  const handle = await promises.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new UnfitFile(`It is ${kindOf(found)}, not a file`);
    if (found.size > most) throw tooLarge(most);
    if (found.size > large) {
      hasReadLarge = true;
      for (const prepare of preparations) prepare();
      preparations.clear();
    }
    const parts: Buffer[] = [];
    let length = 0;
    // The size is a hint: the file may grow meanwhile, and what the system makes up (/proc) has none.
    for (;;) {
      const part = Buffer.allocUnsafe(Math.max(found.size - length, 0) + kibibyte);
      const { bytesRead } = await handle.read(part, 0, part.length);
      if (bytesRead === 0) return Buffer.concat(parts, length);
      length += bytesRead;
      if (length > most) throw tooLarge(most);
      parts.push(part.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** As `readRegularFile`, as text; bytes that aren't UTF-8 become replacement characters. */
export async function readRegularText(path: string, most: number): Promise<string> {
  return (await readRegularFile(path, most)).toString("utf8");
}

function tooLarge(most: number): UnfitFile {
  const [size, unit] = most < mebibyte ? [most / kibibyte, "KiB"] : [most / mebibyte, "MiB"];
  return new UnfitFile(`It is larger than ${size} ${unit}, which no such file is`);
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a named pipe";
  if (found.isSocket()) return "a socket";
  return "a device";
}
