import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { branchFiles } from "../../src/platform/git-data.ts";
import { layDownSampleProject, sampleFiles } from "../../src/sandbox/sample-project.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { at, sandboxForTest, signIn } from "../sandbox/client.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const all = { file: () => true, folder: () => true };

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
  const files = await branchFiles(connection, demoProjectId, "main", all);
  const texts = files.map(({ path, content }) => [path, content.toString()]);
  expect(Object.fromEntries(texts)).toEqual(sampleFiles);
});

test("only the folders that are wanted are opened, and only the wanted files are fetched", async () => {
  const { sandbox, connection } = await shop();
  const files = await branchFiles(connection, demoProjectId, "main", {
    file: (path) => path === ".platform.app.yaml",
    folder: () => false,
  });
  expect(files.map(({ path }) => path)).toEqual([".platform.app.yaml"]);
  const asked = sandbox.requests.filter(({ path }) => path.includes("/git/"));
  expect(asked.map(({ path }) => path.split("/")[4])).toEqual([
    "refs",
    "commits",
    "trees",
    "blobs",
  ]);
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

test("links and submodules are left out, and a text may come unencoded", async () => {
  const entry = (path: string, mode: string) => ({ path, mode, type: "blob", sha: `sha-${path}` });
  const api = await fakeApi(({ url }) => {
    if (url.includes("/refs/")) return { json: { object: { type: "commit", sha: "c" } } };
    if (url.includes("/commits/")) return { json: { tree: "t" } };
    if (url.includes("/blobs/")) return { json: { size: 2, encoding: "utf-8", content: "é" } };
    const tree = [entry("link", "120000"), entry("module", "160000"), entry("run.sh", "100755")];
    return { json: { sha: "t", tree } };
  });
  const files = await branchFiles(api.connection, "p1", "feat/x", all);
  expect(files.map(({ path, content }) => `${path} ${content}`)).toEqual(["run.sh é"]);
  expect(api.seen[0]?.url).toBe("/projects/p1/git/refs/heads%2Ffeat%2Fx");
});

test("a branch that isn't there, and a file that is too large, are told in words", async () => {
  const { sandbox, connection } = await shop();
  const gone = branchFiles(connection, demoProjectId, "gone", all);
  expect(await failureOf(gone, sandbox.operatorToken)).toMatchObject({ status: 404 });
  const api = await fakeApi(({ url }) => {
    if (url.includes("/refs/")) return { json: { object: { type: "commit", sha: "c" } } };
    if (url.includes("/commits/")) return { json: { tree: "t" } };
    if (url.includes("/blobs/")) return { json: { size: 6e6, encoding: "base64", content: "" } };
    return { json: { tree: [{ path: ".platform.app.yaml", mode: "100644", sha: "b" }] } };
  });
  const failure = await failureOf(branchFiles(api.connection, "p1", "main", all), apiToken);
  expect(failure.parts.what).toBe("The file is too large to be a configuration");
});
