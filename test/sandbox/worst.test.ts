import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { findApplications } from "../../src/library.ts";
import {
  layDownWorstProject,
  worstFiles,
  worstProjectId,
} from "../../src/sandbox/projects/worst-project.ts";
import { at, sandboxForTest, signIn } from "./client.ts";

const project = `/projects/${worstProjectId}`;
const main = `${project}/environments/main`;

async function checkout(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "machinist-worst-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await layDownWorstProject(folder);
  return folder;
}

test("the worst project is laid down byte for byte, in a repository that names it", async () => {
  const folder = await checkout();
  for (const [name, text] of Object.entries(worstFiles)) {
    expect(await readFile(join(folder, name), "utf8")).toBe(text);
  }
  const git = promisify(execFile);
  const { stdout } = await git("git", ["-C", folder, "remote", "get-url", "platform"]);
  expect(stdout).toContain(worstProjectId);
  expect((await git("git", ["-C", folder, "status", "--porcelain"])).stdout).toBe("");
});

test("each of its crons and hooks has something that the audit finds, and every edit can be made", async () => {
  const [app] = await findApplications(await checkout());
  const findings = app?.audit({ defaultBranch: "main" }) ?? [];
  const found = new Set(findings.map(({ rule }) => rule));
  expect([...found].sort()).toEqual(
    expect.arrayContaining([
      "confirm-missing",
      "cron-guard-missing",
      "cron-guard-never-true",
      "cron-guard-not-default-branch",
      "no-wait-missing",
      "no-wait-unknown",
      "pipefail-in-dash",
    ]),
  );
});

test("on the platform its token is where everyone has it, its crons are paused, and too many are admins", async () => {
  const operator = await signIn(await sandboxForTest());
  const token = (await operator.get(`${main}/variables/env%3APLATFORMSH_CLI_TOKEN`)).body;
  expect(token).toMatchObject({ is_sensitive: false, is_inheritable: true, visible_build: true });
  const child = `${project}/environments/issue-412/variables/env%3APLATFORMSH_CLI_TOKEN`;
  expect((await operator.get(child)).body).toMatchObject({ inherited: true });
  expect((await operator.get(`${project}/variables`)).body).toMatchObject([
    { name: "env:PLATFORMSH_CLI_TOKEN", is_sensitive: false },
  ]);
  expect((await operator.get(main)).body).toMatchObject({
    deployment_state: { crons: { status: "paused" } },
  });
  const { body } = await operator.get(`${project}/user-access`);
  const admins = Object.values<unknown>(Object(at(body, "items"))).filter(
    (one) => at(one, "permissions", 0) === "admin",
  );
  expect(admins).toHaveLength(4);
  const cron = (await operator.get(`${main}/activities?type=environment.cron`)).body;
  expect(cron).toMatchObject([{ result: "failure", payload: { user: { id: "admin" } } }]);
  const log = await operator.get(`${project}/activities/${at(cron, 0, "id")}/log`);
  expect(log.body).toContain("platform: not found");
});

test("what runs there is older than its files, until it is redeployed; its crons run again then", async () => {
  let now = Date.now();
  const operator = await signIn(await sandboxForTest({ now: () => new Date(now), activityMs: 1 }));
  const current = async () =>
    at((await operator.get(`${main}/deployments/current`)).body, "webapps", "magazine");
  expect(Object.keys(Object(at(await current(), "crons")))).toEqual(["backup", "nightly"]);
  await operator.send("POST", `${main}/redeploy`);
  now += 10;
  expect(at(await current(), "crons", "renewal", "spec")).toBe("0 5 1,15 * *");
  expect(at(await current(), "type")).toBe("php:8.2");
  expect((await operator.get(main)).body).toMatchObject({
    deployment_state: { crons: { status: "running" } },
  });
});
