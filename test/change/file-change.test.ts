import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addBuildLines } from "../../src/appfile/operations.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { applyChange } from "../../src/change/apply.ts";
import { fileChange } from "../../src/change/file-change.ts";
import { openJournal } from "../../src/change/journal.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import { emptyDirectory } from "./place.ts";

test("a patch of an app's file is applied and taken back to the byte", async () => {
  const directory = await emptyDirectory();
  const env = { MACHINIST_HOME: await emptyDirectory() };
  const shown = ".platform.app.yaml";
  const file = join(directory, shown);
  const text = "\uFEFFname: app\r\nhooks:\r\n    build: |\r\n        make # ✓\r\ntype: php";
  await writeFile(file, text);
  const app = parseApp({ file, shown, form: "single", path: [], name: "app" }, text);
  const change = fileChange(addBuildLines(app, ["platform --version"]), "install the CLI");
  expect(change).toMatchObject({ kind: "file", path: file, shown, before: text });

  const journal = await openJournal(directory, env);
  await applyChange(change, { journal });
  await journal.close();
  expect(await readFile(file, "utf8")).toBe(
    text.replace("        make", "        platform --version\r\n        make"),
  );
  for (const entry of (await planUndo(directory, env)).entries) await undoEntry(entry, env);
  expect((await readFile(file)).equals(Buffer.from(text))).toBe(true);
});
