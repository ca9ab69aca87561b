import { execFileSync } from "node:child_process";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import type { Change, FileChange } from "../../src/change/change.ts";
import { openJournal } from "../../src/change/journal.ts";
import { planUndo, takeBackAttempt, type UndoEntry, undoEntry } from "../../src/change/undo.ts";
import { access, canary, creation, flags, invitation, update } from "./changes.ts";
import { type FakePlatform, fakePlatform } from "./fake-platform.ts";
import { insertion } from "./insertion.ts";
import { emptyDirectory } from "./place.ts";

interface Place {
  readonly directory: string;
  readonly path: string;
  readonly env: { readonly MACHINIST_HOME: string };
}

async function placeWith(content: string): Promise<Place> {
  const directory = await emptyDirectory();
  const path = join(directory, ".platform.app.yaml");
  await writeFile(path, content);
  return { directory, path, env: { MACHINIST_HOME: await emptyDirectory() } };
}

/** One run that makes these changes and ends. */
async function run(
  { directory, env }: Place,
  changes: readonly Change[],
  connection?: FakePlatform,
) {
  const journal = await openJournal(directory, env);
  for (const change of changes) {
    await applyChange(change, { journal, ...(connection && { connection }) });
  }
  await journal.close();
}

test.each(["file", "file-creation"] as const)(
  "a pipe in the place of what a %s wrote is not waited for, and told",
  async (kind) => {
    const place = await placeWith("a\nc\n");
    const path = join(place.directory, "new.yaml");
    const made: Change =
      kind === "file"
        ? insertion(place.path, "a\nc\n", 2, "b\n")
        : { kind, path, shown: "new.yaml", after: "a\n", purpose: "make it" };
    await run(place, [made]);
    const written = kind === "file" ? place.path : path;
    await rm(written);
    execFileSync("mkfifo", [written]);
    expect(await undoAll(place)).toEqual(["The file can't be read"]);
    const [entry] = (await planUndo(place.directory, place.env)).entries;
    expect(entry).toMatchObject({
      failure: { parts: { why: "It is a named pipe, not a file" } },
    });
  },
);

/** Takes back all that can be; gives one line for each entry. */
async function undoAll({ directory, env }: Place, connection?: FakePlatform): Promise<string[]> {
  const lines = [];
  for (const entry of (await planUndo(directory, env, connection)).entries) {
    lines.push(
      entry.kind === "blocked"
        ? entry.failure.message
        : (await undoEntry(entry, {}, connection)).line,
    );
  }
  return lines;
}

async function onlyEntry({ directory, env }: Place, connection?: FakePlatform): Promise<UndoEntry> {
  const [entry, ...others] = (await planUndo(directory, env, connection)).entries;
  if (entry === undefined || others.length > 0) throw new Error("expected one entry");
  return entry;
}

/** What a preview adds to the bare request: the last line. */
function lastLine(entry: UndoEntry): string | undefined {
  return "reason" in entry ? entry.reason : entry.preview?.lines.at(-1)?.text;
}

test("without a run there is nothing to undo", async () => {
  const { directory, env } = await placeWith("a\n");
  expect(await planUndo(directory, env)).toEqual({ entries: [] });
});

test("several changes of one file are taken back in reverse, to the byte", async () => {
  const original = "\uFEFFname: app\r\n# ✓ end";
  const place = await placeWith(original);
  const first = insertion(place.path, original, 12, "hooks: {}\r\n", "add the hook");
  const second = insertion(place.path, first.after, 1, "# top\r\n", "add the head");
  await run(place, [first, second]);
  const { entries } = await planUndo(place.directory, place.env);
  expect(entries.map(({ title, kind }) => [title, kind])).toEqual([
    [".platform.app.yaml: “add the head”", "ready"],
    [".platform.app.yaml: “add the hook”", "ready"],
  ]);
  expect(await undoAll(place)).toEqual([
    "Changed .platform.app.yaml: undo “add the head”",
    "Changed .platform.app.yaml: undo “add the hook”",
  ]);
  expect((await readFile(place.path)).equals(Buffer.from(original))).toBe(true);
  expect((await planUndo(place.directory, place.env)).entries).toEqual([]);
});

test("what a change replaced comes back", async () => {
  const place = await placeWith("spec: 'old'\n");
  const edits = [{ offset: 7, length: 3, text: "new one" }];
  const after = "spec: 'new one'\n";
  await run(place, [{ ...insertion(place.path, "spec: 'old'\n", 0, ""), after, edits }]);
  await undoAll(place);
  expect(await readFile(place.path, "utf8")).toBe("spec: 'old'\n");
});

