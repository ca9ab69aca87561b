import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openJournal } from "../../src/change/journal.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

const flags = { task: "backup", branch: "main", offline: true, yes: true };

test.each([
  ["before it wrote", "old\n", "the file is as it was"],
  ["after it wrote", "new\n", "the change is in the file, and undo takes it back"],
  ["while it wrote", "other\n", "was edited since"],
])("a setup says at its start that the last run was cut off %s", async (when, now, then) => {
  const shop = await openShop();
  const notes = `${shop.directory}/notes.txt`;
  await writeFile(notes, now);
  const journal = await openJournal(shop.directory, shop.env);
  await journal.begin({
    kind: "file",
    path: notes,
    shown: "notes.txt",
    purpose: "add a note",
    before: "old\n",
    after: "new\n",
    edits: [{ offset: 0, length: 3, text: "new" }],
  });
  // While that run has its lock it isn't over.
  expect((await runSetup(shop, { ...flags, dryRun: true })).err).not.toContain("cut off");
  await journal.close();
  const { err, failure } = await runSetup(shop, { ...flags, dryRun: true });
  expect(failure).toBeUndefined();
  expect(err).toContain(`The last run was cut off ${when} notes.txt`);
  expect(err).toContain(then);
});
