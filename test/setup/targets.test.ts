import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LastingFailure } from "../../src/failure.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

/** The shop, whose checkout belongs to nobody but as a test says. */
async function openCheckout() {
  const shop = await openShop();
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", shop.directory, ...args], { encoding: "utf8", stdio: "pipe" });
  const remote = git("remote").trim();
  const url = git("remote", "get-url", remote).trim();
  const id = url.split("@")[0] ?? "";
  git("remote", "remove", remote);
  const name = async (project: string) => {
    await mkdir(join(shop.directory, ".platform/local"), { recursive: true });
    await writeFile(join(shop.directory, ".platform/local/project.yaml"), `id: ${project}\n`);
  };
  return { shop, git, id, url, name };
}

const cron = { task: "backup", only: "cron", yes: true };

test("a project that only a file of the checkout names is not taken where nobody is asked", async () => {
  const { shop, id, name } = await openCheckout();
  await name(id);
  const before = await readFile(shop.file, "utf8");
  const { failure } = await runSetup(shop, cron);
  expect(failure).toMatchObject({
    reason: "usage",
    parts: {
      why: `the checkout names ${id} (from .platform/local/project.yaml)`,
      next: "name the project with --project",
    },
  });
  expect(await readFile(shop.file, "utf8")).toBe(before);
  expect((await runSetup(shop, { ...cron, project: id })).failure).toBeUndefined();
});

test("a file of the checkout that names another project than the remote makes it a doubt", async () => {
  const { shop, git, url, id, name } = await openCheckout();
  git("remote", "add", "platform", url);
  await name("elsewhere1234");
  const { failure } = await runSetup(shop, cron);
  expect(failure).toMatchObject({
    parts: { why: expect.stringMatching(`${id}.*remote platform.*elsewhere1234.*project.yaml`) },
  });
});

test("the variable that the official CLI reads names the project", async () => {
  const { shop, id } = await openCheckout();
  const env = { ...shop.env, PLATFORM_PROJECT: id };
  const { failure, out } = await runSetup({ ...shop, env }, cron);
  expect(failure).toBeUndefined();
  expect(out).toContain("from PLATFORM_PROJECT");
});

test("the files of another project are edited only where that is asked for", async () => {
  const { shop, git, id } = await openCheckout();
  git("remote", "add", "origin", "elsewhere1234@git.eu.platform.sh:elsewhere1234.git");
  const before = await readFile(shop.file, "utf8");
  const { failure } = await runSetup(shop, { ...cron, project: id });
  expect(failure).toMatchObject({
    reason: "usage",
    parts: { why: expect.stringContaining("elsewhere1234 (from the git remote origin)") },
  });
  expect(await readFile(shop.file, "utf8")).toBe(before);
  const asked = await runSetup(shop, { ...cron, project: id, otherProject: true });
  expect(asked.failure).toBeUndefined();
  expect(asked.out).toContain("its files serve this project too");
});

test("with main and another branch that the host opens with, no branch is written unasked", async () => {
  const { shop, git } = await openCheckout();
  git("update-ref", "refs/remotes/origin/develop", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop");
  const before = await readFile(shop.file, "utf8");
  const { failure } = await runSetup(shop, { ...cron, offline: true });
  expect(failure).toMatchObject({
    reason: "usage",
    parts: { next: expect.stringMatching(/--branch.*--guard type/u) },
  });
  expect(await readFile(shop.file, "utf8")).toBe(before);
  const byType = await runSetup(shop, { ...cron, offline: true, guard: "type" });
  expect(byType.failure).toBeUndefined();
  expect(await readFile(shop.file, "utf8")).toContain('"$PLATFORM_ENVIRONMENT_TYPE" = production');
});

test("a branch that is not that of the environment is refused, since the guard would never hold there", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  const sentence = "On main the branch is main: kept to other, the cron would never run there";
  const onMain = { ...cron, environment: "main" };
  const { failure } = await runSetup(shop, { ...onMain, branch: "other" });
  expect(failure).toMatchObject({ reason: "usage", parts: { where: "--branch" } });
  expect(String(failure)).toContain(sentence);
  const asked = converse(
    setupProcedure,
    shop,
    { branch: "other", environment: "main" },
    { request: { only: ["cron"], given: { task: "backup", guard: "branch" } } },
  );
  await expect(asked).rejects.toThrow(sentence);
  expect(await readFile(shop.file, "utf8")).toBe(before);
  expect((await runSetup(shop, { ...onMain, guard: "type" })).failure).toBeUndefined();
  expect(await readFile(shop.file, "utf8")).toContain('"$PLATFORM_ENVIRONMENT_TYPE" = production');
});

