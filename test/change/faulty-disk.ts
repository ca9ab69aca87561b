import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** What goes wrong in a call to the file system: before it does anything, or after it did all. */
export interface DiskFault {
  readonly code: "ENOSPC" | "EIO" | "ESTALE" | "EROFS" | "EINTR" | "EACCES";
  readonly when: "before" | "after";
}

/** One call that changes something on disk. */
export interface DiskCall {
  /** "rename", or "handle.writeFile" for a file that is open. */
  readonly name: string;
  /** Missing for a file that is open. */
  readonly path: string | undefined;
  /** Counts from 1, over all calls of the work. */
  readonly number: number;
}

const onPaths = ["chmod", "link", "mkdir", "open", "rename", "rm", "writeFile"] as const;
const onHandles = ["chmod", "sync", "writeFile"] as const;

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
  const probe = await fs.open(import.meta.filename);
  const handles: object = Object.getPrototypeOf(probe);
  await probe.close();

  const patch = (
    target: object,
    name: string,
    shown: string,
    changes: (args: unknown[]) => boolean,
  ) => {
    const real: unknown = Reflect.get(target, name);
    if (typeof real !== "function") throw new TypeError(`there is no ${name}`);
    Reflect.set(target, name, async function (this: unknown, ...args: unknown[]) {
      if (!changes(args)) return Reflect.apply(real, this, args);
      const path = shown.startsWith("handle.") ? undefined : String(args[0]);
      const call = { name: shown, path, number: calls.length + 1 };
      calls.push(call);
      const fault = faultOf(call);
      if (fault?.when === "before") throw errorOf(fault, shown);
      const result: unknown = await Reflect.apply(real, this, args);
      if (fault === undefined) return result;
      // What an open gave can't be used by who was told that it failed.
      if (result instanceof Object && "close" in result && typeof result.close === "function")
        await result.close();
      throw errorOf(fault, shown);
    });
    restorers.push(() => Reflect.set(target, name, real));
  };

  for (const name of onPaths)
    patch(fs, name, name, ([, flags]) => name !== "open" || (flags !== undefined && flags !== "r"));
  for (const name of onHandles) patch(handles, name, `handle.${name}`, () => true);
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    for (const restore of restorers) restore();
    syncBuiltinESMExports();
  }
  return calls;
}

function errorOf({ code }: DiskFault, name: string): Error {
  return Object.assign(new Error(`${code}: injected, ${name}`), { code, syscall: name });
}
