import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { signIn } from "../sandbox/client.ts";
import { ciHost } from "./ci-host.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, type Shop } from "./shop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const email = "operator+shop-deploy@example.org";
const flags = { task: "deploy", email, yes: true };

/** A shop whose repository is on a host. */
async function openHosted(host = "github.com"): Promise<Shop> {
  const shop = await openShop();
  const remote = ["remote", "add", "origin", `git@${host}:acme/shop.git`];
  execFileSync("git", ["-C", shop.directory, ...remote]);
  return shop;
}

async function setUpWhole(shop: Shop, more: Readonly<Record<string, string>>) {
  await runSetup(shop, { ...flags, ...more, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { env } = await ciHost(shop, more["where"] === "gitlab" ? "glab" : "gh");
  return runSetup({ ...shop, env }, { ...flags, ...more }, token);
}

const lines = [
  `platform environment:push --project ${demoProjectId} --target main --yes --wait`,
  `result=$(platform activity:list --project ${demoProjectId} --environment main --type environment.push --limit 1 --format plain --no-header --columns result)`,
];

describe("a deployment from CI", () => {
  test("is a workflow that runs at a push to the branch, with the whole history and no right to write", async () => {
    const shop = await openHosted();
    const { failure, out } = await setUpWhole(shop, { where: "github" });
    expect(failure).toBeUndefined();
    const text = await readFile(
      join(shop.directory, ".github/workflows/machinist-deploy.yml"),
      "utf8",
    );
    for (const line of [
      ...lines,
      "    branches: ['main']",
      "  contents: read",
      "    if: github.repository == 'acme/shop' && github.ref == 'refs/heads/main'",
      "          fetch-depth: 0",
      "          persist-credentials: false",
    ])
      expect(text).toContain(line);
    expect(text).not.toContain("schedule:");
    expect(text).toMatch(/- uses: actions\/checkout@[\da-f]{40} # v/u);
    expect(out).toContain("viewer, production:contributor");
    expect(out).not.toContain("schedule create");
  });

  test("comes behind a backup that is waited for, by one job, where that is wanted", async () => {
    const shop = await openHosted();
    await setUpWhole(shop, { where: "github", task: "backup-and-deploy" });
    const file = ".github/workflows/machinist-backup-and-deploy.yml";
    const text = await readFile(join(shop.directory, file), "utf8");
    const backup = `platform backup:create --project ${demoProjectId} --environment main --yes --wait`;
    expect(text.indexOf(backup)).toBeGreaterThan(0);
    expect(text.indexOf(backup)).toBeLessThan(text.indexOf(lines[0] ?? ""));
  });

  test("is a job that runs at a push to the branch on GitLab, and needs no schedule", async () => {
    const shop = await openHosted("gitlab.com");
    const { out } = await setUpWhole(shop, { where: "gitlab" });
    const text = await readFile(join(shop.directory, ".gitlab/machinist-deploy.yml"), "utf8");
    for (const line of [
      ...lines,
      `    - if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"'`,
      "    GIT_DEPTH: '0'",
      "ca-certificates curl git openssh-client",
    ])
      expect(text).toContain(line);
    expect(out).not.toContain("glab schedule create");
  });

  test("is there already where a workflow of the person's own pushes to the environment", async () => {
    const shop = await openHosted();
    await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
    const run = `platform push -p ${demoProjectId} --target main --yes --wait`;
    const own = `on: push\njobs:\n  ship:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${run}\n`;
    await writeFile(join(shop.directory, ".github/workflows/ship.yml"), own);
    const { out } = await setUpWhole(shop, { where: "github" });
    expect(out).toContain("the job ship in .github/workflows/ship.yml does it");
  });

  const push = `platform push -p ${demoProjectId} --target main --yes`;
  const backup = `platform backup:create -p ${demoProjectId} -e main --yes`;
  const step = (run: string, more = "") => `      - run: ${run}\n${more}`;
  test.each([
    ["no push starts it", "deploy", "workflow_dispatch", "", step(push)],
    ["a push to main doesn't start it", "deploy", "{push: {branches: [other]}}", "", step(push)],
    ["only a push of a tag starts it", "deploy", "{push: {tags: ['v*']}}", "", step(push)],
    ["its patterns", "deploy", "{push: {branches: ['**', '!main']}}", "", step(push)],
    ["certain files", "deploy", "{push: {paths: ['docs/**']}}", "", step(push)],
    [
      "it runs only if github.ref == 'refs/heads/other'",
      "deploy",
      "push",
      "    if: github.ref == 'refs/heads/other'\n",
      step(push),
    ],
    ["of environment:push, it runs only", "deploy", "push", "", step(push, "        if: never\n")],
    ["it doesn't wait for environment:push", "deploy", "push", "", step(`${push} --no-wait`)],
    ["it doesn't wait for environment:push", "deploy", "push", "", step(`${push} -W`)],
    ["environment:push may be passed over", "deploy", "push", "", step(`"[ x ] && ${push}"`)],
    [
      "environment:push doesn't come behind backup:create",
      "backup-and-deploy",
      "push",
      "",
      step(push) + step(backup),
    ],
    [
      "a failure of backup:create is let pass",
      "backup-and-deploy",
      "push",
      "",
      step(`${backup} || true`) + step(push),
    ],
    ["no schedule starts it", "backup", "push", "", step(backup)],
    ["its backup is a live one", "backup", "push", "", step(`${backup} --live`)],
  ])("isn't called there already: %s", async (difference, task, on, condition, steps) => {
    const shop = await openHosted();
    await mkdir(join(shop.directory, ".github/workflows"), { recursive: true });
    const own = `on: ${on}\njobs:\n  ship:\n${condition}    runs-on: ubuntu-24.04\n    steps:\n${steps}`;
    await writeFile(join(shop.directory, ".github/workflows/ship.yml"), own);
    const asked = { ...flags, task, where: "github", only: "cron", dryRun: true };
    const { out } = await runSetup(shop, asked);
    expect(out).not.toContain("there already");
    expect(out).toContain(`Make .github/workflows/machinist-${task}.yml`);
    expect(out).toContain("The job ship in .github/workflows/ship.yml comes near to it");
    expect(out).toContain(difference);
  });

  test.each(["bitbucket", "circleci", "jenkins", "azure"])(
    "is text to paste on %s",
    async (where) => {
      const shop = await openHosted();
      const { out } = await setUpWhole(shop, { where });
      expect(out).toContain(lines[0]);
      expect(out).not.toMatch(/cron|schedule:/u);
    },
  );

  test("is refused where a source integration deploys the project, and is said to be in doubt where that can't be read", async () => {
    const shop = await openHosted();
    const operator = await signIn(shop.sandbox);
    const integration = { type: "github", repository: "acme/shop" };
    await operator.send("POST", `/projects/${demoProjectId}/integrations`, integration);
    const { failure } = await runSetup(shop, { ...flags, where: "github", dryRun: true });
    expect(failure).toMatchObject({
      reason: "usage",
      parts: {
        what: expect.stringContaining(
          "GitHub (acme/shop) deploys the project by its integration already",
        ),
      },
    });
    const other = await openHosted();
    other.sandbox.faults.add({
      on: { path: `/projects/${demoProjectId}/integrations` },
      times: "always",
      effect: { kind: "status", status: 403 },
    });
    const { out } = await runSetup(other, { ...flags, where: "github", dryRun: true });
    expect(out).toContain("whether a Git host deploys the project already isn't known");
  });

  test("is no work for a cron, and only one task does it", async () => {
    const shop = await openHosted();
    const tried = async (more: Readonly<Record<string, unknown>>) =>
      (await runSetup(shop, { ...flags, dryRun: true, ...more })).failure;
    const refused = (sentence: string) => ({
      reason: "usage",
      parts: { what: expect.stringContaining(sentence) },
    });
    expect(await tried({ where: "cron" })).toMatchObject(
      refused("a cron runs what is deployed, and deploys nothing"),
    );
    expect(await tried({ where: "github", task: "deploy,backup-and-deploy" })).toMatchObject(
      refused("both push the code: choose one of them"),
    );
    await expect(tried({ where: "github", schedule: ["0 5 * * *"] })).rejects.toMatchObject(
      refused("--schedule would not be used"),
    );
    expect(await tried({})).toMatchObject({
      reason: "usage",
      parts: { next: expect.stringContaining("answer it with --where: github") },
    });
  });
});
