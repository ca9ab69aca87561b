import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import { Secret } from "../../src/secret.ts";
import { savedSetups } from "../../src/setup/saved-setup.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { oneOf } from "../amounts.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };
const year = 365 * 86_400_000;
const truly = () => performance.timeOrigin + performance.now();

/** The clock of this computer, and nothing else, shows another time. The sandbox goes by its own, which is right. */
function setClock(years: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: truly() + years * year });
}

afterEach(() => {
  vi.useRealTimers();
});

const rightSandbox = () => openShop({ now: () => new Date(truly()), activityMs: 0 });

const exchanges = ({ sandbox }: Shop) =>
  sandbox.requests.filter(({ path }) => path === "/oauth2/token").length;

const clocks = [-30, 30] as const;

test.each(oneOf(clocks, 0))(
  "a setup comes to its end with a clock that is %i years off",
  async (years) => {
    const right = await rightSandbox();
    await runSetup(right, { ...flags, only: "machine-user" });
    const usual = { requests: right.sandbox.requests.length, exchanges: exchanges(right) };

    setClock(years);
    const shop = await rightSandbox();
    const invited = await runSetup(shop, { ...flags, only: "machine-user" });
    expect(invited.failure).toBeUndefined();
    expect({ requests: shop.sandbox.requests.length, exchanges: exchanges(shop) }).toEqual(usual);
    const { token } = await shop.sandbox.acceptInvitation(email);
    expect((await runSetup(shop, flags, token)).failure).toBeUndefined();
    expect(await readFile(shop.file, "utf8")).toContain("backup:create");
  },
);

test.each(oneOf(clocks, 1))(
  "what was set up is verified with a clock that is %i years off",
  async (years) => {
    setClock(years);
    const shop = await rightSandbox();
    await runSetup(shop, { ...flags, only: "machine-user" });
    const { token } = await shop.sandbox.acceptInvitation(email);
    await runSetup(shop, flags, token);
    const text = await readFile(shop.file, "utf8");
    shop.sandbox.push("shopq4m2v7xk3", "main", { ".platform.app.yaml": text });
    shop.sandbox.runCron("shopq4m2v7xk3", "main", "backup");
    const lines: string[] = [];
    const options = flagsOf("verify", {});
    await verifyCommand(
      { ...verifyRequest(shop.directory, options), machineToken: new Secret(token) },
      {
        ...{ vendor: vendors.platformsh, face: "flags", yes: false, reasons: false, json: false },
        ...{ verbose: false, pollMs: 10, wait: false, flags: repeatableFlags("verify", options) },
      },
      {
        out: (line) => lines.push(line),
        err: () => undefined,
        document: () => undefined,
        env: shop.env,
        keychain: async () => undefined,
        signal: new AbortController().signal,
      },
    );
    expect(lines.join("\n")).toContain("the cron backup");
    expect(lines.join("\n")).not.toMatch(/NaN|Invalid|undefined/u);
  },
);

test("a clock that is set while a setup runs costs no sign-in, and ends none that is good", async () => {
  const undisturbed = await rightSandbox();
  await runSetup(undisturbed, { ...flags, only: "machine-user" });
  const shop = await rightSandbox();
  let heard = 0;
  const { failure } = await runSetup(shop, { ...flags, only: "machine-user" }, undefined, () => {
    heard += 1;
    setClock(heard % 2 === 0 ? 30 : -30);
  });
  expect(failure).toBeUndefined();
  expect(exchanges(shop)).toBe(exchanges(undisturbed));
});

test("a setup that was left by a clock years ahead is offered by the right one, and gone on with", async () => {
  const shop = await rightSandbox();
  setClock(30);
  const leaving = converse(
    setupProcedure,
    shop,
    { task: "backup", email },
    {
      keep: true,
      onQuestion: async ({ kind }) => {
        if (kind === "secret") throw new Error("left");
      },
    },
  );
  await expect(leaving).rejects.toThrow("left");
  vi.useRealTimers();
  const { offer } = await savedSetups(shop.directory, shop.env, "shopq4m2v7xk3");
  if (offer === undefined) throw new Error("there is no setup to go on with");
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { asked } = await converse(
    setupProcedure,
    shop,
    { token },
    { keep: true, request: { saved: offer } },
  );
  expect(asked[0]).toContain("Go on with the setup");
  expect(await readFile(shop.file, "utf8")).toContain("backup:create");
});

test("a setup whose date is no date is left alone", async () => {
  const shop = await rightSandbox();
  const leaving = converse(
    setupProcedure,
    shop,
    { task: "backup", email },
    {
      keep: true,
      onQuestion: async ({ kind }) => {
        if (kind === "secret") throw new Error("left");
      },
    },
  );
  await expect(leaving).rejects.toThrow("left");
  const all = await readdir(join(shop.folder, "state/setups"), { recursive: true });
  const [path] = all.filter((name) => name.endsWith(".json"));
  const file = join(shop.folder, "state/setups", path ?? "");
  const saved = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...saved, left: "2026-13-45T99:99:99.999Z" }));
  expect(await savedSetups(shop.directory, shop.env, undefined)).toEqual({ damaged: [file] });
});
