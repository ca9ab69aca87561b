import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { disk } from "../../src/appfile/files.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import { rules } from "../../src/audit/registry.ts";
import { readCi } from "../../src/cifile/read.ts";
import { gitlabVerifyText, verifyWorkflowText } from "../../src/cifile/verify-job.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { app, appLocation } from "../audit/app.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { openShop, type Shop } from "./shop.ts";

const workflow = ".github/workflows/machinist-verify.yml";
const gitlabJob = ".gitlab/machinist-verify.yml";
const flags = { task: "backup", only: "cron", branch: "main", environment: "main", yes: true };

/** A shop with a remote beside the platform's. */
async function openHosted(address: string): Promise<Shop> {
  const shop = await openShop();
  execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", address], {
    stdio: "pipe",
  });
  return shop;
}

function read({ directory }: Shop, path: string): Promise<string> {
  return readFile(join(directory, path), "utf8");
}

describe("a setup with --verify-job", () => {
  test("writes a workflow that looks every day, and says whose token it takes and what is left", async () => {
    const shop = await openHosted("git@github.com:acme/shop.git");
    const { failure, out } = await runSetup(shop, { ...flags, verifyJob: true });
    expect(failure).toBeUndefined();
    const text = await read(shop, workflow);
    expect(text).toContain(
      `machinist verify --project ${demoProjectId} --environment main --app shop --report "$GITHUB_STEP_SUMMARY"`,
    );
    expect(text).toContain("if: github.repository == 'acme/shop'");
    expect(text).toContain(`PLATFORMSH_CLI_TOKEN: \${{ secrets.MACHINIST_READER_TOKEN }}`);
    expect(out).toContain(`Make ${workflow}: look every day on GitHub whether it still works`);
    expect(out).toContain(`+ name: machinist verify`);
    expect(out).toContain("gh secret set MACHINIST_READER_TOKEN");
    expect(out).toContain("say in MACHINIST_PACKAGE what npm is to install");
    const ci = await readCi(shop.directory, disk);
    const ours = rules.filter(({ id }) => id.startsWith("ci-"));
    expect(audit({ app: parseApp(appLocation, app()), ci }, ours)).toEqual([]);
  });

  test("has nothing to do the second time, also once a person said what is installed; undo takes it back", async () => {
    const shop = await openHosted("git@github.com:acme/shop.git");
    const before = await read(shop, ".platform.app.yaml");
    await runSetup(shop, { ...flags, verifyJob: true });
    const written = await read(shop, workflow);
    const again = await runSetup(shop, { ...flags, verifyJob: true });
    expect(again.out).toContain(`Daily look: ${workflow} does it (it is there already)`);
    expect(again.out).toContain("Nothing was left to do.");
    const filled = written.replace("MACHINIST_PACKAGE: ''", "MACHINIST_PACKAGE: acme-machinist@1");
    expect(filled).not.toBe(written);
    await writeFile(join(shop.directory, workflow), filled);
    expect((await runSetup(shop, { ...flags, verifyJob: true })).out).toContain("does it (it is");
    await writeFile(join(shop.directory, workflow), written);
    await runUndo(shop);
    expect(await read(shop, ".platform.app.yaml")).toBe(before);
    await expect(read(shop, workflow)).rejects.toThrow(/ENOENT/u);
  });

  test("doesn't call a file there already that a person changed, and leaves its bytes", async () => {
    const shop = await openHosted("git@github.com:acme/shop.git");
    await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
    const own = "on: push\njobs: {}\n# PLATFORMSH_CLI_TOKEN\n";
    await writeFile(join(shop.directory, workflow), own);
    const { out } = await runSetup(shop, { ...flags, verifyJob: true });
    expect(out).toContain(`${workflow} is left as it is: what it does isn't looked at`);
    expect(out).not.toContain("Nothing was left to do.");
    expect(await read(shop, workflow)).toBe(own);
  });

  test("has the pipeline of GitLab include its job, and isn't there where that is taken out", async () => {
    const shop = await openHosted("git@gitlab.com:acme/shop.git");
    await runSetup(shop, { ...flags, verifyJob: true });
    expect(await read(shop, ".gitlab-ci.yml")).toBe(`include:\n  - local: ${gitlabJob}\n`);
    const again = await runSetup(shop, { ...flags, verifyJob: true });
    expect(again.out).toContain(`Daily look: ${gitlabJob} does it`);
    await rm(join(shop.directory, ".gitlab-ci.yml"));
    const third = await runSetup(shop, { ...flags, verifyJob: true });
    expect(third.out).toContain(`${gitlabJob} is left as it is`);
  });

  test("names the flag where no CI system can be told, before anything is changed", async () => {
    const shop = await openShop();
    const before = await read(shop, ".platform.app.yaml");
    const { failure } = await runSetup(shop, { ...flags, verifyJob: true });
    expect(failure).toMatchObject({ reason: "usage", parts: { where: "--verify-job" } });
    expect(await read(shop, ".platform.app.yaml")).toBe(before);
  });
});

