import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import type { Change } from "../../src/change/change.ts";
import { interruptedChanges } from "../../src/change/interrupted-run.ts";
import { openJournal } from "../../src/change/journal.ts";
import type { AnyChange } from "../../src/change/kinds/kind.ts";
import { kinds } from "../../src/change/kinds/registry.ts";
import { ledgerLines, ledgerOf } from "../../src/change/ledger.ts";
import { previewOf } from "../../src/change/preview.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import type { FolderCreation } from "./folder-creation.ts";
import { emptyDirectory } from "./place.ts";

vi.mock("../../src/change/kinds/registry.ts", async (original) => {
  const { kinds } = await original<typeof import("../../src/change/kinds/registry.ts")>();
  const { folderCreation } = await import("./folder-creation.ts");
  return { kinds: [...kinds, folderCreation] };
});

/** A change of the kind that only the registry of this test has. */
async function folder() {
  const [directory, home] = [await emptyDirectory(), await emptyDirectory()];
  const creation: FolderCreation = { kind: "folder-creation", path: join(directory, "logs") };
  const change: AnyChange = creation;
  if (!isRegistered(change)) throw new Error("the registry doesn't have its kind");
  return { directory, env: { MACHINIST_HOME: home }, path: creation.path, change };
}

/** What the registry has is a change; of this test's registry only the run knows. */
function isRegistered(change: AnyChange): change is Change {
  return kinds.some(({ kind }) => kind === change.kind);
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

test("a kind of one file and a line in the registry is shown, made, written down, told and taken back", async () => {
  const { directory, env, path, change } = await folder();
  expect(previewOf(change)).toEqual({
    title: `Make the folder ${path}`,
    lines: [{ kind: "fact", text: "nothing is in it" }],
  });

  const journal = await openJournal(directory, env);
  const { line } = await applyChange(change, { journal });
  await journal.close();
  expect([line, await isThere(path)]).toEqual([`Made the folder ${path}`, true]);
  expect(ledgerLines(ledgerOf(journal.attempts))).toEqual([`done: Made the folder ${path}`]);

  const [entry, ...others] = (await planUndo(directory, env)).entries;
  if (entry === undefined) throw new Error("there is nothing to take back");
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    kind: "ready",
    title: `Folder ${path}`,
    preview: { title: `Remove the folder ${path}`, lines: [{ kind: "fact", text: "it is empty" }] },
  });
  expect(await undoEntry(entry, {})).toEqual({ line: `Removed the folder ${path}` });
  expect(await isThere(path)).toBe(false);
  expect((await planUndo(directory, env)).entries).toEqual([]);
});

test("a run that ends while it makes one is told of, and taken back by how things are", async () => {
  const { directory, env, path, change } = await folder();
  const journal = await openJournal(directory, env);
  await journal.begin(change);
  await journal.close();
  expect(ledgerLines(ledgerOf(journal.attempts))).toEqual([
    `not known whether done: Make the folder ${path}; look at ${path}`,
  ]);
  expect(await interruptedChanges(directory, env)).toEqual([
    `The last run was cut off while it made ${path}`,
  ]);
  expect((await planUndo(directory, env)).entries).toMatchObject([
    { kind: "settled", reason: "the folder isn't there" },
  ]);
  await mkdir(path);
  expect((await planUndo(directory, env)).entries).toMatchObject([{ kind: "ready" }]);
});

test("a change of a kind that isn't in the registry is no change", () => {
  expect(() => previewOf({ kind: "nothing-of-ours" })).toThrow(RangeError);
});
