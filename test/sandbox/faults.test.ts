import { expect, test } from "vitest";
import { at, request, sandboxForTest, signIn } from "./client.ts";

test("a fault comes up for the requests it is for, after as many and for as many as asked", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  sandbox.faults.add({
    on: { method: "GET", path: "/users/*" },
    after: 1,
    times: 2,
    effect: { kind: "status", status: 503, retryAfter: "1" },
  });
  const statuses = [];
  for (let asked = 0; asked < 4; asked += 1) {
    statuses.push((await operator.get("/api/users/me")).status);
  }
  expect(statuses).toEqual([200, 503, 503, 200]);
  expect((await operator.get(`/users/${operator.id}/organizations`)).status).toBe(200);
});

test("a running sandbox is told over HTTP to misbehave, and to behave again", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const tell = (method: string, body?: unknown) =>
    request(sandbox, "/sandbox/faults", {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const fault = { on: { path: "/**" }, times: "always", effect: { kind: "status", status: 502 } };
  expect((await tell("POST", fault)).status).toBe(201);
  expect((await operator.get("/users/me")).status).toBe(502);
  expect((await tell("DELETE")).status).toBe(204);
  expect((await operator.get("/users/me")).status).toBe(200);
  expect((await tell("POST", { on: { path: "/x" }, effect: { kind: "fire" } })).status).toBe(400);
});

test("a write can take effect although its answer says otherwise", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const shop = await anyProject(operator);
  sandbox.faults.add({
    on: { method: "POST", path: "/projects/*/variables" },
    effect: { kind: "status", status: 504, body: "html", when: "after" },
  });
  const path = `/projects/${shop}/variables`;
  const answer = await operator.send("POST", path, { name: "env:A", value: "1" }).catch(() => null);
  expect(answer).toBeNull();
  expect((await operator.get(`${path}/env%3AA`)).status).toBe(200);
  expect(sandbox.requests.at(-2)).toMatchObject({ method: "POST", status: 201 });
});

test("a deployment that was told to fail says so in its log, and changes nothing that runs", async () => {
  const sandbox = await sandboxForTest({ activityMs: 0 });
  const operator = await signIn(sandbox);
  const environment = `/projects/${await anyProject(operator)}/environments/main`;
  sandbox.faults.add({
    on: { method: "POST", path: "/**/variables" },
    effect: { kind: "failedDeployment" },
  });
  const made = await operator.send("POST", `${environment}/variables`, {
    name: "env:BROKEN",
    value: "1",
  });
  const id = String(at(made.body, "_embedded", "activities", 0, "id"));
  const activity = await operator.get(`${environment}/activities/${id}`);
  expect(activity.body).toMatchObject({ state: "complete", result: "failure" });
  const deployed = await operator.get(`${environment}/deployments/current`);
  expect(JSON.stringify(deployed.body)).not.toContain("BROKEN");
});

test("an activity that is cancelled ends there and then, and can't be cancelled twice", async () => {
  const sandbox = await sandboxForTest({ activityMs: 60_000 });
  const operator = await signIn(sandbox);
  const project = `/projects/${await anyProject(operator)}`;
  const started = await operator.send("POST", `${project}/environments/main/redeploy`);
  const id = String(at(started.body, "_embedded", "activities", 0, "id"));
  const cancel = () => operator.send("POST", `${project}/activities/${id}/cancel`);
  expect((await cancel()).status).toBe(200);
  const { body } = await operator.get(`${project}/activities/${id}`);
  expect(body).toMatchObject({ state: "cancelled", result: null });
  expect((await cancel()).status).toBe(400);
});

async function anyProject(operator: Awaited<ReturnType<typeof signIn>>): Promise<string> {
  const access = await operator.get(`/users/${operator.id}/extended-access`);
  return String(at(access.body, "items", 0, "resource_id"));
}
