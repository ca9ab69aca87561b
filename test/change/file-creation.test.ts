import { lstat, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import type { FileCreation } from "../../src/change/change.ts";
import { openJournal } from "../../src/change/journal.ts";
import { previewOf } from "../../src/change/preview.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import { insertion } from "./insertion.ts";
import { emptyDirectory } from "./place.ts";

async function place() {
  const directory = await emptyDirectory();
  const env = { MACHINIST_HOME: await emptyDirectory() };
  const creation: FileCreation = {
    kind: "file-creation",
    path: join(directory, ".machinist.yaml"),
    shown: ".machinist.yaml",
    after: "ignore: []\n",
    purpose: "ignore a rule",
  };
  return { directory, env, creation, journal: await openJournal(directory, env) };
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

test("a new file is shown, made, and taken away again", async () => {
  const { directory, env, creation, journal } = await place();
  expect(previewOf(creation)).toEqual({
    title: "Make .machinist.yaml: ignore a rule",
    lines: [
      { kind: "place", text: "@@ .machinist.yaml:1 @@" },
      { kind: "added", text: "ignore: []" },
    ],
  });
  const { line } = await applyChange(creation, { journal });
  await journal.close();
  expect(line).toBe("Made .machinist.yaml: ignore a rule");
  expect(await readFile(creation.path, "utf8")).toBe("ignore: []\n");
  const [entry, ...others] = (await planUndo(directory, env)).entries;
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    kind: "ready",
    title: ".machinist.yaml: “ignore a rule”",
    preview: { lines: [{ kind: "place" }, { kind: "removed", text: "ignore: []" }] },
  });
  if (entry !== undefined) await undoEntry(entry, {});
  expect(await isThere(creation.path)).toBe(false);
  expect((await planUndo(directory, env)).entries).toEqual([]);
});

test("a new file that the same run changed goes as a whole, change by change", async () => {
  const { directory, env, creation, journal } = await place();
  await applyChange(creation, { journal });
  const change = insertion(creation.path, creation.after, creation.after.length, "# more\n");
  await applyChange(change, { journal });
  await journal.close();
  for (const entry of (await planUndo(directory, env)).entries) await undoEntry(entry, {});
  expect(await isThere(creation.path)).toBe(false);
});

test("a file that came up meanwhile is not written over", async () => {
  const { directory, env, creation, journal } = await place();
  await writeFile(creation.path, "mine\n");
  await expect(applyChange(creation, { journal })).rejects.toMatchObject({
    reason: "uneditable",
    parts: { what: "The file is there by now; nothing was written", where: ".machinist.yaml" },
  });
  await journal.close();
  expect(await readFile(creation.path, "utf8")).toBe("mine\n");
  expect((await planUndo(directory, env)).entries).toEqual([]);
});

test("a new file that was edited since stays, and one that is gone needs nothing", async () => {
  const { directory, env, creation, journal } = await place();
  await applyChange(creation, { journal });
  await journal.close();
  await writeFile(creation.path, "mine\n");
  expect((await planUndo(directory, env)).entries).toMatchObject([
    { kind: "blocked", failure: { parts: { what: "The file was changed since it was made" } } },
  ]);
  await rm(creation.path);
  expect((await planUndo(directory, env)).entries).toMatchObject([
    { kind: "settled", reason: "the file is not there, as before" },
  ]);
});

test("a link that leads nowhere has the name by now, and is left as it is", async () => {
  const { creation, journal } = await place();
  await symlink("nowhere", creation.path);
  await expect(applyChange(creation, { journal })).rejects.toMatchObject({
    reason: "uneditable",
    parts: { what: "The file is there by now; nothing was written" },
  });
  expect((await lstat(creation.path)).isSymbolicLink()).toBe(true);
});