test("the last run is undone first, then the one before it", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n", "add b")]);
  await run(place, [insertion(place.path, "a\nb\n", 4, "c\n", "add c")]);
  await undoAll(place);
  expect(await readFile(place.path, "utf8")).toBe("a\nb\n");
  await undoAll(place);
  expect(await readFile(place.path, "utf8")).toBe("a\n");
});

test("a directory is the same one by whatever path it is named", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n")]);
  const link = join(await emptyDirectory(), "link");
  await symlink(place.directory, link);
  expect((await planUndo(link, place.env)).entries).toHaveLength(1);
});

test("what was written since in another place of the file stays", async () => {
  const place = await placeWith("a\n");
  await run(place, [
    insertion(place.path, "a\n", 2, "b\n"),
    insertion(place.path, "a\nb\n", 4, "c\n"),
  ]);
  await writeFile(place.path, "mine\na\nb\nc\nmine too\n");
  const { entries } = await planUndo(place.directory, place.env);
  expect(entries.map((entry) => lastLine(entry))).toEqual([
    "the file was changed since; what was written there elsewhere stays",
    "the file was changed since; what was written there elsewhere stays",
  ]);
  await undoAll(place);
  expect(await readFile(place.path, "utf8")).toBe("mine\na\nmine too\n");
});

test("a change that was itself edited since is left alone, and what to take out is shown", async () => {
  const place = await placeWith("a\n");
  await run(place, [
    insertion(place.path, "a\n", 2, "b\n"),
    insertion(place.path, "a\nb\n", 4, "c\n"),
  ]);
  await writeFile(place.path, "a\nb\ncc\nmine\n");
  const { entries } = await planUndo(place.directory, place.env);
  expect(entries).toMatchObject([
    { kind: "blocked", preview: { lines: [{ kind: "added", text: "c" }] } },
    { kind: "ready", reversal: { after: "a\ncc\nmine\n" } },
  ]);
  expect(await undoAll(place)).toEqual([
    "What the change wrote was changed since",
    "Changed .platform.app.yaml: undo “add a line”",
  ]);
  await writeFile(place.path, "a\nc\n");
  await undoAll(place);
  expect(await readFile(place.path, "utf8")).toBe("a\n");
});

describe("a change before another one of the same file", () => {
  const top = "first:\n    a: 1\nlast:\n    z: 26\n";
  const first = (path: string) => insertion(path, top, 17, "b: 2\n", "add b");
  const apart = (path: string) => insertion(path, first(path).after, 0, "# top\n", "add the head");
  const inside = (path: string): FileChange => {
    const before = first(path).after;
    const edits = [{ offset: 20, length: 1, text: "3" }];
    const after = before.replace("b: 2", "b: 3");
    return { ...insertion(path, before, 0, ""), after, edits, purpose: "make it 3" };
  };
  const last = (path: string, before: string) => insertion(path, before, 0, "# last\n", "end");

  async function chosen({ directory, env }: Place, ...numbers: number[]) {
    return (await planUndo(directory, env, undefined, numbers)).entries;
  }

  test("is taken back alone where they are apart, and it is said what stays", async () => {
    const place = await placeWith(top);
    await run(place, [first(place.path), apart(place.path)]);
    const [entry, ...others] = await chosen(place, 2);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ kind: "ready", reversal: { after: `# top\n${top}` } });
    expect(entry && lastLine(entry)).toBe(
      "Change 1 of the same run came after it in the file, and what that wrote stays",
    );
  });

  test("has those named that are in its way, with what to take back", async () => {
    const place = await placeWith(top);
    const second = inside(place.path);
    await run(place, [first(place.path), second, last(place.path, second.after)]);
    expect(await chosen(place, 3)).toMatchObject([
      {
        kind: "blocked",
        failure: {
          parts: {
            what: "Changes 1 and 2 of the same run came after it, in the same lines",
            next: "take changes 1 and 2 back together with it, or first",
          },
        },
      },
    ]);
    // With the last one gone from the text, the one between is all that is left above it.
    expect(await chosen(place, 1, 3)).toMatchObject([
      { kind: "ready" },
      { failure: { parts: { what: "Change 2 of the same run came after it, in the same lines" } } },
    ]);
    const all = await chosen(place, 1, 2, 3);
    expect(all.map(({ kind }) => kind)).toEqual(["ready", "ready", "ready"]);
  });

  test("is not said to be changed by the run alone where somebody else was there too", async () => {
    const place = await placeWith(top);
    const second = inside(place.path);
    await run(place, [first(place.path), second]);
    await writeFile(place.path, `${second.after}mine: 1\n`);
    expect(await chosen(place, 2)).toMatchObject([
      {
        failure: {
          parts: {
            what: "What the change wrote was changed since",
            next: "take change 1 back together with it, or first; what else was written there, take out by hand",
          },
        },
      },
    ]);
  });

  test("may be the making of the file, which goes with what was written into it", async () => {
    const place = await placeWith(top);
    const path = join(place.directory, "new.yaml");
    const made: Change = {
      kind: "file-creation",
      path,
      shown: "new.yaml",
      after: top,
      purpose: "",
    };
    await run(place, [made, first(path)]);
    expect(await chosen(place, 2)).toMatchObject([
      {
        failure: {
          parts: {
            what: "Change 1 of the same run came after it, in the same file",
            next: "take change 1 back together with it, or first",
          },
        },
      },
    ]);
    await undoAll(place);
    await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

test("a text that stands twice by now is not guessed at", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n")]);
  await writeFile(place.path, "a\nb\nb\n");
  expect(await undoAll(place)).toEqual(["What the change wrote was changed since"]);
});

test("a piece of a line is found again by its line", async () => {
  const before = "first: run\nsecond: run\n";
  const place = await placeWith(before);
  await run(place, [insertion(place.path, before, 22, " --yes")]);
  await writeFile(place.path, "zeroth: run --yes\nfirst: run\nsecond: run --yes\n");
  await undoAll(place);
  expect(await readFile(place.path, "utf8")).toBe("zeroth: run --yes\nfirst: run\nsecond: run\n");
});

test("a change that something written since rests on is left alone", async () => {
  const place = await placeWith("a: 1\n");
  await run(place, [insertion(place.path, "a: 1\n", 5, "b: &b 1\n")]);
  await writeFile(place.path, "a: 1\nb: &b 1\nc: *b\n");
  expect(await undoAll(place)).toEqual([
    "Without the change, what was written since would not be valid YAML",
  ]);
});

test("a file that is edited between the plan and the undo is left alone", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n")]);
  const entry = await onlyEntry(place);
  await writeFile(place.path, "mine\n");
  await expect(undoEntry(entry, {})).rejects.toMatchObject({ reason: "uneditable" });
  expect(await readFile(place.path, "utf8")).toBe("mine\n");
});

