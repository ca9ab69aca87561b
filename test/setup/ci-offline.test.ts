import { execFileSync } from "node:child_process";
import { lstat, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { flagsOf } from "../../src/commands/command.ts";
import { setupRequest } from "../../src/commands/setup/run.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { ciFindings } from "./ci-findings.ts";
import { ciHost } from "./ci-host.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const id = "abcdefgh12345";
const files = {
  github: ".github/workflows/machinist-backup.yml",
  gitlab: ".gitlab/machinist-backup.yml",
} as const;
const asked = { task: "backup", offline: true, yes: true };

/** A checkout whose remote is on a host, and that nobody is signed in for. */
async function openHosted(host: string, remotes: Readonly<Record<string, string>> = {}) {
  const { directory, env } = await openShop();
  execFileSync("git", ["-C", directory, "remote", "remove", "platform"], { stdio: "pipe" });
  for (const [name, url] of Object.entries({ origin: `git@${host}.com:acme/shop.git`, ...remotes }))
    execFileSync("git", ["-C", directory, "remote", "add", name, url], { stdio: "pipe" });
  return { directory, env: { ...env, PLATFORMSH_CLI_TOKEN: "" } };
}

describe.each(["github", "gitlab"] as const)("a job on %s without the platform", (where) => {
  test("is written for the project and the environment that are named", async () => {
    const shop = await openHosted(where);
    const flags = { ...asked, where, project: id, environment: "staging" };
    const { failure, out } = await runSetup(shop, flags);
    expect(failure).toBeUndefined();
    expect(out).toContain(
      `left to you: set PLATFORMSH_CLI_TOKEN at https://${where}.com/acme/shop/`,
    );
    expect(await readFile(join(shop.directory, files[where]), "utf8")).toContain(
      `platform backup:create --project ${id} --environment staging --yes --wait`,
    );
    expect(await ciFindings(shop.directory)).toEqual([]);
    const again = await runSetup(shop, flags);
    expect(again.out).toContain("it is there already");
    expect(again.out).toContain("whether PLATFORMSH_CLI_TOKEN is set isn't known");
    expect(again.out).not.toContain("left to you");
  });

  test("takes the branch that must be production, and the project that a remote of the platform names", async () => {
    const shop = await openHosted(where, { platform: `${id}@git.eu.platform.sh:${id}.git` });
    const { failure } = await runSetup(shop, { ...asked, where });
    expect(failure).toBeUndefined();
    expect(await readFile(join(shop.directory, files[where]), "utf8")).toContain(
      `--project ${id} --environment main`,
    );
  });

  test("is refused by the flag to give where nothing says which project it is for", async () => {
    const shop = await openHosted(where);
    const { failure } = await runSetup(shop, { ...asked, where });
    expect(failure).toMatchObject({
      reason: "usage",
      parts: {
        where: "--project",
        next: "name the project with --project, or leave out --offline",
      },
    });
    await expect(readFile(join(shop.directory, files[where]))).rejects.toThrow("ENOENT");
  });
});

test.each([
  ["a file", (path: string) => writeFile(path, "x\n")],
  ["a link", (path: string) => symlink(tmpdir(), path)],
  ["a link that leads nowhere", (path: string) => symlink("nowhere", path)],
])(
  "where the folder of workflows is %s, that is said before anything is done",
  async (_what, put) => {
    const shop = await openHosted("github");
    await mkdir(join(shop.directory, ".github"));
    await put(join(shop.directory, ".github/workflows"));
    const { failure, out } = await runSetup(shop, {
      ...{ ...asked, where: "github", project: id },
      "dry-run": true,
    });
    expect(failure).toMatchObject({ reason: "uneditable", parts: { where: ".github/workflows" } });
    expect(out).not.toContain("Make .github");
  },
);

test.each([
  ["text that is no YAML", (path: string) => writeFile(path, "on: [\n")],
  ["bytes that are no text", (path: string) => writeFile(path, new Uint8Array([0xff, 0xfe, 0xff]))],
  ["a folder", (path: string) => mkdir(path)],
  ["a link that leads nowhere", (path: string) => symlink("nowhere", path)],
])(
  "what has the name of the job's file and can't be read is left as it is: %s",
  async (_what, put) => {
    const shop = await openHosted("github");
    const path = join(shop.directory, files.github);
    await mkdir(dirname(path), { recursive: true });
    await put(path);
    const before = await lstat(path);
    const { failure } = await runSetup(shop, { ...asked, where: "github", project: id });
    expect(failure).toMatchObject({
      reason: "uneditable",
      parts: {
        what: "There is something of that name already, and what it does can't be read",
        where: files.github,
      },
    });
    expect((await lstat(path)).ino).toBe(before.ino);
  },
);

test("a workflow that can't be read, and names the CLI, may hold the job: that is said on the plan", async () => {
  const shop = await openHosted("github");
  await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
  await writeFile(join(shop.directory, ".github/workflows/night.yml"), "run: [platform backup\n");
  const { out } = await runSetup(shop, { ...asked, where: "github", project: id, dryRun: true });
  expect(out).toContain(
    ".github/workflows/night.yml can't be read: a job in it may do the same already.",
  );
});

test("the program of the host isn't started", async () => {
  const shop = await openShop();
  const host = await ciHost(shop, "glab");
  const hosted = {
    ...(await openHosted("gitlab")),
    env: { ...host.env, PLATFORMSH_CLI_TOKEN: "" },
  };
  const { failure } = await runSetup(hosted, { ...asked, where: "gitlab", project: id });
  expect(failure).toBeUndefined();
  expect(await host.calls()).toEqual([]);
});

test("a file of the checkout alone names no project for a job", async () => {
  const shop = await openHosted("github");
  await mkdir(join(shop.directory, ".platform/local"), { recursive: true });
  await writeFile(join(shop.directory, ".platform/local/project.yaml"), `id: ${id}\n`);
  const { failure } = await runSetup(shop, { ...asked, where: "github" });
  expect(failure).toMatchObject({ parts: { what: "Which project is meant is not certain" } });
});

test("a job for another project than the checkout's is agreed to by itself, also without the platform", async () => {
  const shop = await openHosted("github", { platform: `${id}@git.eu.platform.sh:${id}.git` });
  const flags = { ...asked, where: "github", project: "otherproject1" };
  expect((await runSetup(shop, flags)).failure).toMatchObject({
    parts: { what: "The checkout belongs to another project" },
  });
  expect((await runSetup(shop, { ...flags, otherProject: true })).failure).toBeUndefined();
});

test.each(["sync", "source-operation"])(
  "the environment of a task that belongs elsewhere is named: %s",
  async (task) => {
    const shop = await openHosted("github");
    const flags = { ...asked, task, where: "github", project: id };
    expect((await runSetup(shop, flags)).failure).toMatchObject({
      reason: "usage",
      parts: { where: "--environment" },
    });
  },
);

test("the text to paste names the project, too", async () => {
  const shop = await openHosted("bitbucket");
  const { out } = await runSetup(shop, { ...asked, where: "bitbucket", project: id });
  expect(out).toContain(`--project ${id} --environment main`);
});

test("a person is asked for both on the way to the plan, and a wrong id is asked for again", async () => {
  const shop = await openHosted("github");
  const request = setupRequest(shop.directory, flagsOf("setup", { ...asked, where: "github" }));
  const { plans } = await converse(
    setupProcedure,
    shop,
    { project: id },
    {
      request,
      plan: { marking: [] },
    },
  );
  expect(JSON.stringify(plans)).toContain(`--project ${id} --environment main`);
  const wrong = converse(
    setupProcedure,
    shop,
    { project: "My Shop" },
    {
      request: { ...request, given: { ...request.given, task: "redeploy" } },
    },
  );
  await expect(wrong).rejects.toThrow("small letters and digits only");
});

test("a vendor whose CLI no job can install is refused the place before anything is asked about the project", async () => {
  const shop = await openHosted("github");
  const { failure } = await runSetup(shop, {
    task: "backup",
    yes: true,
    where: "github",
    vendor: "webpaas",
  });
  expect(failure).toMatchObject({
    reason: "usage",
    message: expect.stringContaining("No release of webpaas is known"),
  });
});

test.each([
  ["with a header", "spec:\n  inputs: {}\n---\nstages: [a]\n"],
  ["with tabs", "stages:\n\t- a\n"],
  ["whose include is a text", "include: a.yml\n"],
])("a pipeline %s is left as it is, and both texts are there to paste", async (_what, pipeline) => {
  const shop = await openHosted("gitlab");
  await writeFile(join(shop.directory, ".gitlab-ci.yml"), pipeline);
  const { failure } = await runSetup(shop, { ...asked, where: "gitlab", project: id });
  expect(failure).toMatchObject({
    reason: "uneditable",
    parts: {
      next: expect.stringContaining("both by hand"),
      paste: expect.stringMatching(
        /# into \.gitlab-ci\.yml\ninclude:\n {2}- local: \.gitlab\/machinist-backup\.yml\n\n# into \.gitlab\/machinist-backup\.yml\n[\s\S]+ backup:create /u,
      ),
    },
  });
  expect(await readFile(join(shop.directory, ".gitlab-ci.yml"), "utf8")).toBe(pipeline);
  await expect(readFile(join(shop.directory, files.gitlab))).rejects.toThrow("ENOENT");
});
