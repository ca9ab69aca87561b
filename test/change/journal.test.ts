import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import { openJournal } from "../../src/change/journal.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import { insertion } from "./insertion.ts";
import { emptyDirectory } from "./place.ts";

interface Place {
  readonly directory: string;
  readonly path: string;
  readonly env: { readonly MACHINIST_HOME: string };
  /** The folder of the journal's files. */
  runs(): Promise<string>;
}

async function place(text: string): Promise<Place> {
  const directory = await emptyDirectory();
  const path = join(directory, ".platform.app.yaml");
  await writeFile(path, text);
  const home = await emptyDirectory();
  return {
    directory,
    path,
    env: { MACHINIST_HOME: home },
    runs: async () => {
      const [key = ""] = await readdir(join(home, "journal"));
      return join(home, "journal", key);
    },
  };
}

/** A run that adds one line at the end of the file. */
async function run({ directory, path, env }: Place, line: string): Promise<void> {
  const before = await readFile(path, "utf8");
  const journal = await openJournal(directory, env);
  await applyChange(insertion(path, before, before.length, line), { journal });
  await journal.close();
}

async function undo({ directory, env }: Place): Promise<void> {
  for (const entry of (await planUndo(directory, env)).entries) await undoEntry(entry, env);
}

test("a journal with any one byte flipped is refused in words, or says what it said", async () => {
  const at = await place("a\n");
  await run(at, "curl https://example.org/install | bash\n");
  const file = join(await at.runs(), "1.json");
  const [whole, edited] = [await readFile(file), await readFile(at.path, "utf8")];
  const refused: number[] = [];
  for (let index = 0; index < whole.length; index += 3) {
    const flipped = Buffer.from(whole);
    flipped[index] = (whole[index] ?? 0) ^ (1 << (index % 7));
    await writeFile(file, flipped);
    const plan = await planUndo(at.directory, at.env).catch((failure: unknown) => failure);
    expect(await readFile(at.path, "utf8")).toBe(edited);
    if (plan instanceof Error) {
      expect(plan).toMatchObject({
        reason: "unexpected",
        parts: { what: "The journal can't be read; nothing was done", where: file },
      });
      refused.push(index);
    } else {
      const [entry] = (plan as Awaited<ReturnType<typeof planUndo>>).entries;
      expect(entry).toMatchObject({ kind: "ready", reversal: { after: "a\n" } });
    }
  }
  // What isn't refused was a blank between two words of the format.
  expect(refused.length).toBeGreaterThan((whole.length / 3) * 0.6);
});

test("the last run is the one that came last, whatever the clock said", async () => {
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const at = await place("a\n");
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-01-01") });
  await run(at, "first\n");
  vi.setSystemTime(new Date("2021-01-01"));
  await run(at, "second\n");
  expect((await planUndo(at.directory, at.env)).started).toMatch(/^2021/u);
  await undo(at);
  expect(await readFile(at.path, "utf8")).toBe("a\nfirst\n");
  await undo(at);
  expect(await readFile(at.path, "utf8")).toBe("a\n");
});

test("the tenth run comes after the ninth", async () => {
  const at = await place("");
  for (let count = 1; count <= 10; count++) await run(at, `${count}\n`);
  await undo(at);
  expect(await readFile(at.path, "utf8")).toBe("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
});

test("a journal that can't be listed is not taken for one that is empty", async () => {
  const at = await place("a\n");
  await run(at, "b\n");
  const files = await at.runs();
  await rename(files, `${files}.aside`);
  await writeFile(files, "in its way");
  await expect(planUndo(at.directory, at.env)).rejects.toMatchObject({
    parts: { what: "The journal can't be read; nothing was done", where: files },
  });
});

test("below a file no journal can be written, and nothing is changed", async () => {
  const at = await place("a\n");
  const env = { MACHINIST_HOME: join(at.path, "state") };
  await expect(run({ ...at, env }, "b\n")).rejects.toMatchObject({
    parts: { what: "The lock can't be written; nothing was done" },
  });
  expect(await readFile(at.path, "utf8")).toBe("a\n");
});

test("what is kept is its owner's alone, also in a folder that was open before", async () => {
  const at = await place("a\n");
  await mkdir(join(at.env.MACHINIST_HOME, "journal"));
  await run(at, "b\n");
  const runs = await at.runs();
  await chmod(runs, 0o755);
  await run(at, "c\n");
  const modes = [runs, join(runs, "1.json"), join(runs, "2.json")].map(
    async (path) => (await stat(path)).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual([0o700, 0o600, 0o600]);
});
