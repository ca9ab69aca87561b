import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isSurelyNotDone } from "../../src/failure.ts";
import { systemKeychain } from "../../src/keychain/system.ts";
import { Secret } from "../../src/secret.ts";
import { emptyDirectory } from "../change/place.ts";

const canary = "canary-7d1f0c5e9b";

/** A keychain over a binding of one's own: the text of a CommonJS module that exports `Entry`. */
async function keychainOver(
  text: string,
  o: { readonly limitMs?: number; readonly signal?: AbortSignal } = {},
) {
  const folder = await emptyDirectory();
  const library = join(folder, "binding.cjs");
  await writeFile(library, text);
  const keychain = systemKeychain({
    env: { PATH: process.env["PATH"], PLATFORMSH_CLI_TOKEN: canary },
    limitMs: o.limitMs ?? 20_000,
    signal: o.signal ?? new AbortController().signal,
    library,
  });
  if (keychain === undefined) throw new Error("there should be a keychain");
  return { keychain, folder };
}

/** Keeps what it is given in a file beside it, and writes down how its process was started. */
const inFile = `
const { existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const seen = __dirname + "/seen.json";
writeFileSync(seen, JSON.stringify([process.argv, process.execArgv, process.env]));
exports.Entry = class {
  constructor(service, account) { this.file = __dirname + "/" + service + "-" + account; }
  getPassword() { return existsSync(this.file) ? readFileSync(this.file, "utf8") : null; }
  setPassword(secret) { writeFileSync(this.file, secret); }
  deletePassword() { const there = existsSync(this.file); rmSync(this.file, { force: true }); return there; }
};`;

test("what is kept is read again, until it is forgotten", async () => {
  const { keychain } = await keychainOver(inFile);
  expect(await keychain.works()).toBe(true);
  expect(await keychain.read("jane")).toBeUndefined();
  await keychain.keep("jane", new Secret(canary));
  expect((await keychain.read("jane"))?.reveal()).toBe(canary);
  expect(await keychain.read("joe")).toBeUndefined();
  expect(await keychain.forget("jane")).toBe(true);
  expect(await keychain.forget("jane")).toBe(false);
});

test("no secret is in the arguments or the environment of the process that asks the keychain", async () => {
  const { keychain, folder } = await keychainOver(inFile);
  await keychain.keep("jane", new Secret(canary));
  const seen = await readFile(join(folder, "seen.json"), "utf8");
  expect(seen).toContain("--eval");
  expect(seen).not.toContain(canary);
});

test("a session without a keychain is told so, with the reason the system gives", async () => {
  const { keychain } = await keychainOver(
    `exports.Entry = class { getPassword() { throw new Error("AccessDenied"); } };`,
  );
  expect(await keychain.works()).toBe(false);
  await expect(keychain.read("jane")).rejects.toMatchObject({
    reason: "signedOut",
    parts: { what: "The system keychain can't be used", why: "AccessDenied" },
  });
});

test("a binding that crashes takes nothing with it", async () => {
  const { keychain } = await keychainOver(`process.kill(process.pid, "SIGKILL");`);
  await expect(keychain.read("jane")).rejects.toMatchObject({
    parts: { why: "its binding ended without an answer" },
  });
  // What it was to keep may be kept: the system may have had it before the crash.
  const kept = await keychain.keep("jane", new Secret(canary)).catch((error: unknown) => error);
  expect(isSurelyNotDone(kept)).toBe(false);
});

const stuck = `exports.Entry = class {
  getPassword() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }
};`;

test("a keychain that waits to be unlocked is left after the limit", async () => {
  const { keychain } = await keychainOver(stuck, { limitMs: 300 });
  await expect(keychain.read("jane")).rejects.toMatchObject({
    parts: { why: "it doesn't answer; it may be locked" },
  });
});

test("Ctrl-C leaves a keychain that waits to be unlocked", async () => {
  const interruption = new AbortController();
  const { keychain } = await keychainOver(stuck, { signal: interruption.signal });
  const reading = keychain.read("jane");
  interruption.abort();
  await expect(reading).rejects.toMatchObject({ reason: "interrupted" });
});
