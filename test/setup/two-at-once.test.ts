import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { setupCommand, setupRequest } from "../../src/commands/setup/run.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

const flags = { task: "backup", branch: "main", offline: true, yes: true };

test("a cron that another run adds while it is asked about is not added once more", async () => {
  const shop = await openShop();
  const before = readFileSync(shop.file, "utf8");
  await runSetup(shop, flags);
  const after = readFileSync(shop.file, "utf8");
  writeFileSync(shop.file, before);
  const options = flagsOf("setup", flags);
  const said: string[] = [];
  const out = (line: string) => {
    said.push(line);
    // Behind the look for a cron that is there, and before the cron is added.
    if (line.startsWith("Branch: ")) writeFileSync(shop.file, after);
  };
  const manner = { face: "flags", yes: true, json: false, verbose: false, reasons: true } as const;
  const ended = await setupCommand(
    setupRequest(shop.directory, options),
    { ...manner, vendor: undefined, flags: repeatableFlags("setup", options) },
    {
      ...{ out, err: out, document: () => undefined },
      ...{ env: shop.env, signal: new AbortController().signal },
    },
  );
  expect(ended).toBe("done");
  expect(said.join("\n")).toMatch(/^Cron: the cron backup does it .*it is there already/mu);
  expect(readFileSync(shop.file, "utf8")).toBe(after);
});
