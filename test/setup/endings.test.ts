import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { undoCommand } from "../../src/commands/undo/run.ts";
import type { Failure } from "../../src/failure.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { onFaultyDisk } from "../change/faulty-disk.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { holdNoSecret } from "./secrets.ts";
import { openShop, readApi, type Shop, setTokenVariable } from "./shop.ts";

const email = "operator+shop@example.org";
const flags = { task: "backup", email, yes: true };
const variablePath = "/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN";

/** Runs the part of a setup that sets the variable, on a disk that is full once the journal has the change as begun. */
async function setOnDiskThatFills(shop: Shop, token: string) {
  let writes = 0;
  let run: Awaited<ReturnType<typeof runSetup>> | undefined;
  await onFaultyDisk(
    ({ name, path = "" }) => {
      if (name !== "handle.writeFile" || !path.includes("/journal/")) return undefined;
      writes += 1;
      return writes > 1 ? { code: "ENOSPC", when: "before" } : undefined;
    },
    async () => {
      run = await runSetup(shop, { ...flags, only: "token,variable", ifSet: "replace" }, token);
    },
  );
  return run;
}

describe("a disk that is full by the time a variable is replaced", () => {
  test("takes nothing from what is said: it is done, and it is not written down", async () => {
    const shop = await openShop();
    await setTokenVariable(shop);
    await runSetup(shop, { ...flags, only: "machine-user" });
    const { token } = await shop.sandbox.acceptInvitation(email);
    const before = await readApi(shop, variablePath);
    const run = await setOnDiskThatFills(shop, token);
    expect(await readApi(shop, variablePath)).not.toEqual(before);
    expect(run?.err).toMatch(/done: Changed the variable .*it could not be written down/u);
    expect(run?.err).not.toContain("nothing was changed");
    expect(run?.failure).toMatchObject({ reason: "unexpected" } satisfies Partial<Failure>);
    await holdNoSecret(shop.folder, [token], [`${run?.out}${run?.err}`]);
  });
});

describe("a person who declines everything", () => {
  const declines = { installer: "no", "cron:backup": "no" };

  test("is told what was left out and how to go on, not that all is done", async () => {
    const shop = await openShop();
    const before = await readFile(shop.file, "utf8");
    const { summary } = await converse(setupProcedure, shop, declines, {
      request: {
        offline: true,
        only: ["installer", "cron"],
        given: { task: "backup", branch: "main" },
      },
    });
    const said = summary.join("\n");
    expect(said).toContain("left out: Installer (you declined)");
    expect(said).toContain("left out: Cron (you declined)");
    expect(said).toContain("nothing was changed");
    expect(said).toContain("for what is not done: machinist setup");
    expect(said).not.toContain("Nothing was left to do");
    expect(await readFile(shop.file, "utf8")).toBe(before);
  });
});

test("an undo on a full disk says what it took back, and the next one finishes it", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  await runSetup(shop, { task: "backup", branch: "main", offline: true, yes: true });
  const lines: string[] = [];
  let writes = 0;
  await onFaultyDisk(
    ({ name }) => {
      if (name !== "handle.writeFile") return undefined;
      writes += 1;
      return writes > 1 ? { code: "ENOSPC", when: "before" } : undefined;
    },
    () =>
      expect(runUndo(shop, {}, lines)).rejects.toMatchObject({
        parts: { what: "That it is taken back could not be written down" },
      }),
  );
  const said = lines.join("\n");
  expect(said).toMatch(/done: Changed \.platform\.app\.yaml: undo “add the cron backup”/u);
  expect(said).toContain("left out: to take back: .platform.app.yaml: “install platform");
  expect(said).not.toContain("nothing was changed");
  await runUndo(shop);
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

test("an undo that is cut off with all of it taken back names no command: that would take the run before back", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  await runSetup(shop, { ...flags, only: "token,variable" }, token);
  const lines: string[] = [];
  const stop = new AbortController();
  const say = (line: string) => {
    lines.push(line);
    if (line.startsWith("done: Deleted the variable")) stop.abort();
  };
  const ended = undoCommand(
    shop.directory,
    {
      ...{ vendor: undefined, face: "flags", yes: true, dryRun: false, json: false },
      ...{ waits: true, verbose: false, flags: [], pollMs: 60_000 },
    },
    { out: say, err: say, document: () => undefined, env: shop.env, signal: stop.signal },
  );
  await expect(ended).rejects.toThrow();
  expect(lines.at(-1)).toBe("all of it is taken back; the redeployment goes on by itself");
  expect(lines.join("\n")).not.toContain("machinist undo");
});

test("an undo after which something stays says so, and does not end as done", async () => {
  const shop = await openShop();
  await setTokenVariable(shop);
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  await runSetup(shop, { ...flags, only: "token,variable", ifSet: "replace" }, token);
  const lines: string[] = [];
  const ended = await undoCommand(
    shop.directory,
    {
      vendor: undefined,
      face: "flags",
      yes: true,
      dryRun: false,
      json: false,
      waits: false,
      verbose: false,
      flags: [],
    },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      document: () => undefined,
      env: shop.env,
      signal: new AbortController().signal,
    },
  );
  expect(ended).toBe("leftOut");
  expect(lines.join("\n")).toMatch(
    /left out: to take back: Changed variable .*the old one is kept nowhere/u,
  );
  // What the run before did is still there.
  expect(lines.join("\n")).toMatch(/can be taken back next: machinist undo/u);
});
