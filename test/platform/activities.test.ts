import { expect, test } from "vitest";
import {
  type Activity,
  activity,
  cancelActivity,
  environmentActivities,
  watchActivity,
} from "../../src/platform/activities.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi, type Reply } from "./fake-api.ts";

const raw = (state: string, completion_percent: number, result: string | null = null) => ({
  id: "a1",
  type: "environment.redeploy",
  state,
  result,
  completion_percent,
  description: "<user data-id='u1'>Jane</user> redeployed <environment>main</environment>",
  created_at: null,
});

test("an activity is followed to its end, and told about only when it has changed", async () => {
  const states = [
    raw("pending", 0),
    raw("pending", 0),
    raw("in_progress", 40),
    raw("in_progress", 40),
    raw("complete", 100, "success"),
  ];
  const api = await fakeApi(() => ({ json: states.shift() }));
  const heard: Activity[] = [];
  const last = await watchActivity(api.connection, "p1", "a1", {
    onProgress: (now) => heard.push(now),
    intervalMs: 1,
  });
  expect(heard.map(({ state, percent }) => `${state} ${percent}`)).toEqual([
    "pending 0",
    "in_progress 40",
    "complete 100",
  ]);
  expect(last).toMatchObject({ state: "complete", result: "success" });
  expect(states).toEqual([]);
});

test("what ends soon is soon known, however rarely it is looked at later", async () => {
  const states = [raw("pending", 0), raw("in_progress", 40), raw("complete", 100, "success")];
  const api = await fakeApi(() => ({ json: states.shift() }));
  const last = await watchActivity(api.connection, "p1", "a1", { intervalMs: 3_600_000 });
  expect(last.state).toBe("complete");
});

test("nothing is waited for any more once the log is sealed", async () => {
  const api = await fakeApi(({ url }) =>
    url.endsWith("/log") ? { text: '{"seal":true}\n' } : { json: raw("complete", 100, "success") },
  );
  const watch = () =>
    watchActivity(api.connection, "p1", "a1", {
      intervalMs: 3_600_000,
      onLog: () => undefined,
    });
  const timers = () => process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
  await watch();
  const before = timers();
  await watch();
  expect(timers()).toBeLessThanOrEqual(before);
});

const logLine = (id: string, message: string) =>
  JSON.stringify({ _id: id, data: { message, timestamp: "2026-01-01T00:00:00+00:00" } });

test("the log is followed through broken connections, each line once, up to its seal", async () => {
  const [one, two, three] = [logLine("1", "Building\n"), logLine("2", "Dep"), logLine("3", "Done")];
  const logs: Reply[] = [
    { text: `${one}\n${two.slice(0, 9)}` },
    "drop",
    { status: 502 },
    { text: `${one}\nnot json\n${two}\n${three}\n{"seal":true}\n` },
  ];
  const api = await fakeApi(({ url }) => {
    if (url.endsWith("/log")) return logs.shift() ?? { status: 500 };
    return { json: logs.length > 0 ? raw("in_progress", 1) : raw("complete", 100, "failure") };
  });
  const lines: string[] = [];
  await watchActivity(api.connection, "p1", "a1", {
    intervalMs: 400,
    onLog: ({ text }) => lines.push(text),
  });
  expect(lines).toEqual(["Building", "Dep", "Done"]);
});

test("a log that can't be had does not keep the activity from being followed", async () => {
  for (const log of [{ status: 404 }, { text: "<html>" }, "hang"] as const) {
    const api = await fakeApi(({ url }) =>
      url.endsWith("/log") ? log : { json: raw("complete", 100, "success") },
    );
    const lines: string[] = [];
    const last = await watchActivity(api.connection, "p1", "a1", {
      intervalMs: 1,
      onLog: ({ text }) => lines.push(text),
    });
    expect(last.result).toBe("success");
    expect(lines).toEqual([]);
  }
});

test("a log line shows no secret and moves no cursor", async () => {
  const said = logLine("1", `\u001b[2Jtoken ${apiToken}`);
  const api = await fakeApi(({ url }) =>
    url.endsWith("/log")
      ? { text: `${said}\n{"seal":true}\n` }
      : { json: raw("complete", 100, "success") },
  );
  const lines: string[] = [];
  await watchActivity(api.connection, "p1", "a1", { onLog: ({ text }) => lines.push(text) });
  expect(lines).toEqual(["token [secret]"]);
});

test("the latest activities of an environment come once each, with who set them off", async () => {
  const one = { ...raw("complete", 100), payload: { user: { id: "u7" } } };
  const hook = [
    { type: "deploy", app: "app", exit_code: 1 },
    { type: "build", exit_code: 0 },
  ];
  const api = await fakeApi(() => ({ json: [one, one, { ...one, id: "a0", commands: hook }] }));
  const found = await environmentActivities(api.connection, "p1", "feat/x", {
    count: 5,
    type: "environment.backup",
  });
  expect(found.map(({ id, user }) => `${id} ${user}`)).toEqual(["a1 u7", "a0 u7"]);
  expect(found[1]?.failedCommands).toEqual(["deploy of app"]);
  expect(api.seen[0]?.url).toBe(
    "/projects/p1/environments/feat%2Fx/activities?count=5&type=environment.backup",
  );
});

test("an activity is cancelled", async () => {
  const api = await fakeApi(() => ({ json: { status: "OK", code: 200 } }));
  await cancelActivity(api.connection, "p1", "a1");
  expect(api.seen[0]).toMatchObject({ method: "POST", url: "/projects/p1/activities/a1/cancel" });
});

test("an activity that is cancelled or staged has ended too", async () => {
  for (const state of ["cancelled", "staged"]) {
    const api = await fakeApi(() => ({ json: raw(state, 0) }));
    const last = await watchActivity(api.connection, "p1", "a1");
    expect(last).toMatchObject({ state, result: undefined });
    expect(api.seen).toHaveLength(1);
  }
});

test("waiting can be interrupted", async () => {
  const controller = new AbortController();
  const api = await fakeApi(() => ({ json: raw("in_progress", 10) }));
  const waiting = watchActivity(api.connection, "p1", "a1", {
    onProgress: () => controller.abort(),
    signal: controller.signal,
  });
  expect((await failureOf(waiting, apiToken)).reason).toBe("interrupted");
  expect(api.seen).toHaveLength(1);
});

test("what an activity does is told without tags", async () => {
  const described = await fakeApi(() => ({ json: raw("pending", 0) }));
  expect((await activity(described.connection, "p1", "a1")).description).toBe(
    "Jane redeployed main",
  );
  const plain = await fakeApi(() => ({ json: { ...raw("pending", 0), text: "Redeployed" } }));
  expect((await activity(plain.connection, "p1", "a1")).description).toBe("Redeployed");
});
