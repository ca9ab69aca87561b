import { expect, test } from "vitest";
import { currentDeployment } from "../../src/platform/deployments.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const shop = {
  name: "shop",
  crons: {
    backup: {
      spec: "0 5 * * *",
      commands: { start: "platform backup:create --yes --no-wait", stop: null },
      timeout: 86400,
      cmd: "",
    },
    old: { spec: "0 6 * * *", timeout: 86400, cmd: "date" },
  },
  hooks: { build: "make", deploy: null, post_deploy: "" },
  source: { root: "/apps/shop/", operations: { update: { command: "composer update" } } },
  access: { ssh: "contributor" },
  timezone: "Europe/Paris",
};

const current = {
  id: "current",
  webapps: {
    shop,
    blog: { name: "blog", crons: {}, hooks: null, source: { root: "/", operations: {} } },
  },
  variables: [
    {
      name: "env:PLATFORMSH_CLI_TOKEN",
      value: "canary-value",
      is_sensitive: false,
      is_json: false,
      visible_build: false,
      visible_runtime: true,
    },
  ],
  access: [{ entity_id: "u1", role: "admin" }],
  updated_at: "2026-03-01T10:00:00+00:00",
};

test("what is deployed is read with its crons, hooks and source operations, old forms too", async () => {
  const api = await fakeApi(() => ({ json: current }));
  expect(await currentDeployment(api.connection, "p1", "feat/x")).toEqual({
    apps: [
      {
        name: "blog",
        crons: [],
        hooks: {},
        sourceOperations: [],
        sshRole: undefined,
        timezone: undefined,
        root: "",
      },
      {
        name: "shop",
        crons: [
          { name: "backup", spec: "0 5 * * *", command: "platform backup:create --yes --no-wait" },
          { name: "old", spec: "0 6 * * *", command: "date" },
        ],
        hooks: { build: "make" },
        sourceOperations: [{ name: "update", command: "composer update" }],
        sshRole: "contributor",
        timezone: "Europe/Paris",
        root: "apps/shop",
      },
    ],
    variables: [
      {
        name: "env:PLATFORMSH_CLI_TOKEN",
        visibleAtRuntime: true,
      },
    ],
    access: [{ user: "u1", role: "admin" }],
    updatedAt: "2026-03-01T10:00:00+00:00",
  });
  expect(api.seen[0]?.url).toBe("/projects/p1/environments/feat%2Fx/deployments/current");
});

test("an environment without a deployment has none, which is no failure", async () => {
  const api = await fakeApi(() => ({ status: 404 }));
  expect(await currentDeployment(api.connection, "p1", "main")).toBeUndefined();
});

test("a deployment that may not be seen is a failure", async () => {
  const api = await fakeApi(() => ({ status: 403 }));
  const failure = await failureOf(currentDeployment(api.connection, "p1", "main"), apiToken);
  expect(failure).toMatchObject({ status: 403 });
});

test("an answer without applications is not taken for a deployment without any", async () => {
  const api = await fakeApi(() => ({ json: { id: "current" } }));
  const failure = await failureOf(currentDeployment(api.connection, "p1", "main"), apiToken);
  expect(failure.parts.why).toContain("webapps");
});

test("what lacks its command is there all the same, and its command isn't known", async () => {
  const answer = {
    webapps: {
      shop: {
        crons: { backup: { spec: "0 5 * * *", commands: { start: null } } },
        hooks: null,
        source: { root: "/", operations: { update: { command: null } } },
      },
    },
    variables: [{ name: "env:PLATFORMSH_CLI_TOKEN" }],
    access: [],
    created_at: "2026-03-01T10:00:00+00:00",
    updated_at: null,
  };
  const api = await fakeApi(() => ({ json: answer }));
  const found = await currentDeployment(api.connection, "p1", "main");
  expect(found?.apps[0]?.crons).toEqual([
    { name: "backup", spec: "0 5 * * *", command: undefined },
  ]);
  expect(found?.apps[0]?.sourceOperations).toEqual([{ name: "update", command: undefined }]);
  expect(found?.variables).toEqual([
    { name: "env:PLATFORMSH_CLI_TOKEN", visibleAtRuntime: undefined },
  ]);
  expect(found?.updatedAt).toBe("2026-03-01T10:00:00+00:00");
});
