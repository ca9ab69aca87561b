import { randomBytes } from "node:crypto";
import { link, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { kibibyte, readRegularText } from "../regular-file.ts";
import { ownFolder } from "./folders.ts";
import { isRunning, markIn, type ProcessMark, thisProcess } from "./process-mark.ts";

/** Gives the lock back; doing so twice does nothing more. */
export type ReleaseLock = () => Promise<void>;

const held = new Map<string, number>();
const tries = 5;
const lookAgainMs = 20;

/**
 * Takes the lock of a directory or a file, so that two runs do not change it at the same time. This process may take
 * it several times; the lock of a process that is gone is taken over.
 *
 * @param path absolute path of the lock's file
 * @param refusal what is told when another process has it
 * @param patienceMs how long another process is waited for, in milliseconds: as long as what it writes is short
 * @throws Failure "uneditable" that says so, and names the other process; "unexpected" when it can't be written
 */
export async function takeLock(
  path: string,
  refusal = "Another machinist is changing this project; nothing was done",
  patienceMs = 0,
): Promise<ReleaseLock> {
  const me = await thisProcess();
  count(path, 1);
  try {
    await ownFolder(dirname(path));
    await claim(path, me, refusal, performance.now() + patienceMs);
  } catch (error) {
    count(path, -1);
    throw error instanceof Failure ? error : unlockable(path, error);
  }
  let released = false;
  return async () => {
    if (released) return;
    released = true;
    // One that can't be removed is taken over by the next run, as that of a process that is gone.
    if (count(path, -1) === 0) await rm(path, { force: true }).catch(() => undefined);
  };
}

/** Whether a living process has the lock. */
export async function isHeld(path: string): Promise<boolean> {
  const found = await readRegularText(path, kibibyte).catch(() => undefined);
  const holder = found === undefined ? undefined : markIn(found);
  return holder !== undefined && isRunning(holder);
}

/** How often this process has the lock, after one more or one less. */
function count(path: string, change: 1 | -1): number {
  const times = (held.get(path) ?? 0) + change;
  held.set(path, times);
  return times;
}

/** @param until up to when a living process is waited for, on the clock of `performance.now` */
async function claim(path: string, me: ProcessMark, refusal: string, until: number): Promise<void> {
  const content = JSON.stringify(me);
  for (let attempt = 0; attempt < tries; ) {
    if (await create(path, content)) return;
    const found = await readRegularText(path, kibibyte).catch(() => undefined);
    if (found === content) return;
    const holder = found === undefined ? undefined : markIn(found);
    if (holder !== undefined && (await isRunning(holder))) {
      if (performance.now() >= until) throw taken(path, refusal, holder);
      await pause(lookAgainMs);
      continue;
    }
    if (found !== undefined) await setAside(path, found);
    attempt += 1;
  }
  throw taken(path, refusal);
}

/** A hard link puts the lock there with its content, or fails when there is one (link(2)). */
async function create(path: string, content: string): Promise<boolean> {
  const mine = sibling(path);
  await writeFile(mine, content, { flag: "wx", mode: 0o600 });
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

/** Removes a dead process's lock, unless somebody else was quicker and it is a living one's by now. */
async function setAside(path: string, dead: string): Promise<void> {
  const aside = sibling(path);
  try {
    await rename(path, aside);
    if ((await readRegularText(aside, kibibyte)) !== dead) await link(aside, path);
  } catch {
    // Somebody else set it aside or took the place; the next look at the lock shows which.
  } finally {
    await rm(aside, { force: true });
  }
}

function sibling(path: string): string {
  return `${path}.${randomBytes(4).toString("hex")}`;
}

function unlockable(where: string, cause: unknown): Failure {
  const what = "The lock can't be written; nothing was done";
  const why = cause instanceof Error ? cause.message : String(cause);
  const next = "make its directory writable, or name another one in MACHINIST_HOME";
  return new Failure("unexpected", { what, where, why, next }, { cause });
}

function taken(path: string, refusal: string, holder?: ProcessMark): Failure {
  const who = holder === undefined ? "another process" : `process ${holder.pid}`;
  return new Failure("uneditable", {
    what: refusal,
    why: `${who} has the lock ${path}`,
    next: "let it finish or end it, then start again",
  });
}
