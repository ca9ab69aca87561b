import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { takeLock } from "../../src/disk/lock.ts";
import { emptyDirectory } from "../change/place.ts";

async function lockPath(content?: string): Promise<string> {
  const path = join(await emptyDirectory(), "lock.json");
  if (content !== undefined) await writeFile(path, content);
  return path;
}

test("a run has the lock until it gives it back, and leaves nothing behind", async () => {
  const path = await lockPath();
  const release = await takeLock(path);
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
  await release();
  await release();
  expect(await readdir(dirname(path))).toEqual([]);
});

test("two runs in one process share the lock, and the last one gives it back", async () => {
  const path = await lockPath();
  const [first, second] = await Promise.all([takeLock(path), takeLock(path)]);
  await first();
  expect(existsSync(path)).toBe(true);
  await second();
  expect(existsSync(path)).toBe(false);
});

test("a living process keeps its lock, and the message names it", async () => {
  const path = await lockPath(JSON.stringify({ pid: process.ppid }));
  await expect(takeLock(path)).rejects.toMatchObject({
    reason: "uneditable",
    parts: { why: expect.stringContaining(`process ${process.ppid} has the lock`) },
  });
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ pid: process.ppid });
});

test("a lock that another process has for a moment is waited for", async () => {
  const path = await lockPath(JSON.stringify({ pid: 2 ** 22 + 1 }));
  const alive = vi.spyOn(process, "kill").mockReturnValueOnce(true);
  onTestFinished(() => alive.mockRestore());
  await (await takeLock(path, "taken", 60_000))();
  expect(alive.mock.calls.length).toBeGreaterThan(1);
  expect(await readdir(dirname(path))).toEqual([]);
});

const earlierProcess: [string, string] = [
  "an earlier process with the number of a living one",
  `{"pid":${process.ppid},"started":"0"}`,
];

test.each<[string, string]>([
  ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1 })],
  // Only Linux says when a process started.
  ...(existsSync("/proc/self/stat") ? [earlierProcess] : []),
  ["nobody, since it can't be read", "{"],
])("the lock of %s is taken over", async (_whose, content) => {
  const path = await lockPath(content);
  const release = await takeLock(path);
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
  await release();
  expect(await readdir(dirname(path))).toEqual([]);
});

test.runIf(existsSync("/proc/self/stat"))(
  "the lock of a process that ended, and whose parent doesn't ask about it, is taken over",
  async () => {
    const parent = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]);
    onTestFinished(() => void parent.kill());
    const [printed] = await once(parent.stdout, "data");
    const pid = Number(String(printed));
    await vi.waitFor(async () => {
      expect(await readFile(`/proc/${pid}/stat`, "utf8")).toContain(") Z ");
    });
    const path = await lockPath(JSON.stringify({ pid }));
    await (await takeLock(path))();
    expect(await readdir(dirname(path))).toEqual([]);
  },
);
