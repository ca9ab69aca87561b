import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { someOf } from "../amounts.ts";
import {
  type AutomatedShop,
  machineUserEmail as email,
  openAutomatedShop,
  setUpShop,
} from "../setup/automated-shop.ts";
import { holdNoSecret } from "../setup/secrets.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { keys, type PtyRun, runInPty } from "./pty.ts";

const size = { columns: 80, rows: 24 };

/** A shop with a second token of its machine user. */
function withTokens(shop: AutomatedShop): Shop & { readonly tokens: readonly [string, string] } {
  return { ...shop, tokens: [shop.token, shop.sandbox.makeToken(email, "second")] };
}

const automated = async () => withTokens(await openAutomatedShop());
/** One whose setup can be undone. */
const setUp = async () => withTokens(await setUpShop());

function start({ env, directory }: Shop, ...args: string[]): PtyRun {
  return runInPty(args, size, { env, cwd: directory });
}

/** Nothing that was drawn and no file that was written holds a token. */
function holdsNoToken(
  shop: Shop & { readonly tokens: readonly string[] },
  ...runs: readonly PtyRun[]
): Promise<void> {
  const said = runs.flatMap((run) => [run.output(), ...run.frames()]);
  return holdNoSecret(shop.folder, [...shop.tokens, shop.sandbox.operatorToken], said);
}

const said = (run: PtyRun) => run.scrollback().join(" ").replace(/\s+/gu, " ");

const all: (readonly [name: string, hold: () => Promise<void>])[] = [];
const hold = (...one: (typeof all)[number]) => all.push(one);

hold(
  "on screens: rotate replaces the token, and revokes the old one when it is chosen",
  async () => {
    const shop = await automated();
    const report = join(shop.folder, "record.md");
    const run = start(shop, "rotate", "--email", email, "--report", report);
    await run.sees("new API token");
    run.type(keys.paste(` ${shop.tokens[1]}\r\n`));
    run.type(keys.enter);
    await run.sees("Put the new token in its place");
    run.type(keys.tab + keys.enter);
    await run.sees("Which token is the old one");
    run.type(keys.down);
    run.type(keys.enter);
    expect(await run.ended).toBe(0);
    expect(said(run)).toContain("the old token is revoked");
    expect(await readFile(report, "utf8")).toContain("Revoked the API token machinist");
    expect(shop.sandbox.runCron(demoProjectId, "main", "backup").token).toBe("second");
    await holdsNoToken(shop, run);
  },
);

hold(
  "on screens: leaving rotate once the token is pasted says which token is in place",
  async () => {
    const shop = await automated();
    const run = start(shop, "rotate", "--email", email, "--project", demoProjectId);
    await run.sees("new API token");
    run.type(keys.paste(shop.tokens[1]));
    run.type(keys.enter);
    await run.sees("Put the new token in its place");
    run.type(keys.ctrlC);
    expect(await run.ended).toBe(130);
    expect(said(run)).toContain("the token of the environment is as it was");
    expect(said(run)).toContain("machinist rotate");
    await holdsNoToken(shop, run);
  },
);

hold(
  "on screens: verify asks for the token, shows the checklist, and ends with 10 when something is wrong",
  async () => {
    const shop = await automated();
    const report = join(shop.folder, "record.md");
    const run = start(shop, "verify", "--project", demoProjectId, "--wait", "--report", report);
    await run.sees("own token, too?");
    run.type(keys.down);
    run.type(keys.enter);
    await run.sees("API token");
    run.type(keys.paste(shop.tokens[0]));
    run.type(keys.enter);
    expect(await run.ended).toBe(10);
    expect(said(run)).toContain(`ok: it belongs to ${email}`);
    expect(run.output()).toContain("\u001b[32m✔\u001b[39m ok: ");
    expect(run.output()).toContain("\u001b[31m✖\u001b[39m wrong: ");
    expect(said(run)).toMatch(/wrong: the cron renew .*PLATFORM_BRANCH = master/u);
    expect(await readFile(report, "utf8")).toContain("## Found");
    await holdsNoToken(shop, run);
  },
);

