import { constants } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** What goes wrong in a call to the file system: before it does anything, or after it did all. */
export interface DiskFault {
  readonly code: "ENOSPC" | "EIO" | "ESTALE" | "EROFS" | "EINTR" | "EACCES";
  readonly when: "before" | "after";
}

/** One call by which something is written, read or let go. */
export interface DiskCall {
  /** "rename", or "handle.writeFile" for a file that is open. */
  readonly name: string;
  /** Missing for a file that is open and that was opened before the work began. */
  readonly path: string | undefined;
  /** Whether it is one of those that change something. */
  readonly writes: boolean;
  /** Counts from 1, over all calls of the work. */
  readonly number: number;
}

const onPaths = [
  "appendFile",
  "chmod",
  "copyFile",
  "link",
  "mkdir",
  "mkdtemp",
  "open",
  "rename",
  "rm",
  "rmdir",
  "unlink",
  "writeFile",
] as const;
const onHandles = ["appendFile", "chmod", "sync", "write", "writeFile"] as const;

interface Opened {
  readonly path: string;
  readonly writes: boolean;
}

/**
 * Does some work on a disk on which calls fail.
 *
 * @param faultOf which fault a call has, if any
 * @returns the calls that were made, in order
 */
export async function onFaultyDisk(
  faultOf: (call: DiskCall) => DiskFault | undefined,
  work: () => Promise<void>,
): Promise<readonly DiskCall[]> {
  const calls: DiskCall[] = [];
  const restorers: (() => void)[] = [];
  const opened = new WeakMap<object, Opened>();
  const probe = await fs.open(import.meta.filename);
  const handles: object = Object.getPrototypeOf(probe);
  await probe.close();

  const patch = (
    target: object,
    name: string,
    about: (self: unknown, args: readonly unknown[]) => Omit<DiskCall, "number">,
  ) => {
    const real: unknown = Reflect.get(target, name);
    if (typeof real !== "function") throw new TypeError(`there is no ${name}`);
    Reflect.set(target, name, async function (this: unknown, ...args: unknown[]) {
      const call = { ...about(this, args), number: calls.length + 1 };
      calls.push(call);
      const fault = faultOf(call);
      // A file that can't be closed is closed all the same (close(2)).
      if (fault?.when === "before" && name !== "close") throw errorOf(fault, call.name);
      const result: unknown = await Reflect.apply(real, this, args);
      if (fault === undefined) {
        if (name === "open" && result instanceof Object) {
          const about = { path: String(args[0]), writes: call.writes };
          opened.set(result, about);
          // Each handle has its own.
          patch(result, "close", () => ({ name: "handle.close", ...about }));
        }
        return result;
      }
      // What an open gave can't be used by who was told that it failed.
      if (result instanceof Object && "close" in result && typeof result.close === "function")
        await result.close();
      throw errorOf(fault, call.name);
    });
    if (name !== "close") restorers.push(() => Reflect.set(target, name, real));
  };

  for (const name of onPaths)
    patch(fs, name, (_self, [path, flags]) => ({
      ...{ name, path: String(path) },
      writes: name !== "open" || opensToWrite(flags),
    }));
  for (const name of onHandles)
    patch(handles, name, (self) => {
      const known = self instanceof Object ? opened.get(self) : undefined;
      return { name: `handle.${name}`, path: known?.path, writes: known?.writes !== false };
    });
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    for (const restore of restorers) restore();
    syncBuiltinESMExports();
  }
  return calls;
}

/** Flags are letters or a number (open(2)); without any a file is read. */
function opensToWrite(flags: unknown): boolean {
  if (typeof flags !== "number") return flags !== undefined && flags !== "r";
  return (flags & (constants.O_WRONLY | constants.O_RDWR | constants.O_CREAT)) !== 0;
}

function errorOf({ code }: DiskFault, name: string): Error {
  return Object.assign(new Error(`${code}: injected, ${name}`), { code, syscall: name });
}
