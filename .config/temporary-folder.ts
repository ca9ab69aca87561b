import { spawnSync } from "node:child_process";
import { accessSync, constants, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownedFolder } from "../src/disk/owned-folder.ts";

/** Where Linux keeps files in memory: there a write that is forced to the disk costs nothing (shm_overview(7)). */
const inMemory = "/dev/shm";

/** What the tests leave at any one time is far less. */
const neededBytes = 1024 ** 3;

/** Gives the run a folder of its own for temporary files, in memory where that is possible; it is gone after the run, or after the next one where that was killed. */
export async function setup(): Promise<() => void> {
  const folder = (await folderInMemory()) ?? (await ownedFolder(join(tmpdir(), name))).path;
  // The workers, and what they start, have it from here.
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Short, as a path that is shown has to fit into a small terminal. */
const name = "m-";

async function folderInMemory(): Promise<string | undefined> {
  if (!hasRoom(inMemory)) return undefined;
  const { path: folder } = await ownedFolder(join(inMemory, name));
  if (runsPrograms(folder)) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= neededBytes;
  } catch {
    return false;
  }
}

/** Whether a program may be started from there; containers often forbid it in what is kept in memory. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  const { status } = spawnSync(program, { stdio: "ignore" });
  rmSync(program);
  return status === 0;
}
