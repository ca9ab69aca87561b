import { expect, test } from "vitest";
import { type Activity, activity, watchActivity } from "../../src/platform/activities.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

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
