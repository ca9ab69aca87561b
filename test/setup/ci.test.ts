import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { ciFindings } from "./ci-findings.ts";
import { type CiHost, ciHost } from "./ci-host.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { holdNoSecret } from "./secrets.ts";
import { openShop, type Shop } from "./shop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };
const workflow = ".github/workflows/machinist-backup.yml";

/** A shop whose repository is on a host, with its machine user and the token of that. */
async function openHosted(address: string) {
  const shop = await openShop();
  execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", address], {
    stdio: "pipe",
  });
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  return { shop, token };
}

/** The paths of all files of the checkout, and their bytes. */
async function filesOf({ directory }: Shop): Promise<ReadonlyMap<string, string>> {
  const all = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes("/.git/"));
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path, await readFile(path, "latin1")] as const;
      }),
    ),
  );
}

async function setUp(shop: Shop, host: CiHost, where: string, token: string, more = {}) {
  return runSetup({ ...shop, env: host.env }, { ...flags, where, ...more }, token);
}

describe("a setup on GitHub", () => {
  test("writes a workflow of its own and sets the secret through gh, and the audit is silent", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const host = await ciHost(shop, "gh");
    const { failure, out, err } = await setUp(shop, host, "github", token);
    expect(failure).toBeUndefined();
    const written = await readFile(join(shop.directory, workflow), "utf8");
    expect(written).toContain("if: github.repository == 'acme/shop'");
    expect(written).toContain(
      `platform backup:create --project ${demoProjectId} --environment main --yes --wait`,
    );
    expect(await host.secret()).toBe(token);
    expect(await host.calls()).toContain("secret set PLATFORMSH_CLI_TOKEN -R github.com/acme/shop");
    expect((await host.environment()).filter((name) => /PLATFORMSH/u.test(name))).toEqual([]);
    expect(await ciFindings(shop.directory)).toEqual([]);
    expect(out).toContain("Set the secret PLATFORMSH_CLI_TOKEN of acme/shop on github.com");
    expect(out).toContain("the job is there once it is on the default branch");
    expect(out).toContain("once the job has run, to look whether it works: machinist verify");
    expect((await host.calls()).join("\n")).not.toContain(token);
    await rm(join(shop.folder, "kept-gh", "value"));
    await holdNoSecret(shop.folder, [token], [out, err]);
  });

  test("has nothing to do the second time, and undo takes all of it back", async () => {
    const { shop, token } = await openHosted("https://user:pw@github.com/acme/shop");
    const before = await filesOf(shop);
    const host = await ciHost(shop, "gh");
    await setUp(shop, host, "github", token);
    const again = await setUp(shop, host, "github", token, { only: "cron" });
    expect(again.out).toContain(`the job backup in ${workflow} does it`);
    expect(again.out).toContain("Nothing was left to do.");
    const withoutToken = { ...flags, where: "github", only: "variable" };
    const kept = await runSetup({ ...shop, env: host.env }, withoutToken);
    expect(kept.out).toContain("is left as it is; whose token it has, the host doesn't tell");
    const said = await runUndo({ ...shop, env: host.env });
    expect(said).toContain("Deleted the secret PLATFORMSH_CLI_TOKEN of acme/shop on github.com");
    expect(await filesOf(shop)).toEqual(before);
    expect(await readdir(shop.directory)).not.toContain(".github");
    expect(await host.secret()).toBeUndefined();
  });

  test("replaces a secret that is there, and undo leaves that, since the old value is nowhere", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const host = await ciHost(shop, "gh");
    await writeFile(join(shop.folder, "kept-gh", "name"), "PLATFORMSH_CLI_TOKEN");
    const { out } = await setUp(shop, host, "github", token);
    expect(out).toContain("Replace the secret PLATFORMSH_CLI_TOKEN of acme/shop on github.com");
    const said = await runUndo({ ...shop, env: host.env });
    expect(said).toContain("the value that was there before is kept nowhere");
    expect(await host.secret()).toBe(token);
  });

  test("leaves a file of that name alone that does something else, and gives the text to paste", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
    await writeFile(join(shop.directory, workflow), "on: push\njobs: {}\n");
    const host = await ciHost(shop, "gh");
    const { failure } = await setUp(shop, host, "github", token);
    expect(failure).toMatchObject({
      reason: "uneditable",
      parts: { where: workflow, paste: expect.stringContaining("permissions: {}") },
    });
    expect(await readFile(join(shop.directory, workflow), "utf8")).toBe("on: push\njobs: {}\n");
    expect(await host.secret()).toBeUndefined();
  });

  test("says which page to open where gh isn't signed in, and doesn't end as done", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const host = await ciHost(shop, "gh", false);
    const { out } = await setUp(shop, host, "github", token);
    expect(out).toContain(
      "left to you: set PLATFORMSH_CLI_TOKEN at https://github.com/acme/shop/settings/secrets/actions/new",
    );
    expect(await host.secret()).toBeUndefined();
  });

  test("says which page to open where gh hangs, and does all the rest", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const host = await ciHost(shop, "gh");
    await host.hangs("auth");
    const hung = { ...shop, env: host.env };
    const { out, failure } = await runSetup(
      hung,
      { ...flags, where: "github" },
      token,
      undefined,
      200,
    );
    expect(out).toContain(
      "left to you: set PLATFORMSH_CLI_TOKEN at https://github.com/acme/shop/settings/secrets/actions/new",
    );
    expect(failure).toBeUndefined();
    expect(out).toContain("gh could not be run: it took longer than 0.2 seconds");
    expect(await readFile(join(shop.directory, workflow), "utf8")).toContain("backup:create");
  });

  test("asks which repository is meant where several remotes name one and none is origin", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const git = (...words: string[]) => execFileSync("git", ["-C", shop.directory, ...words]);
    git("remote", "rename", "origin", "mine");
    git("remote", "add", "upstream", "git@github.com:vendor/shop.git");
    const host = await ciHost(shop, "gh");
    const { failure } = await setUp(shop, host, "github", token);
    expect(failure).toMatchObject({ reason: "usage" });
    await setUp(shop, host, "github", token, { repository: "vendor/shop" });
    expect(await host.calls()).toContain(
      "secret set PLATFORMSH_CLI_TOKEN -R github.com/vendor/shop",
    );
  });

  test("commits the new file, when the person wants that", async () => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const git = (...words: string[]) =>
      execFileSync("git", ["-C", shop.directory, ...words], { encoding: "utf8" });
    for (const [key = "", value = ""] of [
      ["user.name", "Jane"],
      ["user.email", "jane@example.org"],
      ["commit.gpgsign", "false"],
    ])
      git("config", key, value);
    const host = await ciHost(shop, "gh");
    await setUp(shop, host, "github", token, { commit: true });
    expect(git("show", "--format=%s", "--name-only", "HEAD")).toContain(workflow);
    expect(git("status", "--porcelain")).toBe("");
  });
});

