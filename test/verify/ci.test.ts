import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { HostProgram } from "../../src/cihost/host.ts";
import { hostedJobFacts } from "../../src/cihost/runs.ts";
import { connect } from "../../src/platform/connection.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState } from "../../src/sandbox/state.ts";
import { Secret } from "../../src/secret.ts";
import { settled } from "../setup/automated-shop.ts";
import { type CiHost, ciHost } from "../setup/ci-host.ts";
import { runSetup } from "../setup/run-setup.ts";
import { openShop, type Shop } from "../setup/shop.ts";
import { verify } from "./run-verify.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };
const bare = "name: app\ntype: 'php:8.3'\n";

interface Hosted {
  readonly shop: Shop;
  readonly host: CiHost;
  readonly token: string;
}

/** What a setup left behind: the platform's state, the files of CI, and the token. */
interface Prepared {
  readonly state: string;
  readonly files: ReadonlyMap<string, string>;
  readonly token: string;
}

const written = {
  github: [".github/workflows/machinist-backup.yml"],
  gitlab: [".gitlab/machinist-backup.yml", ".gitlab-ci.yml"],
};
const programs = { github: "gh", gitlab: "glab" } as const;
const prepared = new Map<string, Promise<Prepared>>();

async function prepare(where: "github" | "gitlab", address: string): Promise<Prepared> {
  const shop = await openShop();
  await writeFile(shop.file, bare);
  execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", address]);
  shop.sandbox.push(demoProjectId, "main", { ".platform.app.yaml": bare });
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { env } = await ciHost(shop, programs[where]);
  const { failure } = await runSetup({ ...shop, env }, { ...flags, where }, token);
  expect(failure).toBeUndefined();
  await settled(shop);
  const texts = written[where].map(
    async (path) => [path, await readFile(join(shop.directory, path), "utf8")] as const,
  );
  return { state: shop.sandbox.state(), files: new Map(await Promise.all(texts)), token };
}

/** A shop without crons whose backups a job of CI makes, as setup wrote it; its file is deployed. Set up once, and copied. */
async function hosted(where: "github" | "gitlab", address: string): Promise<Hosted> {
  const known = prepared.get(where) ?? prepare(where, address);
  prepared.set(where, known);
  const { state, files, token } = await known;
  const read = readState(state);
  if (read.kind === "unusable") throw new Error(read.why);
  const shop = await openShop({ contents: read.contents });
  await writeFile(shop.file, bare);
  for (const [path, text] of files) {
    await mkdir(dirname(join(shop.directory, path)), { recursive: true });
    await writeFile(join(shop.directory, path), text);
  }
  execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", address]);
  const host = await ciHost(shop, programs[where]);
  return { shop: { ...shop, env: host.env }, host, token };
}

/** Backs the shop up with a token, as a job does, and tells when. */
async function backUp({ sandbox }: Shop, token: string): Promise<{ from: string; until: string }> {
  const from = new Date().toISOString();
  const { apiUrl: api, authUrl: auth, consoleUrl: console } = sandbox;
  const connection = connect({ addresses: { api, auth, console }, token: new Secret(token) });
  const path = `/projects/${demoProjectId}/environments/main/backup`;
  await connection
    .send("POST", path, { safe: true }, (json) => json)
    .finally(() => connection.close());
  return { from, until: new Date(Date.now() + 1000).toISOString() };
}

/** What is said of CI, line by line. */
async function saidOfCi({ shop, token }: Hosted, given = {}): Promise<readonly string[]> {
  const { said } = await verify(shop, given, { token });
  const [, section = ""] = said.split("\nIn CI:\n");
  return section.split("\n").flatMap((line) => (line.startsWith("  ") ? [line.trim()] : []));
}

