import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import { type Journal, openJournal } from "../../src/change/journal.ts";
import { access, canary, creation, invitation, update } from "./changes.ts";
import { fakePlatform } from "./fake-platform.ts";
import { insertion } from "./insertion.ts";
import { emptyDirectory } from "./place.ts";

async function place(): Promise<{ directory: string; home: string; journal: Journal }> {
  const [directory, home] = [await emptyDirectory(), await emptyDirectory()];
  return { directory, home, journal: await openJournal(directory, { MACHINIST_HOME: home }) };
}

async function filesOf(home: string): Promise<readonly string[]> {
  const all = await readdir(home, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** What the journals hold, as text; the lock is not part of it. */
async function journalled(home: string): Promise<readonly string[]> {
  const paths = (await filesOf(home)).filter((path) => path.includes("/journal/"));
  return Promise.all(paths.map((path) => readFile(path, "utf8")));
}

test("a run that changes nothing writes nothing", async () => {
  const { home, journal } = await place();
  await journal.close();
  expect(await readdir(home)).toEqual([]);
});

test("a file change is written, and said in the past tense", async () => {
  const { directory, journal } = await place();
  const path = join(directory, ".platform.app.yaml");
  await writeFile(path, "a\n");
  const applied = await applyChange(insertion(path, "a\n", 2, "b\n", "add b"), { journal });
  expect(applied).toMatchObject({ line: "Changed .platform.app.yaml: add b", activities: [] });
  expect(await readFile(path, "utf8")).toBe("a\nb\n");
});

test("the journal knows how to take a file back without keeping the file", async () => {
  const { directory, home, journal } = await place();
  const path = join(directory, ".platform.app.yaml");
  await writeFile(path, "a: untouched\nc\n");
  await applyChange(insertion(path, "a: untouched\nc\n", 13, "b\n"), { journal });
  const [text = ""] = await journalled(home);
  expect(text).not.toContain("untouched");
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    directory,
    entries: [
      {
        state: "done",
        deed: { kind: "file", path, replaced: [{ offset: 13, added: "b\n", removed: "" }] },
      },
    ],
  });
});

test("only the owner can read the journal", async () => {
  const { home, journal } = await place();
  await applyChange(invitation, { journal, connection: fakePlatform() });
  for (const path of await filesOf(home)) expect((await stat(path)).mode & 0o077).toBe(0);
});

test("changes on the platform are requested once, and give the activities to watch", async () => {
  const { journal } = await place();
  const platform = fakePlatform();
  const o = { journal, connection: platform };
  const lines = [];
  for (const change of [invitation, access, creation, update]) {
    const { line, activities } = await applyChange(change, o);
    lines.push([line, ...activities.map(({ type }) => type)]);
  }
  expect(lines).toEqual([
    ["Invited bot@example.org to project shop as viewer, admin on production"],
    ["bot@example.org is now viewer, admin on production in project shop"],
    [
      "Created the variable env:PLATFORMSH_CLI_TOKEN on main of project shop",
      "environment.variable.POST",
    ],
    [
      "Changed the variable env:PLATFORMSH_CLI_TOKEN on main of project shop",
      "environment.variable.PATCH",
    ],
  ]);
  expect(platform.sent).toEqual([
    "POST /projects/shop/invitations",
    "PATCH /projects/shop/user-access/bot",
    "POST /projects/shop/environments/main/variables",
    "PATCH /projects/shop/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN",
  ]);
});

test("the value of a variable is sent, and is in no byte of the journal", async () => {
  const { home, journal } = await place();
  const platform = fakePlatform();
  await applyChange(creation, { journal, connection: platform });
  await applyChange(update, { journal, connection: platform });
  expect(platform.variables.get(creation.name)).toMatchObject({ value: canary });
  for (const path of await filesOf(home)) {
    expect((await readFile(path)).includes(canary)).toBe(false);
  }
});

test("what the API refused is not in the journal", async () => {
  const { home, journal } = await place();
  const platform = fakePlatform();
  platform.fail(403);
  const applying = applyChange(invitation, { journal, connection: platform });
  await expect(applying).rejects.toMatchObject({ reason: "api" });
  expect(await journalled(home)).toEqual([]);
});

test.each([undefined, 502, 200])(
  "a request that may have come through stays in the journal as pending (status %s)",
  async (status) => {
    const { home, journal } = await place();
    const platform = fakePlatform();
    platform.fail(status);
    await expect(applyChange(invitation, { journal, connection: platform })).rejects.toThrow();
    const [text = ""] = await journalled(home);
    expect(JSON.parse(text)).toMatchObject({ entries: [{ state: "pending" }] });
    expect(platform.sent).toHaveLength(1);
  },
);

test("a file that can't be written leaves no trace in the journal", async () => {
  const { directory, home, journal } = await place();
  const change = insertion(join(directory, "gone.yaml"), "a\n", 2, "b\n");
  await expect(applyChange(change, { journal })).rejects.toMatchObject({ reason: "uneditable" });
  expect(await journalled(home)).toEqual([]);
});

test("nothing is changed on the platform by someone who is not signed in", async () => {
  const { home, journal } = await place();
  await expect(applyChange(invitation, { journal })).rejects.toMatchObject({ reason: "signedOut" });
  expect(await journalled(home)).toEqual([]);
});

test("nothing is changed when the journal can't be written", async () => {
  const directory = await emptyDirectory();
  const path = join(directory, ".platform.app.yaml");
  await writeFile(path, "a\n");
  const journal = await openJournal(directory, { MACHINIST_HOME: path });
  const applying = applyChange(insertion(path, "a\n", 2, "b\n"), { journal });
  await expect(applying).rejects.toMatchObject({
    reason: "unexpected",
    parts: { next: expect.stringContaining("MACHINIST_HOME") },
  });
  expect(await readFile(path, "utf8")).toBe("a\n");
});
