import { writeSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { applyChange } from "../../src/change/apply.ts";
import { openJournal } from "../../src/change/journal.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import { insertion } from "./insertion.ts";

/**
 * A run that kills itself in front of one of its calls to the file system, and in the middle of it when it is a
 * write. Prints how many calls it made when it lives to the end.
 */
const [work, directory = "", path = "", killAt] = process.argv.slice(2);
let calls = 0;

function interruptible(target: object, names: readonly string[]): void {
  for (const name of names) {
    const real = Reflect.get(target, name);
    Reflect.set(target, name, function (this: unknown, ...args: readonly unknown[]) {
      calls++;
      if (String(calls) === killAt) die(name, this, args);
      return Reflect.apply(real, this, args);
    });
  }
}

function die(name: string, handle: unknown, [text]: readonly unknown[]): void {
  if (name === "writeFile" && typeof text === "string" && typeof handle === "object" && handle) {
    const fd: unknown = Reflect.get(handle, "fd");
    if (typeof fd === "number") writeSync(fd, text.slice(0, text.length / 2));
  }
  process.kill(process.pid, "SIGKILL");
}

const handle = await fs.open(path);
interruptible(Object.getPrototypeOf(handle), ["chmod", "chown", "close", "sync", "writeFile"]);
await handle.close();
calls = 0;
interruptible(fs, [
  "link",
  "mkdir",
  "open",
  "readFile",
  "readdir",
  "realpath",
  "rename",
  "rm",
  "stat",
  "writeFile",
]);
syncBuiltinESMExports();

if (work === "undo") {
  for (const entry of (await planUndo(directory, process.env)).entries) await undoEntry(entry, {});
} else {
  const before = await fs.readFile(path, "utf8");
  const journal = await openJournal(directory, process.env);
  await applyChange(insertion(path, before, 2, "b\n"), { journal });
  await journal.close();
}
process.stdout.write(String(calls));
