import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { rotateMany } from "../../src/commands/rotate/fleet.ts";
import { fleetSelection, readProjectTokens } from "../../src/commands/rotate/fleet-request.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { emptyDirectory } from "../change/place.ts";
import { signIn } from "../sandbox/client.ts";
import { machineUserEmail as email, openAutomatedShop, settled } from "../setup/automated-shop.ts";
import type { Shop } from "../setup/shop.ts";

/** Rotates the tokens of every project that the operator of a shop sees, with nobody to ask. */
async function rotateAll(
  shop: Shop,
  given: Readonly<Record<string, unknown>>,
  tokens: ReturnType<typeof readProjectTokens> = new Map(),
) {
  const lines: string[] = [];
  const flags = flagsOf("rotate", { all: true, ...given });
  const selection = fleetSelection(flags);
  if (selection === undefined) throw new Error("no projects were chosen");
  const ending = await rotateMany(
    { directory: shop.directory, selection, flags, tokens },
    {
      vendor: vendors.platformsh,
      face: "flags",
      yes: flags.yes,
      reasons: false,
      json: false,
      verbose: false,
      pollMs: 10,
      flags: repeatableFlags("rotate", flags),
    },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      document: (line) => lines.push(line),
      env: shop.env,
      signal: new AbortController().signal,
    },
  ).then(
    (ended) => ({ ended }),
    (failure: unknown) => ({ failure }),
  );
  return { said: lines.join("\n"), ...ending };
}

/** The flags that choose these projects. */
async function listOf(...ids: readonly string[]) {
  const projectsFrom = join(await emptyDirectory(), "projects");
  await writeFile(projectsFrom, ids.join("\n"));
  return { all: false, projectsFrom };
}

const nameOf = (shop: Shop) => shop.sandbox.runCron(demoProjectId, "main", "backup").token;

