import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { disk } from "../../src/appfile/files.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import { rules } from "../../src/audit/registry.ts";
import { readCi } from "../../src/cifile/gather.ts";
import { gitlabVerifyText, verifyWorkflowText } from "../../src/cifile/verify-job.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { app, appLocation } from "../audit/app.ts";
import { ciHost } from "./ci-host.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { openShop, type Shop } from "./shop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

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

  test("is there the second time only once a person said what is installed and the secret is set; undo takes it back", async () => {
    const shop = await openHosted("git@github.com:acme/shop.git");
    const before = await read(shop, ".platform.app.yaml");
    await runSetup(shop, { ...flags, verifyJob: true });
    const written = await read(shop, workflow);
    const again = await runSetup(shop, { ...flags, verifyJob: true });
    expect(again.out).toContain(
      `Daily look: ${workflow} fails every day until it says what npm is to install (MACHINIST_PACKAGE is empty there)`,
    );
    expect(again.out).not.toContain("Nothing was left to do.");
    expect(again.out).toContain(`left to you: in ${workflow}, say in MACHINIST_PACKAGE`);
    expect(again.out).toContain("gh secret set MACHINIST_READER_TOKEN");
    const filled = written.replace("MACHINIST_PACKAGE: ''", "MACHINIST_PACKAGE: acme-machinist@1");
    expect(filled).not.toBe(written);
    await writeFile(join(shop.directory, workflow), filled);
    const host = await ciHost(shop, "gh");
    const hosted = { ...shop, env: host.env };
    const lacking = await runSetup(hosted, { ...flags, verifyJob: true });
    expect(lacking.out).toContain("fails every day until its secret is set");
    expect(lacking.out).toContain("left to you: give the daily look the token");
    await host.answers("repos/acme/shop/actions/secrets", 403, {});
    const unread = await runSetup(hosted, { ...flags, verifyJob: true });
    expect(unread.out).toContain("is set, which isn't known (gh may not list");
    expect(unread.out).toContain("left to you: unless that is done: give the daily look");
    const secrets = [{ name: "MACHINIST_READER_TOKEN", updated_at: "2026-11-01T00:00:00Z" }];
    await host.answers("repos/acme/shop/actions/secrets", 200, { total_count: 1, secrets });
    const whole = await runSetup(hosted, { ...flags, verifyJob: true });
    expect(whole.out).toContain(`Daily look: ${workflow} does it (it is there already)`);
    expect(whole.out).toContain("Nothing was left to do.");
    await writeFile(join(shop.directory, workflow), written);
    await runUndo(shop);
    expect(await read(shop, ".platform.app.yaml")).toBe(before);
    await expect(read(shop, workflow)).rejects.toThrow(/ENOENT/u);
  });

  test("names the file of the application by its path in the checkout, also where that is reached by a link, and refuses one outside of it", async () => {
    const shop = await openHosted("git@github.com:acme/shop.git");
    const link = join(shop.folder, "link");
    await symlink(shop.directory, link);
    const asked = { ...flags, verifyJob: true, dryRun: true };
    const linked = { ...shop, directory: link };
    const appFile = join(link, ".platform.app.yaml");
    const { out } = await runSetup(linked, { ...asked, appFile });
    expect(out).toContain("--environment main --app-file .platform.app.yaml --app shop");
    const outside = join(shop.folder, "outside.yaml");
    await copyFile(join(shop.directory, ".platform.app.yaml"), outside);
    const { failure } = await runSetup(shop, { ...asked, appFile: outside });
    expect(failure).toMatchObject({ reason: "usage", parts: { where: "--app-file" } });
  });

  test("doesn't call a file there already that a person changed, and leaves its bytes", async () => {
    const shop = await openHosted("git@github.com:acme/shop.git");
    await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
    const own = "on: push\njobs: {}\n# PLATFORMSH_CLI_TOKEN\n";
    await writeFile(join(shop.directory, workflow), own);
    const { out } = await runSetup(shop, { ...flags, verifyJob: true });
    expect(out).toContain(`${workflow} is left as it is: what it does isn't looked at`);
    expect(out).not.toContain("Nothing was left to do.");
    const { out: document } = await runSetup(shop, { ...flags, verifyJob: true, json: true });
    expect(document).toMatch(
      /"step": "verify-job",\s+"value": "other",[^}]+"stands": "not known"/u,
    );
    expect(await read(shop, workflow)).toBe(own);
  });

  test("has the pipeline of GitLab include its job, and isn't there where that is taken out", async () => {
    const shop = await openHosted("git@gitlab.com:acme/shop.git");
    const first = await runSetup(shop, { ...flags, verifyJob: true });
    expect(await read(shop, ".gitlab-ci.yml")).toBe(`include:\n  - local: ${gitlabJob}\n`);
    const again = await runSetup(shop, { ...flags, verifyJob: true });
    expect(again.out).toContain(`Daily look: ${gitlabJob} fails every day until it says`);
    // The schedule is the one that a workflow of GitHub would have.
    const hosted = await openHosted("git@github.com:acme/shop.git");
    await runSetup(hosted, { ...flags, verifyJob: true });
    const cron = /cron: '([^']+)'/u.exec(await read(hosted, workflow))?.[1] ?? "none";
    for (const { out } of [first, again])
      expect(out).toContain(`glab schedule create --cron '${cron}' --ref main`);
    await rm(join(shop.directory, ".gitlab-ci.yml"));
    const third = await runSetup(shop, { ...flags, verifyJob: true });
    expect(third.out).toContain(`${gitlabJob} is left as it is`);
  });

  test("is left to the person where GitLab reads its pipeline from another file, with the whole job to paste", async () => {
    const shop = await openHosted("git@gitlab.com:acme/shop.git");
    const host = await ciHost(shop, "glab");
    await host.answers("projects/acme%2Fshop", 200, { ci_config_path: "ci/pipeline.yml" });
    const hosted = { ...shop, env: host.env };
    const { failure } = await runSetup(hosted, { ...flags, verifyJob: true });
    expect(failure).toMatchObject({
      reason: "uneditable",
      parts: {
        where: "ci/pipeline.yml",
        paste: expect.stringMatching(
          /- local: \.gitlab\/machinist-verify\.yml\n[\s\S]*machinist-verify:\n[\s\S]*machinist verify /u,
        ),
      },
    });
    await expect(read(shop, ".gitlab-ci.yml")).rejects.toThrow(/ENOENT/u);
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

  test("on GitLab, keeps both tokens from what it installs, and looks with the reader's", () => {
    const [script = ""] = v.parse(pipelineShape, parse(gitlabVerifyText(job, undefined)))[
      "machinist-verify"
    ].script;
    const env = {
      MACHINIST_PACKAGE: "machinist@1.0.0",
      MACHINIST_READER_TOKEN: "readers",
      UPSUN_CLI_TOKEN: "machine-users",
    };
    const seen = `echo "$1 \${UPSUN_CLI_TOKEN-none} \${MACHINIST_READER_TOKEN-none}"`;
    const output = execFileSync(
      "bash",
      ["-ec", `npm() { ${seen}; }\nmachinist() { ${seen}; }\n${script}`],
      { env: { PATH: process.env["PATH"], ...env }, encoding: "utf8" },
    );
    expect(output).toBe("install none none\nverify readers readers\n");
  });

  test("checks the code out by the commit of a release", () => {
    expect(verifyWorkflowText(job)).toMatch(/- uses: actions\/checkout@[\da-f]{40} # v/u);
  });

  test("goes into a stage that the pipeline has", () => {
    expect(gitlabVerifyText(job, "nightly")).toContain("\n  stage: nightly\n");
  });
});
