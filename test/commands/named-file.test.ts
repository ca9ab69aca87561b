import { execFileSync } from "node:child_process";
import { lstat, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeNamedFile } from "../../src/commands/named-file.ts";
import { onFaultyDisk } from "../change/faulty-disk.ts";
import { emptyDirectory } from "../change/place.ts";

const named = { what: "The report", flag: "--output" };
const { signal } = new AbortController();

async function* parts() {
  yield "one\n";
  yield "two\n";
}

test("a report that comes in parts is written as a whole", async () => {
  const path = join(await emptyDirectory(), "report.txt");
  await writeNamedFile(path, parts(), named, signal);
  expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
});

test("a disk that is full under a report leaves the old one, and nothing beside it", async () => {
  const folder = await emptyDirectory();
  const path = join(folder, "report.txt");
  await writeFile(path, "old\n");
  await onFaultyDisk(
    ({ name }) => (name.endsWith("writeFile") ? { code: "ENOSPC", when: "before" } : undefined),
    () =>
      expect(writeNamedFile(path, "new\n", named, signal)).rejects.toMatchObject({
        reason: "usage",
        parts: { what: "The report can't be written", where: path },
      }),
  );
  expect(await readFile(path, "utf8")).toBe("old\n");
  expect(await readdir(folder)).toEqual(["report.txt"]);
});

test("a link stays a link, and its target keeps its mode", async () => {
  const folder = await emptyDirectory();
  const target = join(folder, "target.txt");
  await writeFile(target, "old\n", { mode: 0o600 });
  await symlink(target, join(folder, "link.txt"));
  await writeNamedFile(join(folder, "link.txt"), "new\n", named, signal);
  expect((await lstat(join(folder, "link.txt"))).isSymbolicLink()).toBe(true);
  expect(await readFile(target, "utf8")).toBe("new\n");
  expect((await stat(target)).mode & 0o777).toBe(0o600);
});

test("what is no file is written into, and stays what it is", async () => {
  const pipe = join(await emptyDirectory(), "pipe");
  execFileSync("mkfifo", [pipe]);
  const read = readFile(pipe, "utf8");
  await writeNamedFile(pipe, parts(), named, signal);
  expect(await read).toBe("one\ntwo\n");
  expect((await stat(pipe)).isFIFO()).toBe(true);
});

test("a pipe that nobody reads is waited for until a signal", async () => {
  const pipe = join(await emptyDirectory(), "pipe");
  execFileSync("mkfifo", [pipe]);
  const interruption = new AbortController();
  const written = writeNamedFile(pipe, parts(), named, interruption.signal);
  setImmediate(() => interruption.abort());
  await expect(written).rejects.toMatchObject({ name: "AbortError" });
});

test.each([
  [
    "missing/report.txt",
    "there is no folder",
    "make that folder, or name another file with --output",
  ],
  ["file/report.txt", "is no folder", "name another file with --output"],
  ["file/below/report.txt", "is no folder", "name another file with --output"],
])("a folder that isn't one is named: %s", async (name, why, next) => {
  const folder = await emptyDirectory();
  await writeFile(join(folder, "file"), "");
  const path = join(folder, name);
  await expect(writeNamedFile(path, "new\n", named, signal)).rejects.toMatchObject({
    reason: "usage",
    parts: {
      what: "The report can't be written",
      where: path,
      why: expect.stringContaining(why),
      next,
    },
  });
  expect(await readdir(folder)).toEqual(["file"]);
});

test("what the system says of a file comes without the name that it is written under at first", async () => {
  const path = join(await emptyDirectory(), "r".repeat(250));
  await expect(writeNamedFile(path, "new\n", named, signal)).rejects.toMatchObject({
    parts: { why: "ENAMETOOLONG: name too long" },
  });
});