test("a setup with nobody to ask writes no such job by itself", async () => {
  const shop = await openHosted("git@github.com:acme/shop.git");
  const { out } = await runSetup(shop, flags);
  expect(out).not.toContain("Daily look");
  await expect(read(shop, workflow)).rejects.toThrow(/ENOENT/u);
});

const step = v.object({
  run: v.optional(v.string()),
  env: v.optional(v.record(v.string(), v.string())),
});
const workflowShape = v.object({
  jobs: v.object({ verify: v.object({ steps: v.array(step) }) }),
});
const pipelineShape = v.object({ "machinist-verify": v.object({ script: v.array(v.string()) }) });

describe("the job", () => {
  const job = {
    project: "abcdefghijklm",
    environment: "main",
    words: ["--project", "abcdefghijklm"],
    tokenEnv: "UPSUN_CLI_TOKEN",
    installs: undefined,
    schedule: "17 7 * * *",
    repository: undefined,
  };
  const run = (script: string, env: NodeJS.ProcessEnv) =>
    execFileSync(
      "bash",
      [
        "-eo",
        "pipefail",
        "-c",
        `npm() { echo "npm $*"; }\nmachinist() { echo "machinist $*"; }\n${script}`,
      ],
      {
        env: { PATH: process.env["PATH"], ...env },
        encoding: "utf8",
      },
    );

  test("installs nothing that nobody named, and what a release is called where there is one", () => {
    expect(verifyWorkflowText(job)).toContain("MACHINIST_PACKAGE: ''\n");
    expect(verifyWorkflowText({ ...job, installs: "machinist@1.0.0" })).toContain(
      "MACHINIST_PACKAGE: 'machinist@1.0.0'\n",
    );
    const { jobs } = v.parse(workflowShape, parse(verifyWorkflowText(job)));
    const [, install = {}] = jobs.verify.steps;
    expect(() => run(install.run ?? "", install.env ?? {})).toThrow(/Command failed/u);
  });

  test("looks only with a token, and writes its record", () => {
    const [script = ""] = v.parse(pipelineShape, parse(gitlabVerifyText(job, undefined)))[
      "machinist-verify"
    ].script;
    const env = { MACHINIST_PACKAGE: "machinist@1.0.0", MACHINIST_READER_TOKEN: "a-token" };
    expect(run(script, env)).toBe(
      "npm install --global machinist@1.0.0\nmachinist verify --project abcdefghijklm --report machinist-verify.md\n",
    );
    expect(() => run(script, { MACHINIST_PACKAGE: "machinist@1.0.0" })).toThrow(/Command failed/u);
  });

  test("goes into a stage that the pipeline has", () => {
    expect(gitlabVerifyText(job, "nightly")).toContain("\n  stage: nightly\n");
  });
});
