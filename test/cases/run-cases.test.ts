import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyDirectory } from "../change/place.ts";
import { type CaseRun, runCases } from "./run-cases.ts";

/** Runs cases that come out as given: a runner in their place knows their outcome, and picks those that are named. */
async function outcome(ran: readonly CaseRun[], list: readonly string[], names: string[] = []) {
  const runner = `
    const picked = process.argv.slice(4, -1);
    const cases = ${JSON.stringify(ran)}.filter(({ name }) => picked.length === 0 || picked.includes(name));
    console.log(JSON.stringify({ cases }));
    process.exitCode = 1;`;
  return runCases(
    "unused",
    await folderWith(runner),
    list.map((name) => `${name}\n`).join(""),
    names,
  );
}

async function folderWith(runner: string): Promise<string> {
  const folder = await emptyDirectory();
  await mkdir(join(folder, "open"));
  await writeFile(join(folder, "run.mjs"), runner);
  return folder;
}

const good = { name: "good", problems: [] };
const bad = { name: "bad", problems: ["step 1: expected exit 5, seen 0"] };

test("passes when just the listed cases fail", async () => {
  expect(await outcome([bad, good], ["bad"])).toEqual({
    passed: true,
    lines: ["2 cases: 1 passed, 1 failed; 1 are known to fail"],
  });
});

test("fails at an unlisted case that fails, and says what was wrong", async () => {
  const { passed, lines } = await outcome([bad, good], []);
  expect(passed).toBe(false);
  expect(lines).toContain("FAIL bad: step 1: expected exit 5, seen 0");
});

test("fails at a listed case that passes, and names it", async () => {
  const { passed, lines } = await outcome([bad, good], ["bad", "good"]);
  expect(passed).toBe(false);
  expect(lines).toContain("good passes: take it off the list of known failures");
});

test("fails at a listed name that no case has", async () => {
  const { passed, lines } = await outcome([good], ["gone"]);
  expect(passed).toBe(false);
  expect(lines).toContain("gone is on the list of known failures, and there is no such case");
});

test("fails at a list that is out of order or names a case twice", async () => {
  const bads = ["a", "b"].map((name) => ({ ...bad, name }));
  expect((await outcome(bads, ["a", "b"])).passed).toBe(true);
  expect((await outcome(bads, ["b", "a"])).passed).toBe(false);
  expect((await outcome(bads, ["a", "b", "b"])).passed).toBe(false);
});

test("says nothing of listed cases that were not asked for", async () => {
  expect(await outcome([bad, good], ["bad"], ["good"])).toMatchObject({ passed: true });
});

test("passes with a sentence where the cases aren't there", () => {
  expect(runCases("unused", "/nowhere", "bad\n", [])).toEqual({
    passed: true,
    lines: [
      "No case was run: they are kept beside the checkout, and there is no folder /nowhere/open.",
    ],
  });
});

test("fails with the runner's own words when it gives no report", async () => {
  const runner = 'console.error("there is no case x"); process.exitCode = 2;';
  expect(runCases("unused", await folderWith(runner), "", ["x"])).toEqual({
    passed: false,
    lines: ["The cases could not be run: there is no case x"],
  });
});
