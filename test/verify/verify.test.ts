import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SandboxOptions } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState } from "../../src/sandbox/state.ts";
import { memoryKeychain } from "../keychain/memory-keychain.ts";
import { signIn } from "../sandbox/client.ts";
import { runSetup } from "../setup/run-setup.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { verify } from "./run-verify.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };
const day = 24 * 60 * 60_000;

interface Automated extends Shop {
  readonly token: string;
  /** Moves the clock of the sandbox on. */
  pass(ms: number): void;
}

/** When the shops of this file were set up. */
const began = Date.now() - 3 * day;

/** A shop whose clock stands still, and what moves it. */
async function shopAt(start: number, contents?: SandboxOptions["contents"]) {
  let now = start;
  const shop = await openShop({
    now: () => new Date(now),
    accessTokenSeconds: 30 * 86_400,
    ...(contents === undefined ? {} : { contents }),
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...shop, pass };
}

/** Sets a shop up without a push; gives what came of it. */
async function setUpOnce() {
  const shop = await shopAt(began);
  const cron = (await readFile(shop.file, "utf8")).replace(
    /\n {4}# From the manual, when[\s\S]*?fi\n/u,
    "",
  );
  await writeFile(shop.file, cron);
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  expect((await runSetup(shop, { ...flags, wait: false }, token)).failure).toBeUndefined();
  return { state: shop.sandbox.state(), file: await readFile(shop.file, "utf8"), token };
}

let setUp: ReturnType<typeof setUpOnce> | undefined;

/** A shop that was set up and, unless told otherwise, pushed; nothing is under way. The setup is made once and copied. */
async function automated(o: { readonly pushed?: boolean } = {}): Promise<Automated> {
  setUp ??= setUpOnce();
  const { state, file, token } = await setUp;
  const read = readState(state);
  if (read.kind === "unusable") throw new Error(read.why);
  const shop = await shopAt(began + 1000, read.contents);
  await writeFile(shop.file, file);
  if (o.pushed !== false) {
    shop.sandbox.push(demoProjectId, "main", { ".platform.app.yaml": file });
    shop.pass(1000);
  }
  return { ...shop, token };
}

/** Has the cron run two hours ago. */
const runCron = (shop: Automated) => {
  shop.pass(3 * day - 2 * 60 * 60_000);
  const run = shop.sandbox.runCron(demoProjectId, "main", "backup");
  shop.pass(60_000);
  return run;
};

test("an automation that works is found to work, from the file to the backup and its maker", async () => {
  const shop = await automated();
  expect(runCron(shop).result).toBe("success");
  const { said, ended } = await verify(shop, {}, { token: shop.token });
  for (const line of [
    "ok: in shop, the build hook installs platform",
    "ok: the cron backup runs backup:create on main only",
    "ok: the build hook is deployed as it is in the file",
    "ok: the cron backup is deployed as it is in the file",
    "has the CLI 5.11.1 in its log",
    "ok: crons run on the environment",
    "ok: env:PLATFORMSH_CLI_TOKEN is set as it should be",
    "ok: what runs has env:PLATFORMSH_CLI_TOKEN",
    `ok: it belongs to ${email}`,
    "ok: its role is exactly viewer, production:admin",
    "ok: it sees no other project",
    "ok: the cron backup ran",
    `ok: its backup was made as ${email}, the machine user`,
    "Nothing is wrong",
  ])
    expect(said).toContain(line);
  expect(said).not.toMatch(/ (?:wrong|open|not looked at): /u);
  expect(ended).toBe("done");
});

test("a token that is staged is found not to be live, with the command that deploys it", async () => {
  const shop = await automated();
  const operator = await signIn(shop.sandbox);
  const main = `/projects/${demoProjectId}/environments/main`;
  await operator.send("PATCH", `${main}/settings`, { enable_manual_deployments: true });
  shop.pass(60_000);
  const variable = `${main}/variables/env:PLATFORMSH_CLI_TOKEN`;
  await operator.send("PATCH", variable, { value: shop.token });
  shop.pass(60_000);
  const { said } = await verify(shop);
  expect(said).toContain("open: changes are staged on main, not live");
  expect(said).toMatch(
    /wrong: env:PLATFORMSH_CLI_TOKEN was changed after the deployment that runs: changes are staged/u,
  );
  expect(said).toContain(
    `platform environment:deploy --project ${demoProjectId} --environment main`,
  );
});

test("what was not pushed is found to be missing from what runs", async () => {
  const shop = await automated({ pushed: false });
  const { said, ended } = await verify(shop);
  expect(said).toContain("wrong: the cron backup is not deployed on main (.platform.app.yaml:");
  expect(said).toContain("wrong: the build hook of shop is deployed with other commands on main");
  expect(said).toContain("? not looked at: what the machine user may do can only be seen");
  expect(ended).toBe("findings");
});

test("a cron that has not been due yet is open, and one that was due is wrong", async () => {
  const shop = await automated();
  const { said } = await verify(shop);
  expect(said).toMatch(
    /wrong: the cron backup (?:has not run, though it was due twice|is deployed on main, and didn't run when it was due)/u,
  );
  const fresh = await openShop();
  await runSetup(fresh, { ...flags, only: "machine-user" });
  const { token } = await fresh.sandbox.acceptInvitation(email);
  await runSetup(fresh, flags, token);
  const text = await readFile(fresh.file, "utf8");
  fresh.sandbox.push(demoProjectId, "main", { ".platform.app.yaml": text });
  const now = await verify(fresh, { wait: true });
  expect(now.said).toMatch(/open: the cron backup has not run yet; it is due .* 05:00 UTC/u);
});

test("a token that was revoked shows in the cron's failure, and in the token's refusal", async () => {
  const shop = await automated();
  const other = shop.sandbox.makeToken(email, "other");
  await fetchAs(shop, other, "DELETE", "machinist");
  expect(runCron(shop).result).toBe("failure");
  const { said, ended } = await verify(shop, {}, { token: shop.token });
  expect(said).toMatch(/wrong: the cron backup failed when it ran last, on /u);
  expect(said).toContain("wrong: the token is refused");
  expect(ended).toBe("findings");
});

test("a backup that was made in the operator's name is found", async () => {
  const shop = await automated();
  await runSetup(shop, { ...flags, only: "variable" });
  const { sandbox } = shop;
  await replaceValue(shop, sandbox.operatorToken);
  shop.pass(1000);
  runCron(shop);
  const { said } = await verify(shop, {}, { token: sandbox.operatorToken });
  expect(said).toContain("made as operator@example.org, which is you");
  expect(said).toContain(
    "wrong: the cron's work is done as operator@example.org, which is your own account",
  );
});

test("a cron whose name another app's has as well is not said to have run", async () => {
  const shop = await automated();
  runCron(shop);
  await mkdir(join(shop.directory, "api"));
  const other = "name: api\ntype: 'php:8.3'\ncrons:\n    backup: { spec: '0 7 * * *', cmd: ./b }\n";
  await writeFile(join(shop.directory, "api/.platform.app.yaml"), other);
  const { said } = await verify(shop, { app: "shop" });
  expect(said).toMatch(
    /open: a cron backup ran .*, and whether that was the one of shop or of api/u,
  );
  expect(said).not.toContain("ok: the cron backup ran");
});

test("files of another project are told before anything is said of them", async () => {
  const shop = await openShop();
  const { said } = await verify(shop, { project: "magazine4h7q2" });
  expect(said).toContain(
    `In the file:\n  ▲ open: the checkout is of ${demoProjectId} (from the git remote platform), so that its files may not be those of Magazine; start in a checkout of the project`,
  );
  expect(said).not.toContain("commit and push");
});

test("a guard for an environment that there isn't is wrong", async () => {
  const shop = await automated();
  await writeFile(shop.file, (await readFile(shop.file, "utf8")).replace("= main ]", "= master ]"));
  const { said } = await verify(shop);
  expect(said).toContain(
    "✖ wrong: the cron backup asks for PLATFORM_BRANCH = master, but the default branch is main",
  );
});

test("a cron for another environment is not looked at, and it is said where to look", async () => {
  const shop = await automated();
  const text = await readFile(shop.file, "utf8");
  await writeFile(shop.file, text.replace("= main ]", "= staging ]"));
  const { said } = await verify(shop);
  expect(said).toContain(
    "? not looked at: the cron backup runs on staging, not on main; machinist verify --environment staging looks there",
  );
  expect(said).not.toContain("wrong: the cron backup");
});

test("a deployment that is under way is told, and waited for with --wait", async () => {
  const shop = await openShop({ activityMs: 1000 });
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  await runSetup(shop, { ...flags, wait: false }, token);
  const text = await readFile(shop.file, "utf8");
  shop.sandbox.push(demoProjectId, "main", { ".platform.app.yaml": text });
  const before = await verify(shop);
  expect(before.said).toContain("open: a deployment is under way");
  const after = await verify(shop, { wait: true });
  expect(after.said).not.toContain("under way");
  expect(after.said).toContain("ok: the cron backup is deployed as it is in the file");
});

test("the JSON says what people are told, and holds no token", async () => {
  const shop = await automated();
  runCron(shop);
  const { said, ended } = await verify(shop, { json: true }, { token: shop.token });
  const report: unknown = JSON.parse(said);
  expect(report).toMatchObject({
    version: 1,
    command: "verify",
    project: demoProjectId,
    environment: "main",
    app: "shop",
    good: true,
    checks: expect.arrayContaining([
      {
        subject: "work",
        state: "ok",
        sentence: `its backup was made as ${email}, the machine user`,
      },
    ]),
  });
  expect(ended).toBe("done");
  expect(said).not.toContain(shop.token);
});

test("a token that is kept in the keychain looks the next time, and is in no file", async () => {
  const shop = await automated();
  const keychain = memoryKeychain();
  await verify(shop, { keychain: true }, { token: shop.token, keychain });
  expect([...keychain.secrets.values()].map((secret) => secret.reveal())).toEqual([shop.token]);
  const { said } = await verify(shop, {}, { keychain });
  expect(said).toContain("with its token (from the system keychain)");
  expect(said).toContain(`ok: it belongs to ${email}`);
  const files = await readdir(shop.folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile())) {
    expect(await readFile(join(file.parentPath, file.name), "latin1")).not.toContain(shop.token);
  }
});

test("nobody signed in ends with what to do", async () => {
  const shop = await openShop();
  const { ended } = await verify({ ...shop, env: { ...shop.env, PLATFORMSH_CLI_TOKEN: "" } });
  expect(ended).toMatchObject({ reason: "signedOut" });
});

/** A request as the account of an API token: revokes the token of that name. */
async function fetchAs(shop: Shop, token: string, method: string, name: string): Promise<void> {
  const { apiUrl, authUrl } = shop.sandbox;
  const exchanged = await fetch(`${authUrl}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "api_token", api_token: token }),
  });
  const grant: unknown = await exchanged.json();
  const access =
    grant !== null && typeof grant === "object" && "access_token" in grant
      ? grant.access_token
      : "";
  const headers = { authorization: `Bearer ${access}` };
  const me: unknown = await (await fetch(`${apiUrl}/users/me`, { headers })).json();
  const id = me !== null && typeof me === "object" && "id" in me ? me.id : "";
  const all: unknown = await (await fetch(`${apiUrl}/users/${id}/api-tokens`, { headers })).json();
  const found = Array.isArray(all) ? all.find((one) => one.name === name) : undefined;
  const gone = await fetch(`${apiUrl}/users/${id}/api-tokens/${found?.id}`, { method, headers });
  expect(gone.status).toBe(204);
}

/** Puts another value into the variable, as somebody who does it by hand. */
async function replaceValue(shop: Shop, value: string): Promise<void> {
  const { apiUrl, authUrl, operatorToken } = shop.sandbox;
  const exchanged = await fetch(`${authUrl}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "api_token", api_token: operatorToken }),
  });
  const grant: unknown = await exchanged.json();
  const access =
    grant !== null && typeof grant === "object" && "access_token" in grant
      ? grant.access_token
      : "";
  const path = `/projects/${demoProjectId}/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN`;
  const changed = await fetch(apiUrl + path, {
    method: "PATCH",
    headers: { authorization: `Bearer ${access}`, "content-type": "application/json" },
    body: JSON.stringify({ value }),
  });
  expect(changed.ok).toBe(true);
}
