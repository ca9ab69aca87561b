import {
  constants,
  createReadStream,
  createWriteStream,
  fstatSync,
  open,
  type Stats,
} from "node:fs";
import type { Socket } from "node:net";
import { addAbortSignal, type Readable, type Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * What somebody names may be a named pipe, or the terminal. Where Node opens, reads or writes these as files, it does so in
 * a thread that waits for the other end, and the process can't exit before that thread: here nothing but the event loop waits.
 */

const descriptorOf = promisify(open);
/** Windows has none, and no named pipe in a folder. */
const atOnce = constants.O_NONBLOCK ?? 0;
/** Milliseconds between two looks for a reader: the system tells of none. */
const lookAgainMs = 50;

/**
 * Opens what is at a path to read it once, from its beginning. A pipe that nobody writes to yet is waited for.
 *
 * @param path absolute
 * @param signal ends the stream with its reason
 * @throws what the file system throws when it can't be opened; reading throws it otherwise
 */
export async function readableAt(path: string, signal: AbortSignal): Promise<Readable> {
  const fd = await descriptorOf(path, constants.O_RDONLY | atOnce);
  return addAbortSignal(signal, await readerOf(path, fd));
}

async function readerOf(path: string, fd: number): Promise<Readable> {
  const found = fstatSync(fd);
  if (found.isFile()) return createReadStream(path, { fd });
  if (found.isFIFO()) return socketOf(fd, "readable");
  const { isatty, ReadStream } = await import("node:tty");
  return isatty(fd) ? new ReadStream(fd) : createReadStream(path, { fd });
}

/**
 * Opens what is no regular file, to write into it. A pipe that nobody reads yet is waited for.
 *
 * @param path absolute
 * @param there what it is
 * @param signal calls the waiting off
 * @throws what the file system throws when it can't be opened, and an AbortError
 */
export async function writableAt(
  path: string,
  there: Stats,
  signal: AbortSignal,
): Promise<Writable> {
  if (!there.isFIFO()) return createWriteStream(path);
  for (;;) {
    try {
      return await socketOf(await descriptorOf(path, constants.O_WRONLY | atOnce), "writable");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENXIO")) throw error;
      await pause(lookAgainMs, undefined, { signal });
    }
  }
}

async function socketOf(fd: number, way: "readable" | "writable"): Promise<Socket> {
  const { Socket } = await import("node:net");
  return new Socket({ fd, readable: way === "readable", writable: way === "writable" });
}