describe("a setup on GitLab", () => {
  const job = ".gitlab/machinist-backup.yml";

  test("writes a job of its own, includes it, and sets a masked and protected variable", async () => {
    const { shop, token } = await openHosted("https://gitlab.example.org/acme/web/shop.git");
    const pipeline = "# ours\ninclude:\n- template: Auto.yml   # kept\nstages: [check, ship]\n";
    await writeFile(join(shop.directory, ".gitlab-ci.yml"), pipeline);
    const before = await filesOf(shop);
    const host = await ciHost(shop, "glab");
    const { failure, out } = await setUp(shop, host, "gitlab", token);
    expect(failure).toBeUndefined();
    expect(await readFile(join(shop.directory, ".gitlab-ci.yml"), "utf8")).toBe(
      pipeline.replace("kept\n", `kept\n- local: ${job}\n`),
    );
    expect(await readFile(join(shop.directory, job), "utf8")).toContain("  stage: ship\n");
    expect(await host.calls()).toContain(
      "variable set PLATFORMSH_CLI_TOKEN --masked --protected --hidden -R https://gitlab.example.org/acme/web/shop",
    );
    expect(await host.secret()).toBe(token);
    expect(out).toContain("glab schedule create --cron");
    expect(await ciFindings(shop.directory)).toEqual([]);
    await runUndo({ ...shop, env: host.env });
    expect(await filesOf(shop)).toEqual(before);
  });

  test("makes the pipeline where there is none", async () => {
    const { shop, token } = await openHosted("git@gitlab.com:acme/shop.git");
    const host = await ciHost(shop, "glab");
    await setUp(shop, host, "gitlab", token);
    expect(await readFile(join(shop.directory, ".gitlab-ci.yml"), "utf8")).toBe(
      `include:\n  - local: ${job}\n`,
    );
  });
});

