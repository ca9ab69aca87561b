import { expect, test } from "vitest";
import { environmentActivities } from "../../src/platform/activities.ts";
import { ownApiTokens, revokeApiToken } from "../../src/platform/api-tokens.ts";
import { environments, redeployEnvironment } from "../../src/platform/environments.ts";
import { projectSettings } from "../../src/platform/project-settings.ts";
import { deleteProjectVariable } from "../../src/platform/variables.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

test("the tokens of an account are listed without their values", async () => {
  const api = await fakeApi(() => ({
    json: [
      { id: "t1", name: "laptop", created_at: "2026-01-01T00:00:00+00:00", last_used_at: null },
    ],
  }));
  expect(await ownApiTokens(api.connection, "u1")).toEqual([
    { id: "t1", name: "laptop", createdAt: "2026-01-01T00:00:00+00:00", lastUsedAt: undefined },
  ]);
});

test("a token that is gone after a lost answer counts as revoked, and is revoked once", async () => {
  const api = await fakeApi(({ method }) => (method === "DELETE" ? "drop" : { json: [] }));
  await revokeApiToken(api.connection, "u1", "t1");
  expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "DELETE /users/u1/api-tokens/t1",
    "GET /users/u1/api-tokens",
  ]);
});

test("whoever revokes its own token and hears no answer is refused from then on, which tells", async () => {
  let revoked = false;
  const api = await fakeApi(
    ({ method }) => {
      revoked ||= method === "DELETE";
      return method === "DELETE" ? "drop" : { status: 401 };
    },
    {
      exchange: (count) =>
        count === 1
          ? { json: { access_token: "access-1", expires_in: 900 } }
          : {
              status: 400,
              json: { error: "invalid_grant", error_description: "Invalid API token" },
            },
    },
  );
  await revokeApiToken(api.connection, "u1", "t1");
  expect(revoked).toBe(true);
  expect(api.seen.filter(({ method }) => method === "DELETE")).toHaveLength(1);
});

test("an API that wants a login before a token is revoked is told so", async () => {
  const api = await fakeApi(() => ({
    status: 401,
    headers: { "www-authenticate": 'Bearer error="insufficient_user_authentication"' },
  }));
  const failure = await failureOf(revokeApiToken(api.connection, "u1", "t1"), apiToken);
  expect(failure.reason).toBe("signedOut");
  expect(failure.parts.what).toContain("login");
});

const activity = (id: string, more = {}) => ({
  id,
  type: "environment.redeploy",
  state: "in_progress",
  result: null,
  ...more,
});

test("activities of several types are asked for at once, and name their backup", async () => {
  const made = {
    type: "environment.backup",
    state: "complete",
    result: "success",
    completed_at: "2026-01-01T00:01:00+00:00",
    environments: ["main"],
    payload: { user: { id: "u1" }, backup_name: "b1" },
  };
  const api = await fakeApi(() => ({ json: [activity("a1", made)] }));
  const type = ["environment.cron", "environment.backup"];
  const [read] = await environmentActivities(api.connection, "p1", "main", { count: 5, type });
  expect(api.seen[0]?.url).toContain("?count=5&type=environment.cron&type=environment.backup");
  expect(read).toMatchObject({
    backup: "b1",
    user: "u1",
    environments: ["main"],
    completedAt: "2026-01-01T00:01:00+00:00",
  });
});

test("a redeployment whose answer was lost is found among the activities, not begun again", async () => {
  let begun = false;
  const api = await fakeApi(({ method }) => {
    begun ||= method === "POST";
    if (method === "POST") return "drop";
    return { json: begun ? [activity("a2"), activity("a1")] : [activity("a1")] };
  });
  const { activities } = await redeployEnvironment(api.connection, "p1", "main");
  expect(activities.map(({ id }) => id)).toEqual(["a2"]);
  expect(api.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("the settings say how close the crons of a plan may be", async () => {
  const api = await fakeApi(() => ({
    json: { cron_minimum_interval: 5, cron_maximum_jitter: null, enforce_mfa: true },
  }));
  expect(await projectSettings(api.connection, "p1")).toEqual({
    cronMinimumInterval: 5,
    cronMaximumJitter: undefined,
    enforceMfa: true,
  });
});

test("a project variable is deleted by its name", async () => {
  const api = await fakeApi(() => ({ json: { status: "OK", code: 200 } }));
  await deleteProjectVariable(api.connection, "p1", "env:TOKEN");
  expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "DELETE /projects/p1/variables/env%3ATOKEN",
  ]);
});

test("an environment says whether its crons run, and which commit it is at", async () => {
  const states = [
    { enabled: true, status: "running" },
    { enabled: true, status: "paused" },
    { enabled: false, status: "running" },
    null,
  ];
  const api = await fakeApi(() => ({
    json: states.map((crons, index) => ({
      name: `e${index}`,
      type: "development",
      status: "active",
      is_main: false,
      head_commit: index === 0 ? "c1" : null,
      deployment_state: {
        last_deployment_successful: index !== 1,
        last_deployment_at: null,
        crons,
      },
    })),
  }));
  const read = await environments(api.connection, "p1");
  expect(read.map(({ deploymentState }) => deploymentState?.crons)).toEqual([
    "running",
    "paused",
    "off",
    undefined,
  ]);
  expect(read[1]?.deploymentState?.successful).toBe(false);
  expect(read[0]?.headCommit).toBe("c1");
  expect(read[1]).not.toHaveProperty("headCommit");
});
