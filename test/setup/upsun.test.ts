import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { layDownSampleProject, upsunSampleFiles } from "../../src/sandbox/sample-project.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { runSetup } from "./run-setup.ts";

test("a newcomer to Upsun names no vendor: setup signs in with UPSUN_CLI_TOKEN and writes Upsun's CLI", async () => {
  const folder = await mkdtemp(join(tmpdir(), "machinist-upsun-"));
  const directory = join(folder, "shop");
  await mkdir(directory);
  await layDownSampleProject(directory, demoProjectId, upsunSampleFiles);
  const sandbox = await startSandbox({ activityMs: 10, ofUpsun: true });
  onTestFinished(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  const env = {
    PATH: process.env["PATH"] ?? "",
    MACHINIST_HOME: join(folder, "state"),
    UPSUN_CLI_API_URL: sandbox.apiUrl,
    UPSUN_CLI_AUTH_URL: sandbox.authUrl,
    UPSUN_CLI_TOKEN: sandbox.operatorToken,
  };
  const flags = { task: "backup", only: "installer,cron", environment: "staging", yes: true };
  const run = await runSetup({ directory, env }, flags);
  expect(run.failure).toBeUndefined();
  expect(run.out).toContain("Vendor: Upsun (from .upsun/config.yaml)");
  expect(run.out).toContain("(from UPSUN_CLI_TOKEN)");
  expect(run.out).toContain("whose crons rest once nothing was deployed there for 14 days");
  const text = await readFile(join(directory, ".upsun/config.yaml"), "utf8");
  expect(text).toContain("upsun backup:create --yes --no-wait");
  expect(text).toContain("upsun --version || exit 1");
});
