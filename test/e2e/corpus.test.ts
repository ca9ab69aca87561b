import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { locateApps } from "../../src/appfile/locate.ts";
import { readApp } from "../../src/appfile/read.ts";
import { Failure } from "../../src/failure.ts";
import { someOf } from "../amounts.ts";
import { runSetup } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus");
const flags = {
  offline: true,
  only: "installer,cron",
  task: "backup",
  schedule: ["0 5 * * *"],
  branch: "main",
  yes: true,
};

/** Whether every line of the one text stands, in order, in the other: nothing was removed or changed. */
function isInsertion(before: string, after: string): boolean {
  let from = 0;
  return before.split("\n").every((line) => {
    const at = after.indexOf(line, from);
    from = at + line.length;
    return at >= 0;
  });
}

describe.runIf(existsSync(corpus))("real files, through the command", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "machinist-corpus-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("are patched by insertion alone, a second run changes nothing, undo restores every byte", async () => {
    const refusals: string[] = [];
    const counts = { patched: 0, refused: 0, unreadable: 0 };
    const names = (await readdir(corpus)).filter((name) => name.endsWith(".yaml"));
    const tried = someOf(names);
    for (const [index, name] of tried.entries()) {
      const directory = join(folder, String(index));
      await mkdir(directory);
      const appFile = join(directory, name);
      await writeFile(appFile, await readFile(join(corpus, name)));
      const before = await readFile(appFile, "utf8");
      const shop = {
        directory,
        env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(directory, "state") },
      };
      const app = await locateApps(directory, appFile)
        .then(
          ([location]) =>
            location && readApp(location).then((read) => ({ name: location.name, read })),
        )
        .catch((error: unknown) => {
          expect(error, name).toBeInstanceOf(Failure);
        });
      if (app === undefined || app === null) {
        counts.unreadable += 1;
        continue;
      }
      const given = { ...flags, appFile, app: app.name };
      const first = await runSetup(shop, given);
      const after = await readFile(appFile, "utf8");
      if (first.failure !== undefined) {
        expect(first.failure, name).toBeInstanceOf(Failure);
        expect(after, name).toBe(before);
        counts.refused += 1;
        refusals.push(name);
        continue;
      }
      counts.patched += 1;
      const { build } = app.read.hooks;
      if (build === undefined || build.style === "literal")
        expect(isInsertion(before, after), name).toBe(true);
      expect((await runSetup(shop, given)).failure, name).toBeUndefined();
      expect(await readFile(appFile, "utf8"), name).toBe(after);
      if (after !== before) {
        await runUndo(shop);
        expect(await readFile(appFile, "utf8"), name).toBe(before);
      }
    }
    console.info(`real files: ${JSON.stringify(counts)}; refused: ${refusals.join(" ")}`);
    // Most of them can be patched; a few may be refused, as a person would. Of some, all may be among these few.
    if (tried.length >= 50) expect(counts.patched).toBeGreaterThan(tried.length * 0.7);
  });
});
