import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { undoCommand } from "../../src/commands/undo/run.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { expectPublished } from "../expect-document.ts";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { openShop } from "./shop.ts";

const flags = { task: "backup", branch: "main", offline: true, yes: true };

test("undo tells each change in one line, before what taking it back changes", async () => {
  const shop = await openShop();
  await runSetup(shop, flags);
  const said = (await runUndo(shop, { dryRun: true })).split("\n");
  expect(said.slice(1, 3)).toEqual([
    "  1. .platform.app.yaml: “add the cron backup”",
    "  2. .platform.app.yaml: “install platform in the build hook”",
  ]);
  expect(said.findIndex((line) => /^ +- /u.test(line))).toBeGreaterThan(2);
});

test("undo gives its plan as data, under the numbers by which a change is chosen, and then what was done", async () => {
  const shop = await openShop();
  await runSetup(shop, flags);
  const after = await readFile(shop.file, "utf8");
  const documents: string[] = [];
  await runUndo(shop, { json: true, dryRun: true, yes: false, only: [2] }, [], documents);
  expect(await readFile(shop.file, "utf8")).toBe(after);
  await runUndo(shop, { json: true, only: [2] }, [], documents);
  for (const document of documents) expectPublished(document);
  const [shown, made] = documents.map((document) => JSON.parse(document));
  const title = ".platform.app.yaml: “install platform in the build hook”";
  expect(shown).toMatchObject({
    dryRun: true,
    changes: [{ kind: "file", applied: false }],
    plan: [
      { item: "1", kind: "change", marked: false },
      { item: "2", kind: "change", marked: true, title },
    ],
    done: [],
  });
  expect(made).toMatchObject({
    dryRun: false,
    changes: [{ kind: "file", applied: true }],
    plan: shown.plan,
    done: ["Changed .platform.app.yaml: undo “install platform in the build hook”"],
  });
  await runUndo(shop, { json: true }, [], documents);
  await runUndo(shop, { json: true }, [], documents);
  expect(JSON.parse(documents.at(-1) ?? "")).toMatchObject({ changes: [], plan: [], done: [] });
});

test("undo takes back the one change that is named, and the next undo the other", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  await runSetup(shop, flags);
  const first = await runUndo(shop, { only: [2] });
  expect(first).toMatch(
    /^the run of 20\d\d-[\d -:]+ UTC can be taken back next: machinist undo /mu,
  );
  const between = await readFile(shop.file, "utf8");
  expect(between).toContain("backup:create");
  expect(between).not.toContain("installer.sh");
  const said = await runUndo(shop);
  expect(said).toContain("  1. .platform.app.yaml: “add the cron backup”");
  expect(said).not.toContain("  2. ");
  expect(said).not.toContain("can be taken back next");
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

test("undo that was stopped on the way goes on with the numbers that the changes have by then", async () => {
  const shop = await openShop();
  await runSetup(shop, flags);
  const after = await readFile(shop.file, "utf8");
  await writeFile(shop.file, after.replace("installer.sh", "install.sh"));
  const said: string[] = [];
  await expect(runUndo(shop, { only: [1, 2] }, said)).rejects.toMatchObject({
    parts: { what: "What the change wrote was changed since" },
  });
  expect(said.at(-1)).toBe(`then go on: machinist undo ${shop.directory} --only 1`);
  await expect(runUndo(shop, { only: [1] }, said)).rejects.toMatchObject({ reason: "uneditable" });
  expect(said.at(-1)).toBe(`then go on: machinist undo ${shop.directory} --only 1`);
});

test("undo refuses a number that no change has, and changes nothing", async () => {
  const shop = await openShop();
  await runSetup(shop, flags);
  const after = await readFile(shop.file, "utf8");
  await expect(runUndo(shop, { only: [1, 3] })).rejects.toMatchObject({
    reason: "usage",
    parts: { where: "--only", next: "name numbers from 1 to 2, with commas between them" },
  });
  expect(await readFile(shop.file, "utf8")).toBe(after);
});

/** Undo on the screens of a terminal, and what it says beside them. */
async function undoOnScreens() {
  const shop = await openShop();
  await runSetup(shop, flags);
  const terminal = fakeTerminal(80, 24);
  const said: string[] = [];
  const ended = undoCommand(
    shop.directory,
    {
      ...{ vendor: vendors.platformsh, face: "screens", yes: false, dryRun: false },
      ...{ json: false, waits: true, verbose: false, flags: [] },
    },
    {
      ...{ out: (line) => said.push(line), err: (line) => said.push(line) },
      document: () => undefined,
      ...{ terminal: terminal.streams, env: shop.env, signal: new AbortController().signal },
    },
  ).catch(() => "left");
  await terminal.shows("Take 2 changes back");
  return { shop, terminal, said, ended };
}

test("what a person takes out of the plan of an undo is told as left out, and is there for the next one", async () => {
  const { shop, terminal, said, ended } = await undoOnScreens();
  terminal.type(" ");
  await terminal.shows("Take 1 change back");
  terminal.type(keys.tab + keys.enter);
  expect(await ended).toBe("leftOut");
  expect(said).toContain(
    "left out: to take back: .platform.app.yaml: “add the cron backup”; it was not marked",
  );
  const left = await readFile(shop.file, "utf8");
  expect(left).toContain("backup:create");
  expect(left).not.toContain("installer.sh");
  expect(await runUndo(shop)).toContain("  1. .platform.app.yaml: “add the cron backup”");
});

test("on screens ? says of undo only what there is to do, and Esc leads back to its plan", async () => {
  const { shop, terminal, ended } = await undoOnScreens();
  const after = await readFile(shop.file, "utf8");
  terminal.type("?");
  await terminal.shows(/opens it,\s+to\s+read\s+all/u);
  terminal.type(keys.escape);
  await terminal.shows("Take 2 changes back");
  terminal.type(keys.interrupt);
  await ended;
  expect(await readFile(shop.file, "utf8")).toBe(after);
});
