import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { currentUser } from "../../src/platform/users.ts";
import { cliAccessTokens, findOfficialCli } from "../../src/setup/official-cli.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { binary } from "../conformance/official-cli.ts";
import { at, exchange } from "../sandbox/client.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

const { platformsh, upsun } = vendors;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "machinist-cli-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

/** A program of this name that does what the lines say. */
async function program(inside: string, name: string, ...lines: readonly string[]) {
  const path = join(inside, name);
  await writeFile(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  await chmod(path, 0o755);
  return path;
}

/** The shop of somebody without a token, whose official CLI is signed in; it leaves a file when it runs. */
async function withCli() {
  const shop = await openShop();
  const token = String(
    at((await exchange(shop.sandbox, shop.sandbox.operatorToken)).body, "access_token"),
  );
  const bin = await folder();
  const officialCli = await program(bin, "platform", `: >"$0.ran"`, `echo ${token}`);
  const env = { ...shop.env, PLATFORMSH_CLI_TOKEN: "", PATH: `${bin}:/usr/bin:/bin` };
  return { shop: { ...shop, env }, bin, officialCli };
}

const onlyAccess = { only: ["machine-user"], given: { task: "backup" } } as const;
const email = "operator+shop-backup@example.org";

test("who is signed in with the official CLI signs in with that, after being asked", async () => {
  const { shop, officialCli } = await withCli();
  const answers = { "sign-in-with": "cli", email };
  const { asked, told } = await converse(setupProcedure, shop, answers, {
    request: { ...onlyAccess, officialCli },
  });
  expect(asked).toContain("With which account?");
  expect(told).toContain("Signed in: operator@example.org (with the account of platform)");
  expect(shop.sandbox.requests.some(({ method }) => method === "POST")).toBe(true);
});

test("the official CLI isn't run where the answer is another account, or nobody can be asked", async () => {
  const { shop, bin, officialCli } = await withCli();
  const answers = { "sign-in-with": "token", "sign-in": shop.sandbox.operatorToken, email };
  const { told } = await converse(setupProcedure, shop, answers, {
    request: { ...onlyAccess, officialCli },
  });
  expect(told).toContain("Signed in: operator@example.org (you pasted the token)");
  const { failure } = await runSetup(shop, { task: "backup", yes: true });
  expect(failure).toMatchObject({ reason: "signedOut" });
  expect(await readdir(bin)).toEqual(["platform"]);
});

test("a CLI that nobody is signed in with says why it has no token", async () => {
  const path = await program(
    await folder(),
    "upsun",
    "echo 'Authentication is required.' >&2",
    "exit 3",
  );
  await expect(cliAccessTokens(path, upsun, {}).accessToken()).rejects.toMatchObject({
    reason: "signedOut",
    parts: { what: "upsun gives no access token", why: "Authentication is required." },
  });
});

test("no program of the checkout, and none of a relative PATH, is taken for the official CLI", async () => {
  const checkout = await folder();
  const elsewhere = await folder();
  await mkdir(join(checkout, "bin"));
  await program(join(checkout, "bin"), "platform", "exit 0");
  const own = await program(elsewhere, "platform", "exit 0");
  const found = (PATH: string) => findOfficialCli(platformsh, { PATH }, checkout);
  expect(await found(`${checkout}/bin`)).toBeUndefined();
  expect(await found("bin:.")).toBeUndefined();
  expect(await found(`${checkout}/bin:${elsewhere}`)).toBe(own);
  await symlink(join(checkout, "bin/platform"), join(elsewhere, "upsun"));
  expect(await findOfficialCli(upsun, { PATH: elsewhere }, checkout)).toBeUndefined();
});

test.runIf(existsSync(binary))("the official CLI itself gives a token that signs in", async () => {
  const { sandbox } = await openShop();
  const home = await folder();
  await symlink(binary, join(home, "upsun"));
  await mkdir(join(home, ".upsun-cli"));
  await writeFile(
    join(home, ".upsun-cli/config.yaml"),
    `api:\n  token: ${sandbox.operatorToken}\n`,
  );
  const env = {
    PATH: `${home}:/usr/bin:/bin`,
    HOME: home,
    UPSUN_CLI_API_BASE_URL: sandbox.apiUrl,
    UPSUN_CLI_API_AUTH_URL: sandbox.authUrl,
  };
  const path = await findOfficialCli(upsun, env, "/nowhere");
  const token = cliAccessTokens(path ?? "", upsun, env);
  const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
  const connection = connect({ addresses, token });
  onTestFinished(() => connection.close());
  expect((await currentUser(connection)).email).toBe("operator@example.org");
});
