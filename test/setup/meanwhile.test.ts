import { execFile, execFileSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { converse } from "./conversation.ts";
import { openShop, type Shop } from "./shop.ts";

const onlyCron = { request: { only: ["cron"], given: { task: "backup" } } } as const;

test("what somebody wrote into the file while the diff was shown stays, and the cron is added beside it", async () => {
  const shop = await openShop();
  await converse(
    setupProcedure,
    shop,
    {},
    {
      ...onlyCron,
      onQuestion: async ({ title }) => {
        if (title !== "Add the cron?") return;
        const text = await readFile(shop.file, "utf8");
        await writeFile(shop.file, text.replace("disk: 2048", "disk: 4096 # more"));
      },
    },
  );
  const text = await readFile(shop.file, "utf8");
  expect(text).toContain("disk: 4096 # more");
  expect(text).toContain("platform backup:create --yes --no-wait");
});

test("a file that somebody broke while the diff was shown is left alone", async () => {
  const shop = await openShop();
  const broken = "name: shop\n\ttype: 'php:8.3'\n";
  const setup = converse(
    setupProcedure,
    shop,
    {},
    {
      ...onlyCron,
      onQuestion: async ({ title }) => {
        if (title === "Add the cron?") await writeFile(shop.file, broken);
      },
    },
  );
  await expect(setup).rejects.toMatchObject({ reason: "uneditable" });
  expect(await readFile(shop.file, "utf8")).toBe(broken);
});

test("a file that can't be read any more is told as that, and not as an app that is gone", async () => {
  const shop = await openShop();
  const setup = converse(
    setupProcedure,
    shop,
    {},
    {
      ...onlyCron,
      onQuestion: async ({ title }) => {
        if (title !== "Add the cron?") return;
        await rm(shop.file);
        execFileSync("mkfifo", [shop.file]);
      },
    },
  );
  await expect(setup).rejects.toMatchObject({
    reason: "uneditable",
    parts: { why: expect.stringContaining("named pipe") },
  });
});

test("of two setups at once the second changes nothing, and one cron is added", async () => {
  const shop = await openShop();
  let other: unknown;
  await converse(
    setupProcedure,
    shop,
    {},
    {
      request: { only: ["installer", "cron"], given: { task: "backup" } },
      onQuestion: async ({ title }) => {
        if (title !== "Add the cron?") return;
        // The first one has written the installer, so it has the project until it ends.
        other = await inAnotherProcess(shop);
      },
    },
  );
  expect(other).toContain("Another machinist is changing this project; nothing was done");
  const text = await readFile(shop.file, "utf8");
  expect(text.match(/platform backup:create/gu)).toHaveLength(1);
});

/** Runs the built program on the same folder, and gives what it said. */
async function inAnotherProcess({ directory, env }: Shop): Promise<string> {
  const flags = ["--offline", "--only", "cron", "--task", "backup", "--branch", "main", "--yes"];
  const launcher = join(import.meta.dirname, "../../bin/machinist.js");
  const failed = await promisify(execFile)(
    process.execPath,
    [launcher, "setup", directory, ...flags],
    { env },
  ).then(
    () => "it came to its end",
    (error: unknown) => error,
  );
  return failed instanceof Error && "stderr" in failed ? String(failed.stderr) : String(failed);
}
