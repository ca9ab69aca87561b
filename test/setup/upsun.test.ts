import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { rotateCommand, rotateRequest } from "../../src/commands/rotate/run.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import {
  layDownSampleProject,
  sampleFiles,
  upsunSampleFiles,
} from "../../src/sandbox/sample-project.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { allVendors } from "../../src/vendors/registry.ts";
import { signIn } from "../sandbox/client.ts";
import { runSetup } from "./run-setup.ts";

const flags = { task: "backup", only: "installer,cron", environment: "staging", yes: true };

test("a newcomer to Upsun names no vendor: setup signs in with UPSUN_CLI_TOKEN and writes Upsun's CLI", async () => {
  const shop = await shopOfUpsun(upsunSampleFiles);
  const run = await runSetup(shop, flags);
  expect(run.failure).toBeUndefined();
  expect(run.out).toContain("Vendor: Upsun (from .upsun/config.yaml)");
  expect(run.out).toContain("(from UPSUN_CLI_TOKEN)");
  expect(run.out).toContain("whose crons rest once nothing was deployed there for 14 days");
  const text = await readFile(join(shop.directory, ".upsun/config.yaml"), "utf8");
  expect(text).toContain("upsun backup:create --yes --no-wait");
  expect(text).toContain("upsun --version || exit 1");
});

test("a deployment of Upsun that failed is told with its hook, in the setup and in verify", async () => {
  const { sandbox, ...shop } = await shopOfUpsun(upsunSampleFiles);
  const email = "operator+shop-backup@example.org";
  const given = { task: "backup", environment: "main", email, yes: true };
  await runSetup(shop, { ...given, only: "machine-user" });
  const { token } = await sandbox.acceptInvitation(email);
  sandbox.faults.add({
    on: { method: "POST", path: "/projects/*/environments/*/variables" },
    effect: { kind: "failedDeployment" },
  });
  const run = await runSetup(shop, given, token);
  expect(run.out).toContain("the deployment failed at a hook");
  const lines: string[] = [];
  const options = flagsOf("verify", {});
  await verifyCommand(
    verifyRequest(shop.directory, options),
    {
      ...{ vendor: undefined, face: "flags", yes: false, reasons: false, json: false },
      ...{ verbose: false, pollMs: 10, wait: true },
      flags: repeatableFlags("verify", options),
    },
    {
      out: (line) => lines.push(line),
      err: () => undefined,
      document: () => undefined,
      env: shop.env,
      signal: new AbortController().signal,
    },
  );
  expect(lines.join("\n")).toMatch(
    /wrong: the latest deployment of main failed: the deploy hook of \w+ ended with 1/u,
  );
});

test("files of one vendor and an API that names another stop what writes, and --vendor goes on", async () => {
  const shop = await shopOfUpsun(sampleFiles);
  const stopped = await runSetup(shop, flags);
  expect(stopped.failure).toMatchObject({
    reason: "usage",
    parts: {
      what: "Shop is a project of Upsun, as the API says, and the checkout one of Platform.sh (from .platform.app.yaml): say which with --vendor upsun or --vendor platformsh",
    },
  });
  const file = join(shop.directory, ".platform.app.yaml");
  expect(await readFile(file, "utf8")).toBe(sampleFiles[".platform.app.yaml"]);
  const named = await runSetup(shop, { ...flags, vendor: "platformsh" });
  expect(named.failure).toBeUndefined();
  expect(await readFile(file, "utf8")).toContain("platform backup:create");
});

test("rotate stops there too before anything is sent, and says that --vendor decides", async () => {
  const { sandbox, ...shop } = await shopOfUpsun(sampleFiles);
  const options = flagsOf("rotate", { yes: true, email: "operator+shop-backup@example.org" });
  const rotation = rotateCommand(
    rotateRequest(shop.directory, options),
    {
      ...{ vendor: undefined, face: "flags", yes: true, reasons: false, json: false },
      ...{ verbose: false, pollMs: 10, wait: true },
      flags: repeatableFlags("rotate", options),
    },
    {
      ...{ out: () => undefined, err: () => undefined, document: () => undefined },
      env: shop.env,
      signal: new AbortController().signal,
    },
  );
  await expect(rotation).rejects.toMatchObject({
    reason: "usage",
    parts: {
      what: expect.stringMatching(
        /^Shop is a project of Upsun, as the API says, .* --vendor upsun or --vendor platformsh$/u,
      ),
    },
  });
  expect(
    sandbox.requests.filter(({ method, path }) => method !== "GET" && !/oauth2/u.test(path)),
  ).toEqual([]);
});

test("an access token where an API token belongs is told apart from one that was revoked", async () => {
  const { directory, env } = await shopOfUpsun(upsunSampleFiles);
  const jwt = ["eyJhbGciOiJub25lIn0", "eyJzdWIiOiJub2JvZHkifQ", "c2lnbmF0dXJl"].join(".");
  const run = await runSetup({ directory, env: { ...env, UPSUN_CLI_TOKEN: jwt } }, flags);
  expect(run.failure).toMatchObject({
    reason: "signedOut",
    parts: { what: "That is an access token, which lasts 15 minutes, and no API token" },
  });
  expect(run.out + run.err).not.toContain(jwt);
});

test("an access token that is handed over as the machine user's is told apart from one that was revoked", async () => {
  const { sandbox, ...shop } = await shopOfUpsun(upsunSampleFiles);
  const email = "operator+shop-backup@example.org";
  const given = { task: "backup", environment: "main", email, yes: true };
  await runSetup(shop, { ...given, only: "machine-user" });
  const { token } = await sandbox.acceptInvitation(email);
  const { bearer } = await signIn(sandbox, token);
  const run = await runSetup(shop, given, bearer);
  expect(run.failure).toMatchObject({
    reason: "signedOut",
    parts: { what: "That is an access token, which lasts 15 minutes, and no API token" },
  });
  expect(run.out + run.err).not.toContain(bearer);
});

test("with the tokens of both vendors set, that of the project's own vendor is taken, and the other is no conflict", async () => {
  const { sandbox, ...shop } = await shopOfUpsun(upsunSampleFiles);
  const env = { ...shop.env, PLATFORMSH_CLI_TOKEN: "a-token-that-nobody-has" };
  const run = await runSetup({ ...shop, env }, flags);
  expect(run.failure).toBeUndefined();
  expect(run.out).toContain("(from UPSUN_CLI_TOKEN)");
  expect(sandbox.requests.filter(({ status }) => status === 401)).toEqual([]);
});

/** A checkout with these files, of a shop that the API has as a project of Upsun. */
async function shopOfUpsun(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "machinist-upsun-"));
  const directory = join(folder, "shop");
  await mkdir(directory);
  await layDownSampleProject(directory, demoProjectId, files);
  const sandbox = await startSandbox({ activityMs: 10, ofUpsun: true });
  onTestFinished(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  const addresses = allVendors.slice(0, 2).flatMap(({ prefix }) => [
    [`${prefix}API_URL`, sandbox.apiUrl],
    [`${prefix}AUTH_URL`, sandbox.authUrl],
  ]);
  const env: Readonly<Record<string, string>> = {
    ...Object.fromEntries(addresses),
    PATH: process.env["PATH"] ?? "",
    MACHINIST_HOME: join(folder, "state"),
    UPSUN_CLI_TOKEN: sandbox.operatorToken,
  };
  return { directory, env, sandbox };
}