test("the tokens of the projects that have one are replaced, and the others are counted", async () => {
  const shop = await openAutomatedShop();
  const second = shop.sandbox.makeToken(email, "second");
  const before = await readFile(shop.file, "utf8");
  const tokens = readProjectTokens(`# by hand\n\n${demoProjectId} ${email} ${second}\n`);
  const chosen = await listOf(demoProjectId, "oasis5t7r3b8k");
  const { said, ...ending } = await rotateAll(shop, { ...chosen, yes: true }, tokens);
  expect(ending).toEqual({ ended: "done" });
  expect(said).toContain(`done: 1 (${demoProjectId})`);
  expect(said).toContain("without a token on its production environment: 1");
  expect(said).toContain("files of CI were not looked at");
  expect(said).not.toContain(second);
  await settled(shop);
  expect(nameOf(shop)).toBe("second");
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

test("a project whose new token isn't handed over is left out, and that is no success", async () => {
  const shop = await openAutomatedShop();
  const { said, ...ending } = await rotateAll(shop, { yes: true });
  expect(ending).toEqual({ ended: "leftOut" });
  expect(said).toMatch(new RegExp(`left out: \\d+ \\(${demoProjectId},`, "u"));
  expect(nameOf(shop)).toBe("machinist");
});

test("what goes on with one project takes it from the same ones, and no checkout for one of it", async () => {
  const shop = await openAutomatedShop();
  const path = `/projects/${demoProjectId}/environments/main/variables/**`;
  const { faults } = shop.sandbox;
  faults.add({ on: { method: "PATCH", path }, times: "always", effect: { kind: "html" } });
  const second = shop.sandbox.makeToken(email, "second");
  const tokens = readProjectTokens(`${demoProjectId} ${email} ${second}\n`);
  const chosen = await listOf("oasis5t7r3b8k", demoProjectId);
  const { said, ...ending } = await rotateAll(shop, { ...chosen, yes: true }, tokens);
  expect(ending).toEqual({ ended: "leftOut" });
  expect(said).toMatch(
    new RegExp(
      `go on, with the same new token: machinist rotate ${shop.directory} --project ${demoProjectId} --projects-from \\S+ --yes`,
      "u",
    ),
  );
  faults.clear();
  const again = await rotateAll(shop, { ...chosen, project: demoProjectId, yes: true }, tokens);
  expect(again).toMatchObject({ ended: "done" });
  expect(again.said).toContain(`done: 1 (${demoProjectId})`);
  expect(again.said).not.toContain("without a token");
  await settled(shop);
  expect(nameOf(shop)).toBe("second");
});

test("a project that isn't among those that were chosen is wrong usage", async () => {
  const shop = await openAutomatedShop();
  const chosen = { ...(await listOf("oasis5t7r3b8k")), project: demoProjectId };
  const ending = await rotateAll(shop, { ...chosen, yes: true });
  expect(ending).toMatchObject({ failure: { reason: "usage", parts: { where: "--project" } } });
  expect(nameOf(shop)).toBe("machinist");
});

test("a token is not judged by the jobs of the checkout that it happens to be started in", async () => {
  const shop = await openAutomatedShop();
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", shop.directory, ...args], { stdio: "pipe" });
  git("remote", "remove", "platform");
  const text = await readFile(shop.file, "utf8");
  await writeFile(shop.file, text.replaceAll("platform backup:create", "platform user:add"));
  const second = shop.sandbox.makeToken(email, "second");
  const tokens = readProjectTokens(`${demoProjectId} ${email} ${second}\n`);
  const chosen = await listOf(demoProjectId);
  const { said, ...ending } = await rotateAll(shop, { ...chosen, yes: true }, tokens);
  expect(ending).toEqual({ ended: "done" });
  expect(said).toContain("not known: which role its work needs");
});

test("a new token that nothing is replaced with is told", async () => {
  const shop = await openAutomatedShop();
  const chosen = { ...(await listOf("oasis5t7r3b8k")), yes: true };
  const tokens = readProjectTokens("oasis5t7r3b8k some-token\n");
  const { said, ...ending } = await rotateAll(shop, chosen, tokens);
  expect(ending).toEqual({ ended: "leftOut" });
  expect(said).toContain("the new token isn't used, because there is none to replace");
});

test("a dry run names the tokens that are old enough, and changes nothing", async () => {
  const shop = await openAutomatedShop();
  const due = await rotateAll(shop, { dryRun: true, olderThan: "0d" });
  expect(due).toMatchObject({ ended: "findings" });
  expect(due.said).toMatch(new RegExp(`to be replaced: \\d+ \\(${demoProjectId},`, "u"));
  expect(due.said).toContain("on main: last changed 0 days ago");
  const chosen = await listOf(demoProjectId);
  const young = await rotateAll(shop, { ...chosen, dryRun: true, olderThan: "90d" });
  expect(young).toMatchObject({ ended: "done" });
  expect(young.said).toMatch(new RegExp(`younger than .*: \\d+ \\(${demoProjectId}`, "u"));
  expect(nameOf(shop)).toBe("machinist");
});

test("a project that can't be read is told, and the others go on", async () => {
  const shop = await openAutomatedShop();
  const first = shop.sandbox.faults;
  const path = `/projects/${demoProjectId}/environments`;
  first.add({ on: { method: "GET", path }, times: "always", effect: { kind: "html" } });
  const { said, ...ending } = await rotateAll(shop, { dryRun: true });
  expect(ending).toEqual({ ended: "leftOut" });
  expect(said).toContain(`failed: 1 (${demoProjectId})`);
  expect(said).toMatch(/without a token on its production environment: [1-9]/u);
});

test("a token that is for the CLI of another vendor is none that isn't there", async () => {
  const shop = await openAutomatedShop();
  const { send } = await signIn(shop.sandbox);
  const variables = `/projects/${demoProjectId}/environments/main/variables`;
  await send("DELETE", `${variables}/${encodeURIComponent("env:PLATFORMSH_CLI_TOKEN")}`);
  const value = { name: "env:UPSUN_CLI_TOKEN", value: "a-token", is_sensitive: true };
  await send("POST", variables, { ...value, is_inheritable: false });
  await settled(shop);
  const { said, ...ending } = await rotateAll(shop, { dryRun: true });
  expect(ending).toEqual({ ended: "leftOut" });
  expect(said).toContain(
    `${demoProjectId}: its token is in env:UPSUN_CLI_TOKEN, for the CLI of Upsun: give the same command with --vendor upsun`,
  );
  expect(said).toContain(`left out: 1 (${demoProjectId})`);
  const chosen = await listOf(demoProjectId);
  const reminder = await rotateAll(shop, { ...chosen, dryRun: true, olderThan: "90d" });
  expect(reminder).toMatchObject({ ended: "done" });
  expect(reminder.said).toContain(`younger than what is to be replaced: 1 (${demoProjectId})`);
  expect(reminder.said).not.toContain("left out");
});

test("an account that is signed out amid the projects ends it, and those not reached are named", async () => {
  const shop = await openAutomatedShop();
  const path = "/projects/*/environments";
  const effect = { kind: "expiredToken" } as const;
  shop.sandbox.faults.add({ on: { method: "GET", path }, after: 1, times: "always", effect });
  shop.sandbox.faults.add({
    on: { method: "POST", path: "/oauth2/token" },
    after: 1,
    times: "always",
    effect: { kind: "expiredToken" },
  });
  const { said, ...ending } = await rotateAll(shop, { dryRun: true });
  expect(ending).toMatchObject({ failure: { reason: "signedOut" } });
  expect(said).toMatch(/^not come to its end, or not reached: [1-9]\d* \(/mu);
});

test("nothing is done where nobody can be asked and nothing was agreed to", async () => {
  const { failure } = { failure: undefined, ...(await rotateAll(await openAutomatedShop(), {})) };
  expect(failure).toMatchObject({
    reason: "usage",
    parts: { next: expect.stringContaining("--dry-run") },
  });
});

test("a token for a project that isn't among the chosen ones is no token to forget", async () => {
  const shop = await openAutomatedShop();
  const tokens = readProjectTokens("otherproject1 some-token\n");
  const { failure } = { failure: undefined, ...(await rotateAll(shop, { yes: true }, tokens)) };
  expect(failure).toMatchObject({
    reason: "usage",
    message: expect.stringContaining("otherproject1"),
  });
});

test.each([
  ["one word", "abcdefgh\n"],
  ["three words", "abcdefgh some token there\n"],
  ["an address that is none", "abcdefgh some token\n"],
  ["no id", "Not-An-Id some-token\n"],
  ["a project twice", "abcdefgh one-token\nabcdefgh other-token\n"],
])("%s is no line of tokens, and isn't repeated", (_what, text) => {
  let failure: unknown;
  try {
    readProjectTokens(text);
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({ reason: "usage" });
  expect(JSON.stringify(failure)).not.toContain("token\\n");
  expect(JSON.stringify(failure)).not.toMatch(/some|one-token|other-token/u);
});

test.each([
  { environment: "main" },
  { repository: "acme/shop" },
  { revoke: "old" },
  { json: true },
  { org: "acme" },
])("%j doesn't go with --all", (other) => {
  expect(() => fleetSelection(flagsOf("rotate", { all: true, ...other }))).toThrow();
});
