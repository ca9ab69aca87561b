import { expect, test } from "vitest";
import { sampleProjects } from "../../src/sandbox/projects/seed-projects.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState, stateText } from "../../src/sandbox/state.ts";
import type { Contents } from "../../src/sandbox/store.ts";
import { at, exchange, invited, type Person, request, sandboxForTest, signIn } from "./client.ts";

const shop = `/projects/${demoProjectId}`;
const main = `${shop}/environments/main`;

function usable(text: string): Contents {
  const read = readState(text);
  if (read.kind === "usable") return read.contents;
  throw new Error(read.why);
}

/** A sandbox that goes on with what another one has. */
function continued(sandbox: Sandbox, options: SandboxOptions = {}): Promise<Sandbox> {
  return sandboxForTest({ ...options, contents: usable(sandbox.state()) });
}

/** Leaves something behind of every kind. */
async function liveIn(sandbox: Sandbox): Promise<void> {
  await invited(sandbox, demoProjectId, [{ type: "production", role: "admin" }]);
  const operator = await signIn(sandbox);
  const organization = String(at((await operator.get(shop)).body, "organization"));
  const steps = [
    ["POST", "/teams", { organization_id: organization, label: "Ops", project_permissions: [] }],
    ["POST", `/organizations/${organization}/invitations`, { email: "third@example.org" }],
    ["POST", `${shop}/invitations`, { email: "other@example.org", role: "viewer" }],
    ["POST", `${shop}/variables`, { name: "A", value: "\ud800\u0000", attributes: { of: "me" } }],
    ["POST", `${main}/variables`, { name: "env:B", value: "b", is_sensitive: true }],
    ["POST", `${main}/backup`, { safe: true }],
    ["DELETE", "/projects/archive2k6d9s"],
    ["PATCH", shop, { title: "Shöp" }],
    ["POST", `/users/${operator.id}/api-tokens`, { name: "second" }],
  ] as const;
  for (const [method, path, body] of steps) {
    expect((await operator.send(method, path, body)).status, path).toBeLessThan(300);
  }
  const app = "name: constructor\ntype: php:8.3\ncrons: { a: { spec: '* * * * *', cmd: x } }\n";
  sandbox.push(demoProjectId, "staging", { ".platform.app.yaml": app, constructor: "\r\n" });
}

