import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { readEnvironment } from "../../src/platform/environments.ts";
import { branchTree } from "../../src/platform/git-data.ts";
import { layDownSampleProject, sampleFiles } from "../../src/sandbox/sample-project.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { at, sandboxForTest, signIn } from "../sandbox/client.ts";
import { failureOf } from "./failing.ts";
import { fakeApi } from "./fake-api.ts";

async function shop() {
  const sandbox = await sandboxForTest();
  const connection = connect({
    addresses: { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl },
    token: new Secret(sandbox.operatorToken),
  });
  onTestFinished(() => connection.close());
  return { sandbox, connection };
}

test("the files of a branch are read as they were pushed, paths and all", async () => {
  const { connection } = await shop();
  const tree = branchTree(connection, demoProjectId, { branch: "main" });
  const below = async (folder: string): Promise<readonly (readonly [string, string])[]> => {
    const entries = (await tree.folder(folder)) ?? [];
    const found = entries.map(async ({ name, kind }) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind === "folder") return below(path);
      return [[path, String(await tree.file(path))] as const];
    });
    return (await Promise.all(found)).flat();
  };
  expect(Object.fromEntries(await below(""))).toEqual(sampleFiles);
});

test("nothing is fetched that isn't asked for, and nothing twice", async () => {
  const { sandbox, connection } = await shop();
  const tree = branchTree(connection, demoProjectId, { branch: "main" });
  await Promise.all([tree.file(".platform.app.yaml"), tree.file(".platform.app.yaml")]);
  await tree.folder("");
  const asked = sandbox.requests.filter(({ path }) => path.includes("/git/"));
  expect(asked.map(({ path }) => path.split("/")[4])).toEqual([
    "refs",
    "commits",
    "trees",
    "blobs",
  ]);
});

test("a branch whose commit is known is read with one request less", async () => {
  const { sandbox, connection } = await shop();
  const { headCommit: commit = "" } = await readEnvironment(connection, demoProjectId, "main");
  const tree = branchTree(connection, demoProjectId, { commit });
  expect(await tree.file(".platform/routes.yaml")).toBeDefined();
  expect(sandbox.requests.some(({ path }) => path.includes("/git/refs"))).toBe(false);
});

test("the ids are those that Git gives to the same files", async () => {
  const { sandbox } = await shop();
  const folder = await mkdtemp(join(tmpdir(), "machinist-git-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await layDownSampleProject(folder, demoProjectId);
  const git = await promisify(execFile)("git", ["-C", folder, "rev-parse", "HEAD^{tree}"]);
  const operator = await signIn(sandbox);
  const project = `/projects/${demoProjectId}`;
  const ref = await operator.get(`${project}/git/refs/heads%2Fmain`);
  const sha = String(at(ref.body, "object", "sha"));
  const commit = await operator.get(`${project}/git/commits/${sha}`);
  expect(at(commit.body, "tree")).toBe(git.stdout.trim());
  const environment = await operator.get(`${project}/environments/main`);
  expect(at(environment.body, "head_commit")).toBe(sha);
});

test("links and submodules are told from files, and a text may come unencoded", async () => {
  const entry = (path: string, mode: string) => ({ path, mode, type: "blob", sha: `sha-${path}` });
  const api = await fakeApi(({ url }) => {
    if (url.includes("/refs/")) return { json: { object: { type: "commit", sha: "c" } } };
    if (url.includes("/commits/")) return { json: { tree: "t" } };
    if (url.includes("/blobs/")) return { json: { size: 2, encoding: "utf-8", content: "é" } };
    const gone = { ...entry("gone", "100644"), sha: null };
    const tree = [entry("link", "120000"), entry("module", "160000"), entry("run.sh", "100755")];
    return { json: { sha: "t", tree: [...tree, gone] } };
  });
  const tree = branchTree(api.connection, "p1", { branch: "feat/x" });
  expect((await tree.folder(""))?.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "link link",
    "module submodule",
    "run.sh file",
  ]);
  expect(String(await tree.file("run.sh"))).toBe("é");
  for (const path of ["module", "none", "none/x", "run.sh/x"])
    expect(await tree.file(path)).toBeUndefined();
  expect(await tree.folder("module")).toBeUndefined();
  expect(api.seen[0]?.url).toBe("/projects/p1/git/refs/heads%2Ffeat%2Fx");
});

test("a branch that isn't there is told in words", async () => {
  const { sandbox, connection } = await shop();
  const gone = branchTree(connection, demoProjectId, { branch: "gone" });
  expect(await failureOf(gone.folder(""), sandbox.operatorToken)).toMatchObject({ status: 404 });
});