test("a file that git put back already needs nothing, and one that is gone is said", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n")]);
  await rm(place.path);
  expect(await undoAll(place)).toEqual(["The file is no longer there"]);
  await writeFile(place.path, "a\n");
  expect(lastLine(await onlyEntry(place))).toBe("the file is as it was before");
  await undoAll(place);
  expect((await planUndo(place.directory, place.env)).entries).toEqual([]);
});

test("a whole setup is taken back from the platform and the file", async () => {
  const place = await placeWith("a\n");
  const platform = fakePlatform();
  const changes = [invitation, creation, insertion(place.path, "a\n", 2, "b\n", "add b")];
  await run(place, changes, platform);
  expect(await undoAll(place, platform)).toEqual([
    "Changed .platform.app.yaml: undo “add b”",
    "Deleted the variable env:PLATFORMSH_CLI_TOKEN on main of project shop",
    "Cancelled the invitation of bot@example.org",
  ]);
  expect([platform.variables.size, platform.invitations.size]).toEqual([0, 0]);
});

test("what is on the platform waits for a sign-in, and the file does not", async () => {
  const place = await placeWith("a\n");
  await run(place, [invitation, insertion(place.path, "a\n", 2, "b\n", "add b")], fakePlatform());
  expect(await undoAll(place)).toEqual([
    "Changed .platform.app.yaml: undo “add b”",
    "Not signed in",
  ]);
});

test("a project that can't be seen any more blocks its own changes only", async () => {
  const place = await placeWith("a\n");
  const platform = fakePlatform();
  await run(place, [invitation, insertion(place.path, "a\n", 2, "b\n", "add b")], platform);
  platform.fail(403);
  expect(await undoAll(place, platform)).toEqual([
    "Changed .platform.app.yaml: undo “add b”",
    "It failed",
  ]);
});

test("an invitation that was accepted is taken back by removing the account", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [invitation], platform);
  platform.invitations.clear();
  platform.access.set("bot", ["production:admin", "viewer"]);
  expect(await onlyEntry(place, platform)).toMatchObject({
    kind: "ready",
    preview: { title: "Remove bot@example.org from project shop" },
  });
  await undoAll(place, platform);
  expect(platform.access.size).toBe(0);
});

test("an account that got another role since is not removed", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [invitation], platform);
  platform.invitations.clear();
  platform.access.set("bot", ["admin"]);
  expect((await onlyEntry(place, platform)).kind).toBe("blocked");
});