describe("a job on GitHub", () => {
  const repository = "repos/acme/shop";
  const workflow = `${repository}/actions/workflows/machinist-backup.yml`;
  const called = "the job backup in .github/workflows/machinist-backup.yml";
  const open = () => hosted("github", "git@github.com:acme/shop.git");
  /** Has GitHub tell of one run, which the schedule started, with one job. */
  const ran = async ({ host }: Hosted, from: string, until: string, conclusion = "success") => {
    await host.answers(`${workflow}/runs`, 200, {
      workflow_runs: [{ id: 7, status: "completed", conclusion, run_started_at: from }],
    });
    await jobsRan(host, { started_at: from, completed_at: until, conclusion });
  };
  const jobsRan = (host: CiHost, ...jobs: readonly object[]) =>
    host.answers(`${repository}/actions/runs/7/jobs`, 200, {
      total_count: jobs.length,
      jobs: jobs.map((one) => ({ name: "backup", status: "completed", ...one })),
    });
  const set = (at: string) => ({
    total_count: 1,
    secrets: [{ name: "PLATFORMSH_CLI_TOKEN", updated_at: at }],
  });

  test("is found to work once the platform has an activity of the machine user in its run, and no sooner", async () => {
    const all = await open();
    const { host, shop } = all;
    await host.answers(repository, 200, { default_branch: "main" });
    await host.answers(`${repository}/actions/secrets`, 200, set(new Date().toISOString()));
    expect((await saidOfCi(all)).slice(1)).toEqual([
      "✖ wrong: GitHub knows no workflow .github/workflows/machinist-backup.yml; push the file; schedules start once it is on the default branch",
    ]);
    await host.answers(workflow, 200, { state: "disabled_inactivity" });
    await host.answers(`${workflow}/runs`, 200, { workflow_runs: [] });
    expect((await saidOfCi(all)).slice(1)).toEqual([
      "✖ wrong: the workflow machinist-backup.yml is switched off by GitHub, after 60 days without a commit; gh workflow enable machinist-backup.yml --repo acme/shop",
    ]);
    await host.answers(workflow, 200, { state: "active" });
    expect((await saidOfCi(all)).slice(2)).toEqual([
      `▲ open: ${called} has not run yet; start it by hand, and look again`,
    ]);
    const now = new Date().toISOString();
    await ran(all, now, now, "skipped");
    expect((await saidOfCi(all))[2]).toContain("✖ wrong: ");
    expect((await saidOfCi(all))[2]).toContain("did nothing when it was started last");
    await ran(all, now, now);
    expect((await saidOfCi(all)).at(-1)).toBe(
      `✖ wrong: ${called} ran, but no backup came of it; read its log: the guard, the token or the role may be the reason`,
    );
    const byOperator = await backUp(shop, shop.sandbox.operatorToken);
    await ran(all, byOperator.from, byOperator.until);
    expect((await saidOfCi(all)).at(-1)).toContain("its backup was made as operator@example.org");
    const { from, until } = await backUp(shop, all.token);
    await ran(all, from, until);
    const { said, ended } = await verify(shop, {}, { token: all.token });
    expect(said).toContain(`✔ ok: its backup was made as ${email}, the machine user`);
    expect(said).toContain("Nothing is wrong");
    expect(said).not.toMatch(/open: |not looked at: /u);
    expect(ended).toBe("done");
    const words = (await host.calls()).join("\n");
    expect(words).not.toContain(all.token);
  });

  test("whose secret is older than any token of the machine user has another one's", async () => {
    const all = await open();
    await all.host.answers(repository, 200, {});
    await all.host.answers(`${repository}/actions/secrets`, 200, set("2020-01-01T00:00:00Z"));
    expect((await saidOfCi(all))[0]).toBe(
      "✖ wrong: the secret PLATFORMSH_CLI_TOKEN of acme/shop was set 2020-01-01 00:00 UTC, before any token that the machine user has was made; machinist rotate puts a new one in",
    );
  });

  test("without its secret is wrong, unless the organization gives it one", async () => {
    const all = await open();
    const none = { total_count: 0, secrets: [] };
    await all.host.answers(repository, 200, {});
    await all.host.answers(`${repository}/actions/secrets`, 200, none);
    await all.host.answers(`${repository}/actions/organization-secrets`, 200, none);
    expect((await saidOfCi(all))[0]).toBe(
      "✖ wrong: the secret PLATFORMSH_CLI_TOKEN of acme/shop is not set; machinist rotate, or machinist setup --where, sets it",
    );
    const later = set(new Date().toISOString());
    await all.host.answers(`${repository}/actions/organization-secrets`, 200, later);
    expect((await saidOfCi(all))[0]).toMatch(/^✔ ok: /u);
    await all.host.answers(`${repository}/actions/organization-secrets`, 403, {});
    expect((await saidOfCi(all))[0]).toBe(
      `? not looked at: the secret of ${called}: gh may not list the secrets of the repository; look whether it is set there`,
    );
  });

  test("in a repository that gh doesn't see is not looked at, and nothing is claimed", async () => {
    const all = await open();
    await all.host.answers(`${repository}/actions/secrets`, 404, {});
    await all.host.answers(`${repository}/actions/organization-secrets`, 404, {});
    const said = await saidOfCi(all);
    expect(said.filter((line) => !line.startsWith("? not looked at: "))).toEqual([]);
    expect(said).toHaveLength(3);
  });

  test("that was due long ago and has not run since is wrong", async () => {
    const all = await open();
    const longAgo = "2026-01-01T05:23:00Z";
    await all.host.answers(repository, 200, {});
    await all.host.answers(workflow, 200, { state: "active" });
    await ran(all, longAgo, longAgo);
    expect((await saidOfCi(all))[2]).toContain(
      "and has not run by its schedule since 2026-01-01 05:23 UTC; look whether its host drops or delays schedules",
    );
  });

  test("that failed has failed, whatever its workflow came to", async () => {
    const all = await open();
    const { host } = all;
    const now = new Date().toISOString();
    await host.answers(repository, 200, {});
    await host.answers(workflow, 200, { state: "active" });
    await ran(all, now, now);
    const times = { started_at: now, completed_at: now };
    await jobsRan(
      host,
      { name: "test", conclusion: "success" },
      { conclusion: "failure", ...times },
    );
    const lastOf = async () => (await saidOfCi(all)).at(-1);
    expect(await lastOf()).toContain(`✖ wrong: ${called} failed when it ran last`);
    await jobsRan(
      host,
      { name: "backup (a)", conclusion: "success" },
      { name: "backup (b)", conclusion: "failure" },
    );
    expect(await lastOf()).toContain(`✖ wrong: ${called} failed when it ran last`);
    await jobsRan(host, { name: "test", conclusion: "success" });
    expect(await lastOf()).toBe(
      `? not looked at: the last run of ${called}: which job of its latest run it is can't be told by the name; look there`,
    );
    await host.answers(`${repository}/actions/runs/7/jobs`, 403, {});
    expect(await lastOf()).toContain("gh may not look at the jobs of a run of acme/shop");
  });

  test("is under way as long as jobs of its matrix may be to come, and a name with an expression fits by what is fixed", async () => {
    const now = "2026-11-01T00:00:00Z";
    const repo = { system: "github", repository: "acme/shop", scheduled: false } as const;
    const lastOf = async (named: string, status: string, ...names: readonly string[]) => {
      const jobs = names.map((name) => ({ name, status: "completed", conclusion: "success" }));
      const host: HostProgram = {
        name: "gh",
        run: () => Promise.reject(new RangeError("nothing is run")),
        ask: async (path) => ({
          status: 200,
          json: /\/jobs/u.test(path)
            ? { total_count: jobs.length, jobs }
            : /\/runs/u.test(path)
              ? { workflow_runs: [{ id: 7, status, conclusion: "success", run_started_at: now }] }
              : { state: "active" },
        }),
      };
      const job = { ...repo, file: "backup.yml", job: "backup", named, startedBy: undefined };
      const { lastRun } = await hostedJobFacts(host, job);
      return lastRun.kind === "known" ? lastRun.value.outcome : lastRun.kind;
    };
    expect(await lastOf("backup", "in_progress", "backup (a)")).toBe("under way");
    expect(await lastOf("backup", "completed", "backup (a)")).toBe("done");
    expect(await lastOf("backup", "in_progress", "backup")).toBe("done");
    expect(await lastOf(`Back up \${{ matrix.of }}`, "completed", "Back up a")).toBe("done");
    expect(await lastOf(`Back up \${{ matrix.of }}`, "completed", "lint")).toBe("unread");
    expect(await lastOf(`\${{ matrix.of }}`, "completed", "lint")).toBe("unread");
    expect(await lastOf(`Back up \${{ matrix.of }}`, "in_progress", "Back up a")).toBe("under way");
  });

  test("is judged by the runs of its schedule and those by hand, and by no push", async () => {
    const all = await open();
    await all.host.answers(repository, 200, {});
    await all.host.answers(workflow, 200, { state: "active" });
    await all.host.answers(`${workflow}/runs`, 200, { workflow_runs: [] });
    await saidOfCi(all);
    const asked = (await all.host.calls()).filter((words) => words.includes("/runs?"));
    expect(asked.map((words) => words.split("?")[1])).toEqual([
      "event=schedule&per_page=1",
      "event=workflow_dispatch&per_page=1",
    ]);
  });

  test("is not looked for by gh on the host of GitLab", async () => {
    const all = await open();
    execFileSync("git", [
      ...["-C", all.shop.directory, "remote", "set-url", "origin"],
      "git@gitlab.com:acme/shop.git",
    ]);
    expect((await saidOfCi(all))[0]).toContain(
      "gitlab.com is the host of GitLab, and not of GitHub",
    );
    expect(await all.host.calls()).toEqual([]);
  });

  test("is not looked at where nobody is signed in with gh, and that is said once", async () => {
    const all = await open();
    const out = await ciHost(all.shop, "gh", false, "signed-out");
    expect(await saidOfCi({ ...all, shop: { ...all.shop, env: out.env } })).toEqual([
      `? not looked at: ${called}, its secret and its runs: gh is not signed in at github.com; look there yourself, or sign the program in as somebody who may`,
    ]);
  });

  test.each([
    ["auth", 200],
    ["api", 2000],
  ])("is not looked at where gh hangs at %s, and the look goes on", async (word, hostLimitMs) => {
    const { shop, host, token } = await open();
    await host.hangs(word);
    const { said, ended } = await verify(shop, {}, { token, hostLimitMs });
    const [before = "", ofCi = ""] = said.split("\nIn CI:\n");
    expect(ofCi).toContain(
      `? not looked at: ${called}, its secret and its runs: gh could not be run: it took longer than ${hostLimitMs / 1000} seconds; look there yourself`,
    );
    expect(before).toContain("✔ ok: ");
    expect(ended).toBe("done");
    expect((await host.calls()).filter((words) => words.startsWith("auth"))).toHaveLength(1);
  });

  test("among remotes that name two repositories is not looked at, unless one is named", async () => {
    const all = await open();
    const git = (...words: string[]) => execFileSync("git", ["-C", all.shop.directory, ...words]);
    git("remote", "rename", "origin", "mine");
    git("remote", "add", "upstream", "git@github.com:vendor/shop.git");
    expect((await saidOfCi(all))[0]).toContain(
      "The remotes name several repositories, and none is called origin",
    );
    await all.host.answers("repos/vendor/shop", 200, {});
    expect((await saidOfCi(all, { repository: "vendor/shop" })).join("\n")).toContain(
      "GitHub knows no workflow",
    );
  });
});

