import { expect, test } from "vitest";
import {
  createVariable,
  deleteVariable,
  environmentVariable,
  environmentVariables,
  projectVariables,
  updateVariable,
} from "../../src/platform/variables.ts";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "./failing.ts";
import { fakeApi } from "./fake-api.ts";

const name = "env:PLATFORMSH_CLI_TOKEN";
const url = "/projects/p1/environments/feat%2Fx/variables/env%3APLATFORMSH_CLI_TOKEN";

const flags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};

const fields = {
  is_sensitive: true,
  is_enabled: true,
  is_inheritable: false,
  visible_build: false,
  visible_runtime: true,
  application_scope: [],
};

const deployment = {
  id: "a1",
  type: "environment.variable.create",
  state: "pending",
  result: null,
  completion_percent: 0,
  description: null,
};

test("a new variable is sent with every field, so that no default decides", async () => {
  const api = await fakeApi(() => ({
    status: 201,
    json: { status: "Created", code: 201, _embedded: { entity: {}, activities: [deployment] } },
  }));
  const value = new Secret("canary-value-7f");
  const write = await createVariable(api.connection, "p1", "feat/x", { name, value, flags });
  expect(api.seen[0]?.url).toBe("/projects/p1/environments/feat%2Fx/variables");
  expect(JSON.parse(api.seen[0]?.body ?? "")).toEqual({
    name,
    value: "canary-value-7f",
    is_json: false,
    ...fields,
  });
  expect(write.activities).toMatchObject([
    { id: "a1", state: "pending", description: "environment.variable.create" },
  ]);
});

test("an update sends all flags, and the value only when there is another one", async () => {
  const api = await fakeApi(() => ({ json: { name, ...fields, inherited: false } }));
  const kept = await updateVariable(api.connection, "p1", "feat/x", name, { flags });
  const value = new Secret("canary-value-80");
  await updateVariable(api.connection, "p1", "feat/x", name, { flags, value });
  expect(kept).toEqual({ activities: [] });
  const sent = api.seen.filter(({ method }) => method === "PATCH");
  expect(sent.map((request) => request.url)).toEqual([url, url]);
  expect(sent.map((request) => JSON.parse(request.body))).toEqual([
    fields,
    { value: "canary-value-80", ...fields },
  ]);
});

test("a variable is deleted, whether the answer has an envelope or nothing", async () => {
  for (const reply of [{ status: 204 }, { json: { _embedded: { activities: null } } }]) {
    const api = await fakeApi(() => reply);
    expect(await deleteVariable(api.connection, "p1", "feat/x", name)).toEqual({ activities: [] });
    expect(api.seen[0]).toMatchObject({ method: "DELETE", url });
  }
});

test("a variable is read without its value", async () => {
  const api = await fakeApi(() => ({
    json: {
      name,
      value: "canary",
      ...fields,
      inherited: true,
      created_at: "2026-01-01T00:00:00Z",
      updated_at: null,
    },
  }));
  expect(await environmentVariable(api.connection, "p1", "feat/x", name)).toEqual({
    name,
    flags,
    inherited: true,
    createdAt: "2026-01-01T00:00:00Z",
  });
});

test("a variable that is not there is undefined, one that may not be read is a failure", async () => {
  const missing = await fakeApi(() => ({ status: 404 }));
  expect(await environmentVariable(missing.connection, "p1", "main", name)).toBeUndefined();
  const hidden = await fakeApi(() => ({ status: 403 }));
  const failure = await failureOf(
    environmentVariable(hidden.connection, "p1", "main", name),
    "canary",
  );
  expect(failure.parts).toMatchObject({
    what: "This account may not see the variables of main",
    next: "ask an admin of the project for the right, or sign in with the token of one",
  });
});

test("variables are listed; those of the project are on everywhere", async () => {
  const { is_enabled, is_inheritable, ...projectFields } = fields;
  const api = await fakeApi(({ url }) =>
    url === "/projects/p1/variables"
      ? { json: [{ name: "env:A", ...projectFields }] }
      : { text: "null" },
  );
  expect(await environmentVariables(api.connection, "p1", "main")).toEqual([]);
  expect(await projectVariables(api.connection, "p1")).toEqual([
    { name: "env:A", flags: { ...flags, enabled: true, inheritable: true }, inherited: false },
  ]);
});

test("a value that the API repeats in its error is not shown", async () => {
  const api = await fakeApi(({ body }) => ({
    status: 400,
    json: { message: "Invalid", detail: { value: [`${JSON.parse(body).value} is too short`] } },
  }));
  const value = new Secret("canary-value-81");
  const failure = await failureOf(
    createVariable(api.connection, "p1", "main", { name, value, flags }),
    "canary",
  );
  expect(failure.parts.why).toBe("Invalid; value: [secret] is too short (HTTP 400)");
});
