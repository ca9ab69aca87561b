import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { applyChange } from "../../src/change/apply.ts";
import { interruptedChanges } from "../../src/change/interrupted-run.ts";
import { openJournal } from "../../src/change/journal.ts";
import { planUndo, undoEntry } from "../../src/change/undo.ts";
import { someMoments } from "../amounts.ts";
import { insertion } from "./insertion.ts";
import { emptyDirectory } from "./place.ts";

const execute = promisify(execFile);
const before = "a\nc\n";
const after = "a\nb\nc\n";
const fileName = ".platform.app.yaml";

async function bundle(): Promise<string> {
  const outfile = join(await emptyDirectory(), "run.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "killed-run.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["undici"],
    // yaml is CommonJS and calls require for a module of Node.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return outfile;
}

interface Place {
  readonly directory: string;
  readonly path: string;
  readonly env: { readonly MACHINIST_HOME: string };
}

async function place(): Promise<Place> {
  const directory = await emptyDirectory();
  const path = join(directory, fileName);
  await writeFile(path, before);
  return { directory, path, env: { MACHINIST_HOME: await emptyDirectory() } };
}

async function apply({ directory, path, env }: Place): Promise<void> {
  const journal = await openJournal(directory, env);
  await applyChange(insertion(path, before, 2, "b\n"), { journal });
  await journal.close();
}

async function undo({ directory, env }: Place): Promise<void> {
  for (const entry of (await planUndo(directory, env)).entries) await undoEntry(entry, env);
}

/** Runs it to its end, or to the call in front of which it is killed; gives how many calls it made. */
async function start(script: string, work: "apply" | "undo", at: Place, killAt = 0) {
  const run = execute(process.execPath, [script, work, at.directory, at.path, String(killAt)], {
    env: at.env,
  });
  if (killAt === 0) return Number((await run).stdout);
  await expect(run).rejects.toMatchObject({ signal: "SIGKILL" });
  return killAt;
}

/** The state after a kill: the file is whole, can be put back, and the next run works as the first. */
async function expectRepairable(at: Place): Promise<readonly string[]> {
  const now = await readFile(at.path, "utf8");
  expect([before, after]).toContain(now);
  const told = await interruptedChanges(at.directory, at.env);
  const state = now === before ? "the file is as it was" : "the change is in the file";
  for (const sentence of told) expect(sentence).toContain(state);
  await undo(at);
  expect(await readFile(at.path, "utf8")).toBe(before);
  expect((await planUndo(at.directory, at.env)).entries).toEqual([]);
  await apply(at);
  expect(await readFile(at.path, "utf8")).toBe(after);
  expect(await readdir(at.directory)).toEqual([fileName]);
  expect(await interruptedChanges(at.directory, at.env)).toEqual([]);
  return told;
}

test.each(["apply", "undo"] as const)(
  "a run that is killed at any moment of %s leaves the old file or the new one, and can be undone",
  async (work) => {
    const script = await bundle();
    const prepared = async () => {
      const at = await place();
      if (work === "undo") await apply(at);
      return at;
    };
    const whole = await start(script, work, await prepared());
    expect(whole).toBeGreaterThan(20);
    const told = new Set<string>();
    const moments = someMoments(whole);
    for (const moment of moments) {
      const at = await prepared();
      await start(script, work, at, moment + 1);
      for (const sentence of await expectRepairable(at)) told.add(sentence);
    }
    // A change that was begun is told of, whether it was made or not; taking one back is begun anew instead.
    const most = work === "apply" ? 2 : 0;
    expect(told.size).toBeLessThanOrEqual(most);
    if (moments.length === whole) expect(told.size).toBe(most);
  },
);