describe("a job on GitLab", () => {
  const project = "projects/acme%2Fshop";
  const called = "the job machinist-backup in .gitlab/machinist-backup.yml";

  test("that a push starts and that hasn't run yet asks for a push, since nobody starts it by hand", async () => {
    const all = await hosted("gitlab", "git@gitlab.com:acme/shop.git");
    const file = join(all.shop.directory, ".gitlab/machinist-backup.yml");
    const text = await readFile(file, "utf8");
    const onPush = `'$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"'`;
    await writeFile(
      file,
      text.replace(/- if: .*/u, () => `- if: ${onPush}`),
    );
    await all.host.answers(project, 200, { namespace: { kind: "user" } });
    await all.host.answers(`${project}/jobs`, 200, []);
    expect((await saidOfCi(all)).at(-1)).toBe(
      `▲ open: ${called} has not run yet; push to its branch, and look again`,
    );
  });

  test("is found to work by its schedule, its last job, and the platform", async () => {
    const all = await hosted("gitlab", "git@gitlab.com:acme/shop.git");
    const { host, shop } = all;
    await host.answers(project, 200, { namespace: { kind: "group" } });
    await host.answers(`${project}/variables`, 200, [{ key: "PLATFORMSH_CLI_TOKEN" }]);
    await host.answers(`${project}/pipeline_schedules`, 200, []);
    await host.answers(`${project}/jobs`, 200, []);
    expect((await saidOfCi(all)).slice(1)).toEqual([
      `✖ wrong: no schedule starts ${called}; make one on the project's page Build, Pipeline schedules`,
    ]);
    const nightly = { id: 7, description: "Nightly backup", active: false };
    await host.answers(`${project}/pipeline_schedules`, 200, [nightly]);
    await host.answers(`${project}/pipeline_schedules/7`, 200, {
      variables: [{ key: "MACHINIST_TASK", value: "backup" }],
    });
    expect((await saidOfCi(all))[1]).toBe(
      "✖ wrong: the schedule Nightly backup is switched off; switch it on again on its page",
    );
    await host.answers(`${project}/pipeline_schedules`, 200, [{ ...nightly, active: true }]);
    const { from, until } = await backUp(shop, all.token);
    await host.answers(`${project}/jobs`, 200, [
      { name: "test", status: "failed" },
      { name: "machinist-backup", status: "success", started_at: from, finished_at: until },
    ]);
    const said = await saidOfCi(all);
    expect(said.filter((line) => !line.startsWith("✔ ok: "))).toEqual([]);
    expect(said.at(-1)).toBe(`✔ ok: its backup was made as ${email}, the machine user`);
  });

  test("of a project with more variables than are listed at once may have its own", async () => {
    const all = await hosted("gitlab", "git@gitlab.com:acme/shop.git");
    const many = Array.from({ length: 100 }, (_, index) => ({ key: `KEY_${index}` }));
    await all.host.answers(project, 200, { namespace: { kind: "group" } });
    await all.host.answers(`${project}/variables`, 200, many);
    expect((await saidOfCi(all))[0]).toBe(
      `? not looked at: the secret of ${called}: the project has more variables than are listed at once; look whether it is set there`,
    );
  });

  test("isn't looked for in the runs of a pipeline that GitLab reads from another file", async () => {
    const all = await hosted("gitlab", "git@gitlab.com:acme/shop.git");
    await all.host.answers(project, 200, {
      namespace: { kind: "user" },
      ci_config_path: "ci/pipeline.yml",
    });
    await all.host.answers(`${project}/jobs`, 200, [
      { name: "machinist-backup", status: "failed" },
    ]);
    expect((await saidOfCi(all)).at(-1)).toBe(
      `? not looked at: the last run of ${called}: GitLab reads the pipeline of acme/shop from ci/pipeline.yml, and not from .gitlab-ci.yml; look there`,
    );
  });

  test("gets its variable from a group as well", async () => {
    const all = await hosted("gitlab", "git@gitlab.com:acme/web/shop.git");
    const deep = "projects/acme%2Fweb%2Fshop";
    await all.host.answers(deep, 200, { namespace: { kind: "group" } });
    await all.host.answers(`${deep}/variables`, 200, []);
    await all.host.answers("groups/acme%2Fweb/variables", 200, []);
    await all.host.answers("groups/acme/variables", 200, [{ key: "PLATFORMSH_CLI_TOKEN" }]);
    expect((await saidOfCi(all))[0]).toMatch(/^✔ ok: /u);
    await all.host.answers("groups/acme/variables", 403, {});
    expect((await saidOfCi(all))[0]).toContain("glab may not list the variables of the group");
  });
});
