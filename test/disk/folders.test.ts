import { mkdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolders } from "../../src/disk/folders.ts";
import { emptyDirectory } from "../change/place.ts";

test("what is missing is made with its mode, and what is there stays as it is", async () => {
  const top = await emptyDirectory();
  await mkdir(join(top, "a"), { mode: 0o755 });
  await Promise.all([0, 1].map(() => makeFolders(join(top, "a/b/c"), 0o700)));
  const modes = await Promise.all(["a", "a/b", "a/b/c"].map((path) => stat(join(top, path))));
  expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o755, 0o700, 0o700]);
});

// Linux says that nothing is there, and Node's own way never ends.
test("where nothing can be made the system's word is given", async () => {
  await expect(makeFolders("/proc/1/nowhere/a/b")).rejects.toHaveProperty("code");
});

test("a file, or a link to nothing, in the place of a folder is refused", async () => {
  const top = await emptyDirectory();
  await writeFile(join(top, "file"), "");
  await symlink("nothing", join(top, "link"));
  await expect(makeFolders(join(top, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolders(join(top, "file/a"))).rejects.toMatchObject({ code: "ENOTDIR" });
  await expect(makeFolders(join(top, "link/a"))).rejects.toMatchObject({ code: "EEXIST" });
});