/** What the operator is told, without what is of one run: the port, and how links are signed. */
async function seen(operator: Person): Promise<Record<string, unknown>> {
  const paths = [
    "/users/me",
    `/users/${operator.id}/api-tokens`,
    `/users/${operator.id}/extended-access`,
    shop,
    `${shop}/variables`,
    `${shop}/environments`,
    `${main}/variables`,
    `${main}/backups`,
    `${main}/deployments/current`,
    `${shop}/environments/staging/deployments/current`,
    `${shop}/activities`,
    `${shop}/invitations`,
    "/organizations/name%3Datelier-nord/invitations",
    `${shop}/user-access`,
    `${shop}/git/refs`,
    "/teams",
    "/projects/archive2k6d9s",
  ];
  const answers: Record<string, unknown> = {};
  for (const path of paths) {
    const { status, body } = await operator.get(path);
    const text = JSON.stringify(body ?? null)
      .replaceAll(/127\.0\.0\.1:\d+/gu, "HOST")
      .replaceAll(/sig=[^"&]+/gu, "");
    answers[path] = { status, body: JSON.parse(text) };
  }
  return answers;
}

test("who goes on with a state is told what was told before", async () => {
  const now = () => new Date(Date.UTC(2026, 0, 1));
  const first = await sandboxForTest({ now });
  await liveIn(first);
  const before = await seen(await signIn(first));
  const second = await continued(first, { now });
  expect(second.operatorToken).toBe(first.operatorToken);
  expect(await seen(await signIn(second))).toEqual(before);
});

test("what was read says the same when it is written, made-up projects and all", async () => {
  const first = await sandboxForTest({ projects: 30 });
  await liveIn(first);
  const once = stateText(usable(first.state()));
  expect(stateText(usable(once))).toBe(once);
  expect(usable(once).projects.size).toBe(sampleProjects.length - 1 + 30);
});

test("an activity that was under way goes on by the clock", async () => {
  let time = Date.UTC(2026, 0, 1);
  const now = () => new Date(time);
  const first = await sandboxForTest({ now, activityMs: 1000 });
  const started = (await (await signIn(first)).send("POST", `${main}/redeploy`)).body;
  const path = `${shop}/activities/${at(started, "_embedded", "activities", 0, "id")}`;
  time += 625;
  const operator = await signIn(await continued(first, { now }));
  expect((await operator.get(path)).body).toMatchObject({ completion_percent: 50 });
  time += 375;
  expect((await operator.get(path)).body).toMatchObject({ state: "complete", result: "success" });
});

test("a machine user's API token still signs in; an access token doesn't", async () => {
  const first = await sandboxForTest();
  const machine = await invited(first, demoProjectId, []);
  const { token } = await first.acceptInvitation("machine@example.org");
  const second = await continued(first);
  expect((await signIn(second, token)).id).toBe(machine.id);
  const headers = { authorization: `Bearer ${machine.bearer}` };
  expect((await request(second, "/users/me", { headers })).status).toBe(401);
});

test("who deleted the operator's tokens gets a new one at the next start", async () => {
  const first = await sandboxForTest();
  first.revokeTokens(first.operatorEmail);
  const second = await continued(first);
  expect(second.operatorToken).not.toBe(first.operatorToken);
  expect((await exchange(second, second.operatorToken)).status).toBe(200);
  expect((await exchange(second, first.operatorToken)).status).toBe(400);
});

/** A state, and the same with a piece of its JSON changed. */
async function changed(change: (state: Record<string, unknown>) => void): Promise<string> {
  const sandbox = await startSandbox();
  await sandbox.close();
  const state = JSON.parse(sandbox.state());
  change(state);
  return JSON.stringify(state);
}

test.each<[string, string | ((state: Record<string, unknown>) => void), RegExp]>([
  ["nothing", "", /isn't JSON/],
  ["half a state", '{"state":"machinist sandbox","version":1,"acc', /not all of it is there/],
  ["null", "null", /something else/],
  ["a package.json", '{"name":"machinist","version":1}', /something else/],
  ["another version", (state) => (state["version"] = 2), /another version/],
  ["no projects", (state) => delete state["projects"], /projects is not/],
  ["nobody", (state) => (state["accounts"] = []), /nobody there is operator@example.org/],
])("a file with %s is refused with its reason", async (_what, made, why) => {
  const text = typeof made === "string" ? made : await changed(made);
  expect(readState(text)).toMatchObject({ kind: "unusable", why: expect.stringMatching(why) });
});

test.each<[string, RegExp, string, RegExp]>([
  ["a moment no clock has", /"createdAt": \d+/, '"createdAt": 1e300', /accounts\.0\.1\.createdAt/],
  ["a role that is none", /"admin"/, '"root"', /permissions\.0 is not/],
  ["an id that is another's", /"id": "shopq4m2v7xk3"/, '"id": "x"', /is not under its own id/],
  ["an ancestor of itself", /"parent": null/, '"parent": "staging"', /its own ancestor/],
  ["files that aren't there", /"main",\s+0/, '"main",7', /main has snapshot 7/],
  ["a field nobody knows", /"suspended": false/, '"suspended": false,"x":1', /projects\.0\.1/],
])("a file with %s is refused, and says where it is", async (_what, piece, wrong, why) => {
  const sandbox = await sandboxForTest();
  const text = sandbox.state();
  const broken = text.replace(piece, wrong);
  expect(broken).not.toBe(text);
  expect(readState(broken)).toMatchObject({ kind: "unusable", why: expect.stringMatching(why) });
});

test("no reason repeats a value, which may be a secret", async () => {
  const sandbox = await sandboxForTest();
  const secret = `"secret": "${sandbox.operatorToken}"`;
  const text = sandbox.state().replace(secret, `"secret": ["${sandbox.operatorToken}"]`);
  const read = readState(text);
  expect(read).toMatchObject({ kind: "unusable", why: expect.stringContaining("secret is not") });
  expect(JSON.stringify(read)).not.toContain(sandbox.operatorToken);
});
