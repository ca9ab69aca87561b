import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { emptyDirectory } from "../change/place.ts";
import { openAutomatedShop } from "../setup/automated-shop.ts";
import { holdNoSecret } from "../setup/secrets.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

/** A binding that keeps each secret in a file beside it. */
const binding = `
const { existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
exports.Entry = class {
  constructor(service, account) { this.file = __dirname + "/" + encodeURIComponent(service + " " + account); }
  getPassword() { return existsSync(this.file) ? readFileSync(this.file, "utf8") : null; }
  setPassword(secret) { writeFileSync(this.file, secret); }
  deletePassword() { const there = existsSync(this.file); rmSync(this.file, { force: true }); return there; }
};`;

test("the program as it is shipped keeps a token in the keychain, looks with it, and forgets it", async () => {
  const shop = await openAutomatedShop();
  const { folder, token, env } = shop;
  const keychain = await emptyDirectory();
  await writeFile(join(keychain, "binding.cjs"), binding);
  const preload = pathToFileURL(join(import.meta.dirname, "stand-in-keychain.mjs"));
  preload.search = String(new URLSearchParams({ binding: join(keychain, "binding.cjs") }));
  const said: string[] = [];
  const run = (args: readonly string[], input = "") =>
    new Promise<string>((done) => {
      const child = execFile(
        process.execPath,
        [launcher, ...args],
        { cwd: shop.directory, env: { ...env, NODE_OPTIONS: `--import=${preload}` } },
        (_error, stdout, stderr) => {
          said.push(stdout, stderr);
          done(`${stdout}\n${stderr}`);
        },
      );
      child.stdin?.end(input);
    });
  const kept = async () =>
    Promise.all(
      (await readdir(keychain))
        .filter((name) => name !== "binding.cjs")
        .map((name) => readFile(join(keychain, name), "utf8")),
    );
  const look = ["verify", "--project", demoProjectId, "--environment", "main"];
  const first = await run([...look, "--keychain", "--machine-token-stdin"], `${token}\n`);
  expect(first).not.toContain("the token is not kept");
  expect(await kept()).toEqual([token]);
  const second = await run([...look]);
  expect(second).not.toContain("can only be seen with its own token");
  expect(await run(["logout"])).toContain("Forgotten: ");
  expect(await kept()).toEqual([]);
  await holdNoSecret(folder, [token, shop.sandbox.operatorToken], said);
});
