import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { verifyWorkflowText } from "../../src/cifile/verify-job.ts";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { rotateCommand, rotateRequest } from "../../src/commands/rotate/run.ts";
import type { ExitReason } from "../../src/exit-code.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { someMoments } from "../amounts.ts";
import { expectPublished } from "../expect-document.ts";
import { signIn } from "../sandbox/client.ts";
import { machineUserEmail as email, openAutomatedShop, settled } from "./automated-shop.ts";
import { ciHost } from "./ci-host.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { openShop, type Shop } from "./shop.ts";

const flags = { email, yes: true };

/** A shop whose token is set, with a platform that takes its time. @param activityMs how long an activity takes */
async function openShopWith(activityMs: number): Promise<Shop> {
  const shop = await openShop({ activityMs });
  await runSetup(shop, { task: "backup", ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  await runSetup(shop, { task: "backup", ...flags, wait: false }, token);
  return shop;
}

interface Rotation {
  readonly said: string;
  readonly failure: unknown;
  /** How it ended, where it came to its end. */
  readonly ended?: ExitReason;
  /** How many requests it made. */
  readonly requests: number;
}

/** Runs `rotate` with nobody to ask. @param leaveAfter it is interrupted after so many requests */
async function rotate(
  shop: Shop,
  given: Readonly<Record<string, unknown>>,
  token?: string,
  leaveAfter = Number.POSITIVE_INFINITY,
): Promise<Rotation> {
  const interruption = new AbortController();
  const lines: string[] = [];
  let requests = 0;
  const options = flagsOf("rotate", given);
  const request = rotateRequest(shop.directory, options);
  const ending = await rotateCommand(
    token === undefined ? request : { ...request, machineToken: new Secret(token) },
    {
      vendor: vendors.platformsh,
      face: "flags",
      yes: options.yes,
      reasons: false,
      json: options.json,
      verbose: true,
      pollMs: 10,
      flags: repeatableFlags("rotate", options),
    },
    {
      out: (line) => lines.push(line),
      err: (line) => {
        if (!/^(?:GET|POST|PATCH|DELETE) \//u.test(line)) lines.push(line);
        else if (++requests >= leaveAfter) interruption.abort();
      },
      document: (text) => {
        expectPublished(text);
        lines.push(text);
      },
      env: shop.env,
      signal: interruption.signal,
    },
  ).then(
    (ended) => ({ ended, failure: undefined }),
    (failure: unknown) => ({ failure }),
  );
  return { said: lines.join("\n"), ...ending, requests };
}

const runCron = (shop: Shop) => shop.sandbox.runCron(demoProjectId, "main", "backup");

test("the new token is deployed, and the old one works until the person revokes it", async () => {
  const shop = await openAutomatedShop();
  expect(runCron(shop)).toEqual({ result: "success", token: "machinist" });
  await settled(shop);
  const second = shop.sandbox.makeToken(email, "second");
  const { said, failure } = await rotate(shop, flags, second);
  expect(failure).toBeUndefined();
  expect(said).toContain("proven: it belongs to operator+shop-backup@example.org");
  expect(said).toContain("its role is exactly viewer, production:admin");
  expect(said).toContain("deployed");
  expect(said).toContain("the environment has the new token");
  expect(said).toContain("the old token is not revoked");
  expect(said).toMatch(/left to you: .*My profile, API tokens, the old token, Delete/u);
  expect(runCron(shop)).toEqual({ result: "success", token: "second" });
});

test("--revoke takes the old token away, once the new one is deployed", async () => {
  const shop = await openAutomatedShop();
  const second = shop.sandbox.makeToken(email, "second");
  const { said, failure } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
  expect(failure).toBeUndefined();
  expect(said).toContain(`done: Revoked the API token machinist of ${email}`);
  expect(said).not.toContain("left to you");
  expect(runCron(shop)).toEqual({ result: "success", token: "second" });
  const third = await rotate(shop, { ...flags, revoke: "machinist" }, second);
  expect(third.said).toContain("Old token: there is none (the account has only the new one)");
});

test("--older-than leaves a younger token as it is, and asks for none", async () => {
  const shop = await openAutomatedShop();
  const { said, failure, ended } = await rotate(shop, { ...flags, olderThan: "90d" });
  expect(failure).toBeUndefined();
  expect(ended).toBe("done");
  expect(said).toMatch(/Age: env:PLATFORMSH_CLI_TOKEN was last changed 0 days ago, on \d{4}-/u);
  expect(said).toContain("Nothing to do");
  expect(said).not.toContain("left to you");
});

test("--older-than replaces an older token, and a dry run ends as a finding does", async () => {
  const shop = await openAutomatedShop();
  const dry = await rotate(shop, { ...flags, olderThan: "0d", dryRun: true });
  expect(dry.ended).toBe("findings");
  expect(dry.said).toContain("Dry run: nothing was changed.");
  const second = shop.sandbox.makeToken(email, "second");
  expect((await rotate(shop, { ...flags, olderThan: "0d" }, second)).ended).toBe("done");
  await settled(shop);
  expect(runCron(shop)).toEqual({ result: "success", token: "second" });
});

test.each(["90", "d", "-1d", "3w"])("--older-than %s is refused", (olderThan) => {
  expect(() => rotateRequest(".", flagsOf("rotate", { olderThan }))).toThrow("This is no age");
});

test("a dry run on an environment without a token says so, and not that it would be replaced", async () => {
  const shop = await openAutomatedShop();
  const { failure } = await rotate(shop, { ...flags, environment: "staging", dryRun: true });
  expect(failure).toMatchObject({
    reason: "usage",
    message: expect.stringContaining("is not set on staging itself"),
  });
});

test("left after any request, a token that works is deployed, and it is said which", async () => {
  const whole = await openAutomatedShop();
  const unhurried = whole.sandbox.makeToken(email, "second");
  const { requests } = await rotate(whole, { ...flags, revoke: "machinist" }, unhurried);
  const shop = await openAutomatedShop();
  let current = "machinist";
  const saw = new Set<string>();
  // Once the value is replaced, a few requests follow.
  const tried = someMoments(requests);
  const moments = [...tried.map((moment) => moment + 1), requests - 2];
  for (const [at, after] of moments.entries()) {
    const name = `token-${at}`;
    const token = shop.sandbox.makeToken(email, name);
    const before = current;
    const run = await rotate(shop, { ...flags, revoke: before }, token, after);
    await settled(shop);
    const cron = runCron(shop);
    expect(cron.result).toBe("success");
    await settled(shop);
    const inPlace = cron.token ?? "";
    current = inPlace;
    if (run.failure === undefined) {
      expect(inPlace).toBe(name);
      continue;
    }
    const claim =
      /is as it was|the environment has the new token|isn't known/u.exec(run.said)?.[0] ?? "";
    saw.add(claim);
    if (claim.includes("as it was")) expect(inPlace).toBe(before);
    if (claim.includes("new")) expect(inPlace).toBe(name);
    expect(run.failure).toBeInstanceOf(Error);
  }
  const both = ["is as it was", "the environment has the new token"];
  if (tried.length === requests) expect([...saw]).toEqual(expect.arrayContaining(both));
});

test("--no-wait leaves the redeployment running, and the old token valid", async () => {
  const shop = await openShopWith(60_000);
  const second = shop.sandbox.makeToken(email, "second");
  const given = { ...flags, wait: false, revoke: "machinist" };
  const { said, failure } = await rotate(shop, given, second);
  expect(failure).toBeUndefined();
  expect(said).toContain("the redeployment is not over: what runs may still use it");
  expect(said).toContain("once the environment is redeployed, revoke the old token");
});

test("after a deployment that failed the old token is not revoked, whatever the flag says", async () => {
  const shop = await openAutomatedShop();
  const second = shop.sandbox.makeToken(email, "second");
  shop.sandbox.faults.add({
    on: { method: "PATCH", path: "/projects/*/environments/*/variables/*" },
    effect: { kind: "failedDeployment" },
  });
  const { said, failure } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
  expect(failure).toBeUndefined();
  expect(said).toContain("not revoked (the redeployment failed: what runs still uses it)");
  expect(runCron(shop)).toEqual({ result: "success", token: "machinist" });
});

test("where deployments are made by hand, the new token is staged, and the old one is not revoked", async () => {
  const shop = await openAutomatedShop();
  const operator = await signIn(shop.sandbox);
  const settings = `/projects/${demoProjectId}/environments/main/settings`;
  await operator.send("PATCH", settings, { enable_manual_deployments: true });
  const second = shop.sandbox.makeToken(email, "second");
  const { said, failure } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
  expect(failure).toBeUndefined();
  expect(said).toContain("the environment has the new token staged; what runs has the old one");
  expect(said).toContain("not revoked (the new one is staged: what runs still uses the old one)");
  expect(said).toContain("left to you: deploy what is staged: platform environment:deploy");
  expect(runCron(shop)).toEqual({ result: "success", token: "machinist" });
});

test("where the platform shows a token no tokens, the clicks are named", async () => {
  const shop = await openAutomatedShop();
  const second = shop.sandbox.makeToken(email, "second");
  shop.sandbox.faults.add({
    on: { method: "GET", path: "/users/*/api-tokens" },
    times: "always",
    effect: { kind: "status", status: 403 },
  });
  const { said, failure } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
  expect(failure).toBeUndefined();
  expect(said).toContain("the platform doesn't let the new token look at its account's");
  expect(said).toMatch(/left to you: .*Delete/u);
});

test.each([
  ["the operator's own", (shop: Shop) => shop.sandbox.operatorToken, "your own token"],
  ["a mistyped one", () => "mistyped-3c9d1", "refuses that token"],
  [
    "a colleague's",
    (shop: Shop) => shop.sandbox.makeToken("developer@example.org", "laptop"),
    "belongs to developer@example.org",
  ],
])("%s is refused, and nothing is changed", async (_whose, tokenOf, why) => {
  const shop = await openAutomatedShop();
  const { said, failure } = await rotate(shop, flags, tokenOf(shop));
  expect(failure).toMatchObject({ reason: "signedOut" });
  expect(`${failure}`).toContain(why);
  expect(said).toContain("the token of the environment is as it was");
  expect(runCron(shop)).toEqual({ result: "success", token: "machinist" });
});

test("without a variable there is nothing to rotate", async () => {
  const shop = await openShop();
  await runSetup(shop, { task: "backup", ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { failure } = await rotate(shop, { ...flags, acceptExtraRights: true }, token);
  expect(failure).toMatchObject({ reason: "usage" });
  expect(`${failure}`).toContain("there is no token to replace");
});

test("a dry run shows the change and makes none", async () => {
  const shop = await openAutomatedShop();
  const second = shop.sandbox.makeToken(email, "second");
  const before = shop.sandbox.requests.length;
  const { said, failure } = await rotate(shop, { ...flags, yes: false, dryRun: true }, second);
  expect(failure).toBeUndefined();
  expect(said).toContain("value: replaced by the machine user's token");
  expect(said).toContain("Dry run: nothing was changed.");
  const sent = shop.sandbox.requests.slice(before).filter(({ method }) => method !== "GET");
  expect(sent.every(({ path }) => path === "/oauth2/token")).toBe(true);
});

test("undo says that neither the value nor a revoked token comes back", async () => {
  const shop = await openAutomatedShop();
  await rotate(shop, { ...flags, revoke: "machinist" }, shop.sandbox.makeToken(email, "second"));
  const said = await runUndo(shop);
  expect(said).toContain("a revoked token can't be brought back");
  expect(said).toContain("the value stays the new one");
});

test("no token is in anything that is said or kept, in words and as JSON", async () => {
  const shop = await openAutomatedShop();
  const second = shop.sandbox.makeToken(email, "second");
  const runs = [
    await rotate(shop, { ...flags, dryRun: true }, second),
    await rotate(shop, { ...flags, json: true, revoke: "machinist" }, second),
  ];
  const files = await readdir(shop.folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) => readFile(join(file.parentPath, file.name), "latin1")),
  );
  for (const text of [...texts, ...runs.map(({ said }) => said)]) {
    expect(text).not.toContain(second);
    expect(text).not.toContain(shop.sandbox.operatorToken);
  }
  expect(runs[1]?.said).toContain('"inPlace": "new"');
});

describe("where a job of CI uses the token as well", () => {
  /** A workflow whose job takes the token from a secret. @param more lines of the job */
  const workflow = (secret: string, more = "") =>
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${more}    steps:\n      - env:\n          PLATFORMSH_CLI_TOKEN: \${{ secrets.${secret} }}\n        run: platform backup:list\n`;

  /** The automated shop, with a workflow that uses the token. */
  async function withWorkflow(signedIn: boolean, text = workflow("PLATFORMSH_CLI_TOKEN")) {
    const shop = await openAutomatedShop();
    execFileSync(
      "git",
      ["-C", shop.directory, "remote", "add", "origin", "git@github.com:acme/shop.git"],
      { stdio: "pipe" },
    );
    await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
    await writeFile(join(shop.directory, ".github/workflows/a.yml"), text);
    const host = await ciHost(shop, "gh", signedIn);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    return { shop: { ...shop, env: host.env }, host };
  }

  test("the secret gets the new token too, and only then is the old one revoked", async () => {
    const { shop, host } = await withWorkflow(true);
    const second = shop.sandbox.makeToken(email, "second");
    const { said, failure } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect(failure).toBeUndefined();
    expect(await host.secret()).toBe(second);
    expect(said).toContain("the secret of CI has the new token");
    expect(said).toContain("its role is exactly viewer, production:admin");
    expect(said).toContain(`done: Revoked the API token machinist of ${email}`);
    expect(said.indexOf("Set the secret")).toBeLessThan(said.indexOf("done: Revoked"));
  });

  test("the old token is not revoked where the secret can't be set from here", async () => {
    const { shop } = await withWorkflow(false);
    const second = shop.sandbox.makeToken(email, "second");
    const { said } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect(said).toContain(
      "left to you: give PLATFORMSH_CLI_TOKEN the new token at https://github.com/acme/shop/settings/secrets/actions/new",
    );
    expect(said).toContain("the secret of CI has the old token still");
    expect(said).toContain("the old token is not revoked");
    expect(said).not.toContain("Revoked the API token");
  });

  test.each([
    ["alone", "on: push\njobs: {}\n", false],
    ["beside one of GitHub, whose secret gets the new one", workflow("PLATFORMSH_CLI_TOKEN"), true],
  ])(
    "the old token is not revoked where another CI system has jobs %s",
    async (_how, text, isSet) => {
      const { shop, host } = await withWorkflow(true, text);
      await mkdir(join(shop.directory, ".circleci"));
      await writeFile(join(shop.directory, ".circleci/config.yml"), "version: 2.1\n");
      const second = shop.sandbox.makeToken(email, "second");
      const { said } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
      expect(said).toContain(".circleci/config.yml is not read");
      expect(await host.secret()).toBe(isSet ? second : undefined);
      expect(said).not.toContain("Revoked the API token");
    },
  );

  test.each([
    [true, "PLATFORMSH_CLI_TOKEN of acme/shop would get the new token (this is a dry run)"],
    [
      false,
      "left to you: give PLATFORMSH_CLI_TOKEN the new token at https://github.com/acme/shop/",
    ],
  ])(
    "a dry run names the repository, and what would be left (signed in: %s)",
    async (signedIn, said) => {
      const { shop, host } = await withWorkflow(signedIn);
      const dry = await rotate(shop, { ...flags, yes: false, dryRun: true });
      expect(dry.failure).toBeUndefined();
      expect(dry.said).toContain(said);
      expect(await host.secret()).toBeUndefined();
    },
  );

  test("nothing of it is asked where the checkout is another project's, whose secret it would be", async () => {
    const { shop, host } = await withWorkflow(true);
    const name = (...args: string[]) =>
      execFileSync("git", ["-C", shop.directory, "remote", ...args], { stdio: "pipe" });
    name("remove", "platform");
    name("add", "platform", "elsewhere1234@git.eu.platform.sh:elsewhere1234.git");
    const second = shop.sandbox.makeToken(email, "second");
    const { said, failure } = await rotate(shop, { ...flags, project: demoProjectId }, second);
    expect(failure).toBeUndefined();
    expect(said).toContain("the environment has the new token");
    expect(said).toContain("there is no checkout of the project here");
    expect(said).toContain("the checkout here is not known to be the project's");
    expect(said).not.toContain("its role is exactly");
    expect(await host.secret()).toBeUndefined();
  });

  const dailyLook = verifyWorkflowText({
    ...{ project: demoProjectId, environment: "main", words: ["--project", demoProjectId] },
    ...{ tokenEnv: "PLATFORMSH_CLI_TOKEN", installs: "machinist@1.0.0" },
    ...{ schedule: "17 7 * * *", repository: "acme/shop" },
  });

  test("the daily look keeps its token, which is of an account that only looks", async () => {
    const { shop, host } = await withWorkflow(true, dailyLook);
    const second = shop.sandbox.makeToken(email, "second");
    const { said, failure } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect(failure).toBeUndefined();
    expect(await host.secret()).toBeUndefined();
    expect(said).toContain("no job of CI uses the token");
    expect(said).toContain(`done: Revoked the API token machinist of ${email}`);
  });

  test("beside a daily look, the job's own secret gets the new token", async () => {
    const { shop, host } = await withWorkflow(true);
    await writeFile(
      join(shop.directory, ".github/workflows/machinist-verify.yml"),
      `${dailyLook}      - run: platform backup:list\n        env:\n          PLATFORMSH_CLI_TOKEN: \${{ secrets.MACHINIST_READER_TOKEN }}\n`,
    );
    const second = shop.sandbox.makeToken(email, "second");
    const { said } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect((await host.calls()).join("\n")).toContain("secret set PLATFORMSH_CLI_TOKEN");
    expect((await host.calls()).join("\n")).not.toContain("secret set MACHINIST_READER_TOKEN");
    expect(said).toContain(`done: Revoked the API token machinist of ${email}`);
  });

  test("a workflow that is called with all secrets of the repository has them by their names", async () => {
    const called = workflow("DEPLOY_TOKEN").replace(
      "on: push",
      "on: {workflow_call: {secrets: {DEPLOY_TOKEN: {}}}}",
    );
    const { shop, host } = await withWorkflow(true, called);
    await writeFile(
      join(shop.directory, ".github/workflows/b.yml"),
      "on: push\njobs:\n  b:\n    uses: ./.github/workflows/a.yml\n    secrets: inherit\n",
    );
    const second = shop.sandbox.makeToken(email, "second");
    await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect((await host.calls()).join("\n")).toContain("secret set DEPLOY_TOKEN");
  });

  test("a secret of another name is the one that gets the new token", async () => {
    const { shop, host } = await withWorkflow(true, workflow("DEPLOY_TOKEN"));
    const second = shop.sandbox.makeToken(email, "second");
    await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect(await host.secret()).toBe(second);
    expect((await host.calls()).join("\n")).toContain("secret set DEPLOY_TOKEN");
  });

  test.each([
    [
      "takes it from an environment of GitHub",
      workflow("PLATFORMSH_CLI_TOKEN", "    environment: production\n"),
      "may take it from an environment of GitHub",
    ],
    [
      "is elsewhere",
      "on: push\njobs:\n  a:\n    uses: acme/shared/.github/workflows/a.yml@main\n    secrets: inherit\n",
      "can't be followed",
    ],
    [
      "takes it from another secret than another job",
      `on: push\njobs:\n${["A", "B"].map((name) => `  ${name}:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: platform backup:list\n        env: {PLATFORMSH_CLI_TOKEN: "\${{ secrets.${name} }}"}\n`).join("")}`,
      "left to you: give the secret that has the old one the new token in CI (its jobs don't take the token from one secret, but from A, B: which of them has the old one, no host tells)",
    ],
    [
      "calls the CLI without a token that is seen",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: platform backup:list\n",
      "takes its token from can't be told",
    ],
    [
      "hands its secret to an action that nobody knows",
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: acme/own@v1\n        with: {token: "\${{ secrets.PLATFORMSH_CLI_TOKEN }}"}\n`,
      "a.yml hands the secret PLATFORMSH_CLI_TOKEN to something that isn't followed",
    ],
    [
      "hands the usual secret to a program, beside one with a secret of its own",
      `${workflow("DEPLOY_TOKEN")}      - env: {T: "\${{ secrets['platformsh_cli_token'] }}"}\n        run: node deploy.js\n`,
      "a.yml names the secret PLATFORMSH_CLI_TOKEN as well",
    ],
    [
      "uses the CLI by an action",
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: axelerant/platformsh-action@v1\n        with: {cli-token: "\${{ secrets.DEPLOY_TOKEN }}"}\n`,
      "where the job a takes its token from can't be told",
    ],
    [
      "has a script that isn't read to its end",
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: "${"( ".repeat(3000)}platform backup:list${" )".repeat(3000)}"\n`,
      "a.yml isn't read to its end",
    ],
    [
      "is called by another workflow, which hands over a secret",
      workflow("CLI_TOKEN").replace("on: push", "on: {workflow_call: {secrets: {cli_token: {}}}}"),
      "its jobs don't take the token from one secret",
    ],
  ])("the old token is not revoked where a job %s", async (_what, text, why) => {
    const { shop, host } = await withWorkflow(true, text);
    const second = shop.sandbox.makeToken(email, "second");
    const { said } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
    expect(said).toContain(why);
    expect(said).not.toContain("the secret of CI has the new token");
    expect(said).not.toContain("Revoked the API token");
    expect(await host.secret()).toBeUndefined();
  });

  test.each([
    [
      "that can't be read",
      ".github/workflows/b.yml",
      "env: PLATFORMSH_CLI_TOKEN: x\n",
      "b.yml can't be read",
    ],
    [
      "of another system",
      ".gitlab-ci.yml",
      "a:\n  script: platform backup:list\n",
      "jobs of two CI systems",
    ],
  ])(
    "the old token is not revoked where there is a file of CI %s",
    async (_what, path, text, why) => {
      const { shop } = await withWorkflow(true);
      await writeFile(join(shop.directory, path), text);
      const second = shop.sandbox.makeToken(email, "second");
      const { said } = await rotate(shop, { ...flags, revoke: "machinist" }, second);
      expect(said).toContain(why);
      expect(said).toContain("the old token is not revoked");
      expect(said).not.toContain("Revoked the API token");
    },
  );
});

test("a rotation that nobody gave a token speaks of no new one", async () => {
  const shop = await openAutomatedShop();
  const { said, failure } = await rotate(shop, { ...flags, project: "nothere" });
  expect(failure).toBeDefined();
  expect(said).toContain("the token of the environment is as it was");
  expect(said).not.toContain("new");
});
