import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readRegularFile, readRegularText, UnfitFile } from "../src/regular-file.ts";
import { emptyDirectory } from "./change/place.ts";

test("a file is read to its last byte, through a link too", async () => {
  const folder = await emptyDirectory();
  await writeFile(join(folder, "a"), "é".repeat(5000));
  await symlink("a", join(folder, "link"));
  expect(await readRegularText(join(folder, "link"), 10_000)).toBe("é".repeat(5000));
  await writeFile(join(folder, "empty"), "");
  expect(await readRegularFile(join(folder, "empty"), 0)).toHaveLength(0);
});

test("what the system makes up while it is read is read whole", async () => {
  expect(await readRegularText("/proc/self/status", 100_000)).toContain("Threads:");
});

test("a file with a byte too many is refused, also where it has no size", async () => {
  const folder = await emptyDirectory();
  await writeFile(join(folder, "a"), "x".repeat(2049));
  await expect(readRegularFile(join(folder, "a"), 2048)).rejects.toThrow(
    "It is larger than 2 KiB, which no such file is",
  );
  await expect(readRegularFile("/proc/self/status", 10)).rejects.toBeInstanceOf(UnfitFile);
});

test.each([
  ["a named pipe", async (path: string) => execFileSync("mkfifo", [path])],
  ["a folder", (path: string) => mkdir(path)],
  ["a device", (path: string) => symlink("/dev/zero", path)],
])("%s is refused at once, and what it is is said", async (what, make) => {
  const path = join(await emptyDirectory(), "file");
  await make(path);
  await expect(readRegularFile(path, 1024)).rejects.toThrow(`It is ${what}, not a file`);
});

test("a socket is refused", async () => {
  const path = join(await emptyDirectory(), "socket");
  const server = createServer().listen(path);
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once("listening", listening));
  await expect(readRegularFile(path, 1024)).rejects.toThrow();
});

test("a file that isn't there is the file system's to tell", async () => {
  await expect(readRegularFile("/nowhere/at/all", 1)).rejects.toMatchObject({ code: "ENOENT" });
});