test("an invitation that took another one's place is cancelled, and the other one is said to stay away", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [{ ...invitation, replaces: ["viewer", "staging:admin"] }], platform);
  expect(lastLine(await onlyEntry(place, platform))).toBe(
    "the one that it replaced, as viewer, admin on staging, is not sent again",
  );
  await undoAll(place, platform);
  expect(platform.invitations.size).toBe(0);
});

test("an invitation that somebody cancelled needs nothing", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [invitation], platform);
  platform.invitations.clear();
  expect((await onlyEntry(place, platform)).kind).toBe("settled");
});

test("a role goes back to what it was, unless it was changed since", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  platform.access.set("bot", ["admin"]);
  await run(place, [access], platform);
  platform.access.set("bot", ["viewer", "staging:viewer"]);
  expect(await undoAll(place, platform)).toEqual(["The role of bot@example.org was changed since"]);
  platform.access.set("bot", access.after);
  await undoAll(place, platform);
  expect(platform.access.get("bot")).toEqual(["admin"]);
});

test("the flags of a variable come back, except that it stays sensitive, with the new value", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [{ ...creation, flags: update.before }], platform);
  await run(place, [update], platform);
  const entry = await onlyEntry(place, platform);
  expect(entry.kind === "ready" && entry.preview.lines.slice(-2).map(({ text }) => text)).toEqual([
    "the value stays the new one: the old one is kept nowhere",
    "it stays sensitive: that can't be undone",
  ]);
  await undoEntry(entry, {}, platform);
  expect(platform.variables.get(update.name)).toMatchObject({
    value: canary,
    is_sensitive: true,
    is_inheritable: true,
  });
});

test("a run that replaced only the token can't be undone, and doesn't hide the run before it", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [creation], platform);
  await run(place, [{ ...update, before: flags }], platform);
  expect(lastLine(await onlyEntry(place, platform))).toBe(
    "the value stays the new one: the old one is kept nowhere",
  );
  await undoAll(place, platform);
  await undoAll(place, platform);
  expect(platform.variables.size).toBe(0);
});

test("a variable that was changed since it was created is deleted only after saying so", async () => {
  const place = await placeWith("");
  const platform = fakePlatform();
  await run(place, [creation], platform);
  const { name } = creation;
  platform.variables.set(name, { ...platform.variables.get(name), is_enabled: false });
  expect(lastLine(await onlyEntry(place, platform))).toBe(
    "it was changed since the run created it",
  );
});

test.each([
  [invitation, "It isn't known whether this run sent the invitation"],
  [creation, "It isn't known whether this run created env:PLATFORMSH_CLI_TOKEN"],
])(
  "what may have been sent before a run was killed is never taken for its own: %o",
  async (change, what) => {
    const place = await placeWith("");
    const lost = fakePlatform();
    lost.fail(undefined);
    await expect(run(place, [change], lost)).rejects.toThrow();
    expect((await onlyEntry(place, fakePlatform())).kind).toBe("settled");
    const other = await placeWith("");
    const platform = fakePlatform();
    await run(other, [change], platform);
    expect(await undoAll(place, platform)).toEqual([what]);
  },
);

test("a journal of a later version is not guessed at", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n")]);
  const { record } = await onlyEntry(place);
  const text = await readFile(record.run, "utf8");
  await writeFile(record.run, text.replace('"version": 1', '"version": 2'));
  await expect(planUndo(place.directory, place.env)).rejects.toMatchObject({
    parts: { where: record.run, why: expect.stringContaining("later version") },
  });
});

test("another run that is going on is named instead of being disturbed", async () => {
  const place = await placeWith("a\n");
  await run(place, [insertion(place.path, "a\n", 2, "b\n")]);
  const entry = await onlyEntry(place);
  await writeFile(entry.record.lock, JSON.stringify({ pid: process.ppid }));
  await expect(undoEntry(entry, {})).rejects.toMatchObject({
    parts: { why: expect.stringContaining(String(process.ppid)) },
  });
  expect(await readFile(place.path, "utf8")).toBe("a\nb\n");
});

test("what can't be taken back stays among what the run did", async () => {
  const { directory, env } = await placeWith("a\n");
  const platform = fakePlatform();
  platform.variables.set("env:OLD", {});
  const journal = await openJournal(directory, env);
  const deletion: Change = {
    kind: "variable-deletion",
    project: "shop",
    environment: "main",
    name: "env:OLD",
    flags,
  };
  await applyChange(deletion, { journal, connection: platform });
  const [attempt] = journal.attempts;
  if (attempt === undefined) throw new Error("nothing was done");
  await expect(takeBackAttempt(attempt, journal, platform)).rejects.toThrow(
    "It can't be taken back",
  );
  expect(journal.attempts).toEqual([attempt]);
  await journal.close();
});