hold(
  "on screens: one's own token can be pasted, and is not kept where there is no keychain",
  async () => {
    const shop = await automated();
    const signedOut = { ...shop, env: { ...shop.env, PLATFORMSH_CLI_TOKEN: "" } };
    const run = start(signedOut, "verify", "--project", demoProjectId);
    await run.sees("Your own API token");
    run.type(keys.paste(shop.sandbox.operatorToken));
    run.type(keys.enter);
    await run.sees("own token, too?");
    run.type(keys.ctrlC);
    expect(await run.ended).toBe(130);
    expect(said(run)).toContain("there is no system keychain to use here");
    await holdsNoToken(shop, run);
  },
);

hold(
  "undo, where nobody is signed in: asks for the token on a screen, until it is one that is taken",
  async () => {
    const shop = await setUp();
    const signedOut = { ...shop, env: { ...shop.env, PLATFORMSH_CLI_TOKEN: "" } };
    const run = start(signedOut, "undo");
    await run.sees("Part of the last run was on the platform");
    run.type(keys.paste("a-wrong-token"));
    run.type(keys.enter);
    await run.sees("Not taken: ");
    run.type(keys.paste(shop.sandbox.operatorToken));
    run.type(keys.enter);
    await run.sees("Take back the run of");
    run.type(keys.tab + keys.enter);
    expect(await run.ended).toBe(0);
    expect(said(run)).toContain("Signed in: operator@example.org");
    expect(said(run)).toContain("the redeployment has ended: deployed");
    await holdsNoToken(shop, run);
  },
);

hold(
  "undo, where nobody is signed in: asks for it in a line, and takes back the rest without one",
  async () => {
    const shop = await setUp();
    const signedOut = { ...shop, env: { ...shop.env, PLATFORMSH_CLI_TOKEN: "" } };
    const run = start(signedOut, "undo", "--accessible");
    await run.sees("or Enter to go on without");
    run.type("\r");
    await run.sees("Take 2 changes back");
    run.type("\r");
    await run.sees("Enter alone does nothing here.");
    run.type("apply\r");
    expect(await run.ended).toBe(3);
    expect(said(run)).toContain("New variable env:PLATFORMSH_CLI_TOKEN");
    expect(said(run)).toMatch(
      /done: Changed .platform.app.yaml: undo.*then go on: machinist undo/u,
    );
    await holdsNoToken(shop, run);
  },
);

hold("in lines: rotate and verify ask the same questions", async () => {
  const shop = await automated();
  const place = ["--accessible", "--project", demoProjectId, "--environment", "main"];
  const rotate = start(shop, "rotate", "--email", email, ...place);
  await rotate.sees("Token (not shown)");
  rotate.type(`${shop.tokens[1]}\r`);
  await rotate.sees("Plan:");
  rotate.type("apply\r");
  await rotate.sees("Enter for None: leave them");
  rotate.type("\r");
  expect(await rotate.ended).toBe(0);
  expect(said(rotate)).toContain("the old token is not revoked");
  const verify = start(shop, "verify", ...place);
  await verify.sees("Enter for No");
  verify.type("2\r");
  await verify.sees("Token (not shown)");
  verify.type(`${shop.tokens[1]}\r`);
  expect(await verify.ended).toBe(10);
  expect(said(verify)).toContain(`ok: it belongs to ${email}`);
  await holdsNoToken(shop, rotate, verify);
});

hold("logout in a terminal without a keychain has nothing to forget", async () => {
  const shop = await openShop();
  const run = start(shop, "logout");
  expect(await run.ended).toBe(0);
  expect(said(run)).toContain("No token was kept in the system keychain.");
});

test.each(someOf(all))("%s", (_name, held) => held());