test.each([
  ["bitbucket", "bitbucket-pipelines.yml"],
  ["circleci", ".circleci/config.yml"],
  ["jenkins", "Jenkinsfile"],
  ["azure", "azure-pipelines-backup.yml"],
])("a setup on %s gives the text to paste, and writes nothing", async (where, file) => {
  const { shop, token } = await openHosted("git@github.com:acme/shop.git");
  const before = await filesOf(shop);
  const dry = await runSetup(shop, { ...flags, where, "dry-run": true }, token);
  expect(dry.out).toContain(`put this into ${file}`);
  const asData = JSON.parse(
    (await runSetup(shop, { ...flags, where, "dry-run": true, json: true }, token)).out,
  );
  const item = asData.plan.find((each: { item: string }) => each.item === "ci:backup");
  expect(item.says).toContain(`text to paste into ${file}`);
  expect(item.preview).toContainEqual({
    kind: "added",
    text: expect.stringMatching(/^ *(?:- )?echo .* sha256sum -c -$/u),
  });
  const offline = { where, offline: true, yes: true, task: "backup", project: demoProjectId };
  expect((await runSetup(shop, offline)).out).toContain("left to you: set PLATFORMSH_CLI_TOKEN, ");
  const { failure, out } = await runSetup(shop, { ...flags, where }, token);
  expect(failure).toBeUndefined();
  expect(out).toContain(`put this into ${file}`);
  expect(out).toMatch(/^ *(?:- )?echo .* sha256sum -c -$/mu);
  expect(await filesOf(shop)).toEqual(before);
});

describe("bad input", () => {
  test.each([
    ["that gh can't see", 404],
    ["in which the account has no rights", 403],
  ])("a repository %s gets no secret, and the run doesn't end as done", async (_how, status) => {
    const { shop, token } = await openHosted("git@github.com:acme/shop.git");
    const host = await ciHost(shop, "gh");
    await host.answers("repos/acme/shop/actions/secrets", status, {});
    await host.refuses("secret");
    const { failure, out, err } = await setUp(shop, host, "github", token);
    expect(out).toContain("Whether PLATFORMSH_CLI_TOKEN is set there already isn't known: gh");
    expect(failure).toMatchObject({
      parts: {
        next: expect.stringContaining("your account there needs the right to change secrets"),
      },
    });
    expect(err).toContain(`done: Made ${workflow}`);
    expect(out + err).not.toContain("done: Set the secret");
    expect(await host.secret()).toBeUndefined();
  });

  test("a pipeline that GitLab reads from another file is left to the person, and nothing is written", async () => {
    const { shop, token } = await openHosted("git@gitlab.com:acme/shop.git");
    const before = await filesOf(shop);
    const host = await ciHost(shop, "glab");
    await host.answers("projects/acme%2Fshop", 200, { ci_config_path: "ci/pipeline.yml" });
    const { failure } = await setUp(shop, host, "gitlab", token);
    expect(failure).toMatchObject({
      reason: "uneditable",
      parts: {
        where: "ci/pipeline.yml",
        paste: expect.stringMatching(
          /- local: \.gitlab\/machinist-backup\.yml\n[\s\S]*machinist-backup:\n[\s\S]*backup:create/u,
        ),
      },
    });
    expect(await filesOf(shop)).toEqual(before);
    expect(await host.secret()).toBeUndefined();
  });

  test.each([
    ["github", "git@gitlab.com:acme/shop.git", {}, "the remote origin"],
    ["github", "git@github.com:acme/shop.git", { repository: "gitlab.com/a/b" }, "--repository"],
    ["gitlab", "git@bitbucket.org:acme/shop.git", {}, "the remote origin"],
  ])(
    "a job on %s is refused for a repository on the host of another system: %s %o",
    async (where, address, more, named) => {
      const { shop, token } = await openHosted(address);
      const before = await filesOf(shop);
      const host = await ciHost(shop, where === "github" ? "gh" : "glab");
      const { failure } = await setUp(shop, host, where, token, more);
      expect(failure).toMatchObject({ reason: "usage", parts: { where: named } });
      expect(await filesOf(shop)).toEqual(before);
      expect(await host.calls()).toEqual([]);
    },
  );

  test("of a checkout whose production branch isn't known, the schedule's branch is left to the person", async () => {
    const { shop, token } = await openHosted("git@gitlab.com:acme/shop.git");
    const git = (...words: string[]) => execFileSync("git", ["-C", shop.directory, ...words]);
    git("branch", "-m", "one");
    git("branch", "two");
    const host = await ciHost(shop, "glab");
    const { out } = await setUp(shop, host, "gitlab", token);
    expect(out).toContain("--ref DEFAULT-BRANCH --description");
  });
});
