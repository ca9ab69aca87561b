import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileAtomically } from "../../src/change/kinds/write-file.ts";
import { insertion } from "./insertion.ts";
import { emptyDirectory } from "./place.ts";

async function file(content: string, mode: number = 0o644): Promise<string> {
  const path = join(await emptyDirectory(), ".platform.app.yaml");
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

test("keeps byte order mark, Windows line ends, mode and a missing final newline", async () => {
  const before = "\uFEFFname: app\r\ntype: 'php:8.3' # ✓";
  const path = await file(before, 0o755);
  await writeFileAtomically(insertion(path, before, 12, "# new\r\n"));
  const bytes = Buffer.from("\uFEFFname: app\r\n# new\r\ntype: 'php:8.3' # ✓");
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o755);
});

test("leaves nothing but the file behind, not even what a killed run left", async () => {
  const path = await file("a\n");
  const gone = 2 ** 22 + 1;
  await writeFile(`${join(path, "..")}/..platform.app.yaml.${gone}.00ff00ff.machinist-tmp`, "half");
  await writeFileAtomically(insertion(path, "a\n", 2, "b\n"));
  expect(await readdir(join(path, ".."))).toEqual([".platform.app.yaml"]);
});

test("leaves the temporary file of a run that still writes", async () => {
  const path = await file("a\n");
  const other = `..platform.app.yaml.${process.ppid}.00ff00ff.machinist-tmp`;
  await writeFile(join(path, "..", other), "half");
  await writeFileAtomically(insertion(path, "a\n", 2, "b\n"));
  expect(await readdir(join(path, ".."))).toContain(other);
});

test("refuses a file that was changed meanwhile, and writes nothing", async () => {
  const path = await file("name: app\n");
  const change = insertion(path, "name: app\n", 10, "# new\n");
  await writeFile(path, "name: shop\n");
  await expect(writeFileAtomically(change)).rejects.toMatchObject({
    reason: "uneditable",
    parts: { where: ".platform.app.yaml", what: expect.stringContaining("changed meanwhile") },
  });
  expect(await readFile(path, "utf8")).toBe("name: shop\n");
  expect(await readdir(join(path, ".."))).toHaveLength(1);
});

test("refuses a read-only file, whoever runs it", async () => {
  const path = await file("a\n", 0o444);
  await expect(writeFileAtomically(insertion(path, "a\n", 2, "b\n"))).rejects.toMatchObject({
    reason: "uneditable",
    parts: { why: "the file is read-only" },
  });
  expect(await readFile(path, "utf8")).toBe("a\n");
});

test("refuses a file in a read-only folder, whoever runs it", async () => {
  const path = await file("a\n");
  await chmod(join(path, ".."), 0o555);
  await expect(writeFileAtomically(insertion(path, "a\n", 2, "b\n"))).rejects.toMatchObject({
    parts: { why: "its folder is read-only" },
  });
  await chmod(join(path, ".."), 0o755);
  expect(await readFile(path, "utf8")).toBe("a\n");
});

test("says that a file is gone", async () => {
  const path = join(await emptyDirectory(), ".platform.app.yaml");
  await expect(writeFileAtomically(insertion(path, "a\n", 2, "b\n"))).rejects.toMatchObject({
    reason: "uneditable",
    parts: { why: "the file is no longer there" },
  });
});
