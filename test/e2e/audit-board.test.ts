import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openShop } from "../setup/shop.ts";
import { keys, runInPty } from "./pty.ts";

test.each([
  { columns: 60, rows: 16 },
  { columns: 120, rows: 40 },
])("a finding is explained and fixed with keys alone at $columns × $rows", async (size) => {
  const shop = await openShop();
  const run = runInPty(["audit"], size, { env: shop.env, cwd: shop.directory });
  await run.sees("error: 2 · warning: 1");
  for (const [change, left] of [
    ['[ "$PLATFORM_BRANCH" = main ]', "error: 1 · warning: 1"],
    ["installer.sh", "error: 0 · warning: 1"],
    ["platform redeploy --no-wait --yes", undefined],
  ] as const) {
    await run.sees("Enter see the fix");
    run.type(keys.enter);
    await run.sees("Make this change");
    run.type("y");
    if (left !== undefined) await run.sees(left);
    else await run.sees(/nothing is left|nothing left|error: 0 · warning: 0/iu);
    expect(await readFile(shop.file, "utf8")).toContain(change);
  }
  run.type("q");
  expect(await run.ended).toBe(0);
  expect(run.output()).not.toContain("\u001b[3J");
});

test("Ctrl-C leaves the audit with 130 and the file as it was", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  const run = runInPty(
    ["audit"],
    { columns: 80, rows: 24 },
    { env: shop.env, cwd: shop.directory },
  );
  await run.sees("no-wait-missing");
  run.type(keys.ctrlC);
  expect(await run.ended).toBe(130);
  expect(await readFile(shop.file, "utf8")).toBe(before);
});
