import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { redact } from "../../src/secret.ts";
import { runSetup, type SetupRun } from "./run-setup.ts";
import { openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

/** The whole setup with --verbose, and the lines of its requests. */
async function verbosely(shop: Shop): Promise<{
  readonly lines: readonly string[];
  readonly runs: readonly SetupRun[];
  token: string;
}> {
  const lines: string[] = [];
  const hear = (line: string) => lines.push(line);
  const invited = await runSetup(shop, { ...flags, only: "machine-user" }, undefined, hear);
  const { token } = await shop.sandbox.acceptInvitation(email);
  return { lines, token, runs: [invited, await runSetup(shop, flags, token, hear)] };
}

async function everyFile({ folder }: Shop): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

test("--verbose prints every request with its method, path, status and time", async () => {
  const shop = await openShop();
  const { lines, runs } = await verbosely(shop);
  expect(runs.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  for (const line of lines) expect(line).toMatch(/^[A-Z]+ \/[^ ?]+ \d{3} \d+ ms$/u);
  const served = shop.sandbox.requests.filter(({ path }) => !path.startsWith("/sandbox/"));
  expect(lines.map((line) => line.replace(/ \d+ ms$/u, "")).sort()).toEqual(
    served.map(({ method, path, status }) => `${method} ${path} ${status}`).sort(),
  );
});

test("--verbose prints what is tried again, and what got no answer", async () => {
  const shop = await openShop();
  const on = { method: "GET", path: "/projects/*/environments" };
  shop.sandbox.faults.add({ on, effect: { kind: "status", status: 503, retryAfter: "0" } });
  shop.sandbox.faults.add({ on, after: 1, effect: { kind: "reset", when: "before" } });
  const { lines } = await verbosely(shop);
  const tries = lines.filter((line) => /^GET \/projects\/[^/]+\/environments /u.test(line));
  const ends = tries.slice(0, 3).map((line) => line.split(" ")[2]);
  expect(ends).toEqual(["503", "failed", "200"]);
});

test("--verbose shows no token: neither on the screen nor in a file that the run leaves", async () => {
  const shop = await openShop();
  const { runs, lines, token } = await verbosely(shop);
  const printed = [...lines, ...runs.flatMap(({ out, err }) => [out, err])].join("\n");
  const everything = `${printed}\n${await everyFile(shop)}`;
  for (const secret of [token, shop.sandbox.operatorToken]) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(encodeURIComponent(secret));
  }
  // What the process knows to be secret, the access tokens of both accounts among it, is in nothing that it printed.
  expect(redact(printed)).toBe(printed);
});

test("without --verbose no request is printed", async () => {
  const shop = await openShop();
  const { out, err } = await runSetup(shop, { ...flags, only: "machine-user" });
  expect(`${out}\n${err}`).not.toMatch(/^(?:GET|POST|PATCH|DELETE) \//mu);
});
