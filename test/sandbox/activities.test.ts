import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { at, type Person, sandboxForTest, signIn } from "./client.ts";

const project = `/projects/${demoProjectId}`;
const main = `${project}/environments/main`;

async function withClock(): Promise<{ person: Person; pass(ms: number): void }> {
  let time = Date.UTC(2026, 0, 1);
  const sandbox = await sandboxForTest({ activityMs: 1000, now: () => new Date(time) });
  return {
    person: await signIn(sandbox),
    pass: (ms) => {
      time += ms;
    },
  };
}

async function started(person: Person, path: string, body?: unknown): Promise<string> {
  const answer = await person.send("POST", path, body);
  return `${project}/activities/${at(answer.body, "_embedded", "activities", 0, "id")}`;
}

test("an activity is pending, then in progress, then complete", async () => {
  const { person, pass } = await withClock();
  const path = await started(person, `${main}/redeploy`);
  expect((await person.get(path)).body).toMatchObject({
    type: "environment.redeploy",
    state: "pending",
    result: null,
    started_at: null,
    completed_at: null,
    completion_percent: 0,
  });
  pass(625);
  expect((await person.get(path)).body).toMatchObject({
    state: "in_progress",
    result: null,
    completed_at: null,
    completion_percent: 50,
  });
  pass(375);
  expect((await person.get(path)).body).toMatchObject({
    state: "complete",
    result: "success",
    completion_percent: 100,
    completed_at: "2026-01-01T00:00:01.000000+00:00",
    payload: { user: { id: person.id } },
  });
});

test("an environment does one thing after the other, and is dirty meanwhile", async () => {
  const { person, pass } = await withClock();
  await started(person, `${main}/redeploy`);
  const second = await started(person, `${main}/redeploy`);
  pass(1000);
  expect((await person.get(second)).body).toMatchObject({ state: "pending" });
  expect((await person.get(main)).body).toMatchObject({ status: "dirty" });
  pass(1000);
  expect((await person.get(second)).body).toMatchObject({ state: "complete" });
  expect((await person.get(main)).body).toMatchObject({ status: "active" });
});

test("a backup is there when its activity is complete", async () => {
  const { person, pass } = await withClock();
  const path = await started(person, `${main}/backup`, { safe: false });
  expect((await person.get(`${main}/backups`)).body).toEqual([]);
  pass(1000);
  const { body } = await person.get(`${main}/backups`);
  expect(body).toMatchObject([{ safe: false, environment: "main" }]);
  expect(at((await person.get(path)).body, "payload", "backup_name")).toBe(at(body, 0, "id"));
  expect((await person.get(main)).body).toMatchObject({
    last_backup_at: "2026-01-01T00:00:01.000000+00:00",
  });
});

test("a log grows and is sealed at the end", async () => {
  const { person, pass } = await withClock();
  const path = await started(person, `${main}/redeploy`);
  const lines = async () =>
    String((await person.get(`${path}/log`)).body)
      .trim()
      .split("\n");
  pass(300);
  const early = await lines();
  pass(700);
  const late = await lines();
  expect(late.slice(0, early.length)).toEqual(early);
  expect(late.at(-1)).toBe('{"seal":true}');
  expect(early).not.toContain('{"seal":true}');
});

test("a source operation has to be one of the app's", async () => {
  const { person } = await withClock();
  const run = (operation: string) =>
    person.send("POST", `${main}/source-operation`, { operation, variables: {} });
  expect((await person.get(`${main}/source-operations`)).body).toMatchObject([
    { app: "shop", operation: "update" },
  ]);
  expect((await run("update")).status).toBe(200);
  expect((await run("unheard-of")).status).toBe(400);
});

test("activities are listed newest first, by type and up to a moment", async () => {
  const { person, pass } = await withClock();
  await started(person, `${main}/redeploy`);
  pass(1000);
  await started(person, `${main}/backup`);
  const types = async (query: string) => {
    const { body } = await person.get(`${main}/activities${query}`);
    return Array.isArray(body) ? body.map((activity) => at(activity, "type")) : body;
  };
  expect(await types("")).toEqual(["environment.backup", "environment.redeploy"]);
  expect(await types("?type=environment.redeploy")).toEqual(["environment.redeploy"]);
  expect(await types("?state=pending")).toEqual(["environment.backup"]);
  expect(await types("?count=1")).toEqual(["environment.backup"]);
  expect(await types("?starts_at=2026-01-01T00:00:00.500000%2B00:00")).toEqual([
    "environment.redeploy",
  ]);
  expect((await person.get(`${project}/environments/staging/activities`)).body).toEqual([]);
});

test("nothing can be set going on an inactive environment or a suspended project", async () => {
  const { person } = await withClock();
  for (const path of [
    "/projects/renamed7s2k4p/environments/master",
    "/projects/archive2k6d9s/environments/main",
  ]) {
    expect((await person.send("POST", `${path}/redeploy`)).status).toBe(400);
    expect(at((await person.get(path)).body, "_links")).not.toHaveProperty("#backup");
  }
});