test("a person is shown the branches that may be production, and why", async () => {
  const { shop, git } = await openCheckout();
  git("branch", "master");
  const facts: string[] = [];
  await converse(
    setupProcedure,
    shop,
    { branch: "master" },
    {
      request: { only: ["cron"], offline: true, given: { task: "backup" } },
      onQuestion: async (question) => {
        facts.push(...question.facts);
      },
    },
  );
  expect(facts).toContain(
    "Only the platform knows which branch is production: main and master are both there.",
  );
  expect(await readFile(shop.file, "utf8")).toContain('"$PLATFORM_BRANCH" = master');
});

describe("an app of the checkout that is known not to be deployed", () => {
  /** The shop, whose checkout describes the app other and nothing else. */
  async function openOther() {
    const shop = await openShop();
    await writeFile(
      shop.file,
      (await readFile(shop.file, "utf8")).replace("name: shop", "name: other"),
    );
    return { shop, before: await readFile(shop.file, "utf8") };
  }

  test("is refused with its reason where nobody is asked, and set up as a new one where it is named", async () => {
    const { shop, before } = await openOther();
    const { failure } = await runSetup(shop, cron);
    expect(failure).toMatchObject({
      reason: "usage",
      parts: {
        what: "The app of the checkout, other, isn't deployed on main",
        why: "deployed on main: shop",
        next: expect.stringContaining("--app other if it is new"),
      },
    });
    expect(await readFile(shop.file, "utf8")).toBe(before);
    const named = await runSetup(shop, { ...cron, app: "other" });
    expect(named.failure).toBeUndefined();
    expect(named.out).toContain(
      "App: other (.platform.app.yaml), not deployed yet; deployed on main: shop (you said so (--app))",
    );
    expect(await readFile(shop.file, "utf8")).toContain("platform backup:create");
  });

  test("is taken for a new one, in words, where the project is named", async () => {
    const { shop } = await openOther();
    const { failure, out } = await runSetup(shop, { ...cron, project: demoProjectId });
    expect(failure).toBeUndefined();
    expect(out).toContain("the only app in the checkout, not deployed yet; deployed on main: shop");
    expect(await readFile(shop.file, "utf8")).toContain("platform backup:create");
  });

  test("is put to a person, and left as it is unless they say that it is new", async () => {
    const { shop, before } = await openOther();
    const request = { only: ["cron"], given: { task: "backup" } } as const;
    const facts: string[] = [];
    const declined = converse(
      setupProcedure,
      shop,
      {},
      {
        request,
        onQuestion: async (question) => {
          if (question.flag === "--app") facts.push(question.title, ...question.facts);
        },
      },
    );
    await expect(declined).rejects.toBeInstanceOf(LastingFailure);
    expect(facts).toEqual([
      "The app other isn't deployed on main. Is it a new one?",
      "The checkout has one app, other (.platform.app.yaml).",
      "Deployed on main: shop.",
    ]);
    expect(await readFile(shop.file, "utf8")).toBe(before);
    const { told } = await converse(setupProcedure, shop, { app: "other" }, { request });
    expect(told.join("\n")).toContain("not deployed yet; deployed on main: shop");
    expect(await readFile(shop.file, "utf8")).not.toBe(before);
  });

  test("is set up where what is deployed can't be read, and that is said", async () => {
    const { shop } = await openOther();
    shop.sandbox.faults.add({
      on: { method: "GET", path: "/projects/*/environments/main/deployments/current" },
      effect: { kind: "status", status: 403 },
      times: "always",
    });
    const { failure, out } = await runSetup(shop, cron);
    expect(failure).toBeUndefined();
    expect(out).toContain("which apps are deployed on main isn't known");
  });
});

test("an environment of a type that isn't known is none to give a role on", async () => {
  const shop = await openShop();
  shop.sandbox.faults.add({
    on: { method: "GET", path: "/projects/*/environments" },
    effect: { kind: "missingFields", fields: ["type"] },
    times: "always",
  });
  const before = await readFile(shop.file, "utf8");
  const { failure } = await runSetup(shop, { ...cron, environment: "main" });
  expect(failure).toMatchObject({
    parts: {
      what: expect.stringContaining(
        "the API names no known type for it, and a role is given on a type",
      ),
    },
  });
  expect(await readFile(shop.file, "utf8")).toBe(before);
});
