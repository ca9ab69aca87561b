import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { at, exchange, invited, request, sandboxForTest, signIn } from "./client.ts";

const project = `/projects/${demoProjectId}`;
const portal = "/projects/portal2h9d4k7";
const machine = {
  email: "machine@example.org",
  role: "viewer",
  permissions: [{ type: "production", role: "admin" }],
};

test("an invitation is pending until it is accepted, and then gives what it said", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const sent = await operator.send("POST", `${project}/invitations`, machine);
  expect(sent).toMatchObject({ status: 201, body: { state: "pending", email: machine.email } });
  expect((await operator.get(`${project}/invitations`)).body).toMatchObject([
    { id: at(sent.body, "id"), permissions: machine.permissions },
  ]);
  const { token } = await sandbox.acceptInvitation("Machine@Example.ORG");
  expect((await operator.get(`${project}/invitations`)).body).toEqual([]);
  const person = await signIn(sandbox, token);
  const access = await person.get(`/users/${person.id}/extended-access`);
  expect(at(access.body, "items")).toMatchObject([
    { resource_id: demoProjectId, permissions: ["viewer", "production:admin"] },
    { resource_type: "organization", permissions: [] },
  ]);
});

test("the person can be played over HTTP, too", async () => {
  const sandbox = await sandboxForTest();
  await (await signIn(sandbox)).send("POST", `${project}/invitations`, machine);
  const accept = (email: string) =>
    request(sandbox, "/sandbox/invitations/accept", {
      method: "POST",
      body: JSON.stringify({ email }),
    });
  const accepted = await accept(machine.email);
  expect((await exchange(sandbox, String(at(accepted.body, "token")))).status).toBe(200);
  expect((await accept("nobody@example.org")).status).toBe(404);
});

test("an address nobody invited can't accept", async () => {
  const sandbox = await sandboxForTest();
  await expect(sandbox.acceptInvitation("nobody@example.org")).rejects.toThrow(
    "There is no invitation to accept",
  );
});

test("a pending invitation is in the way of another, unless that is forced", async () => {
  const operator = await signIn(await sandboxForTest());
  const first = await operator.send("POST", `${project}/invitations`, machine);
  expect((await operator.send("POST", `${project}/invitations`, machine)).status).toBe(409);
  const forced = await operator.send("POST", `${project}/invitations`, { ...machine, force: true });
  expect(forced.status).toBe(201);
  expect((await operator.get(`${project}/invitations`)).body).toHaveLength(1);
  const cancelled = await operator.get(`${project}/invitations?filter[state]=cancelled`);
  expect(cancelled.body).toMatchObject([{ id: at(first.body, "id") }]);
});

test("a cancelled invitation can't be cancelled again", async () => {
  const operator = await signIn(await sandboxForTest());
  const sent = await operator.send("POST", `${project}/invitations`, machine);
  const path = `${project}/invitations/${at(sent.body, "id")}`;
  expect(await operator.send("DELETE", path)).toMatchObject({ status: 204, body: undefined });
  expect(await operator.send("DELETE", path)).toMatchObject({ status: 404, body: undefined });
});

test("someone who has an account gets the access at once", async () => {
  const operator = await signIn(await sandboxForTest());
  const sent = await operator.send("POST", `${project}/invitations`, {
    ...machine,
    email: "bot@example.org",
  });
  expect(sent.body).toMatchObject({ state: "accepted", finished_at: expect.any(String) });
});

test("someone who has access already can't be invited over it", async () => {
  const operator = await signIn(await sandboxForTest());
  const again = { ...machine, email: "developer@example.org" };
  expect((await operator.send("POST", `${project}/invitations`, again)).status).toBe(400);
});

test("access is changed and taken away without a word", async () => {
  const sandbox = await sandboxForTest();
  const person = await invited(sandbox, demoProjectId, machine.permissions);
  const operator = await signIn(sandbox);
  const path = `${project}/user-access/${person.id}`;
  const permissions = ["viewer", "production:viewer"];
  expect(await operator.send("PATCH", path, { permissions })).toMatchObject({
    status: 204,
    body: undefined,
  });
  expect((await operator.get(path)).body).toMatchObject({ permissions });
  expect((await operator.send("DELETE", path)).status).toBe(204);
  expect((await operator.get(path)).status).toBe(404);
  expect((await person.get(project)).status).toBe(403);
});

test("permissions that contradict each other are refused", async () => {
  const sandbox = await sandboxForTest();
  const person = await invited(sandbox, demoProjectId, machine.permissions);
  const operator = await signIn(sandbox);
  const path = `${project}/user-access/${person.id}`;
  for (const permissions of [["admin", "viewer"], ["production:admin"], [], ["production:owner"]]) {
    expect((await operator.send("PATCH", path, { permissions })).status).toBe(400);
  }
});

test("the owner stays what they are", async () => {
  const operator = await signIn(await sandboxForTest());
  expect((await operator.send("DELETE", `${project}/user-access/${operator.id}`)).status).toBe(400);
});

test("a viewer's write is refused as the project API refuses", async () => {
  const operator = await signIn(await sandboxForTest());
  const answer = await operator.send("POST", `${portal}/environments/main/variables`, {
    name: "a",
    value: "b",
  });
  expect(answer).toMatchObject({
    status: 403,
    body: { code: 403, message: expect.stringContaining("failed permission check") },
  });
});

test("a viewer's environment has no link to what a viewer may not do", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const links = async (path: string) => {
    const { body } = await operator.get(`${path}/environments/main`);
    return Object.keys(Object(at(body, "_links"))).filter((name) => name.startsWith("#"));
  };
  expect(await links(portal)).toEqual([
    "#variables",
    "#activities",
    "#domains",
    "#versions",
    "#source-operations",
  ]);
  expect(await links(project)).toEqual(
    expect.arrayContaining(["#edit", "#manage-variables", "#backup", "#redeploy"]),
  );
});

test("an admin of production does there what staging refuses", async () => {
  const sandbox = await sandboxForTest();
  const person = await invited(sandbox, demoProjectId, [
    { type: "production", role: "admin" },
    { type: "staging", role: "contributor" },
  ]);
  const redeploy = (id: string) => person.send("POST", `${project}/environments/${id}/redeploy`);
  expect((await redeploy("main")).status).toBe(200);
  expect((await redeploy("staging")).status).toBe(403);
  expect((await redeploy("feature%2Fcheckout")).status).toBe(404);
});

test("an environment of a type without a role is not in the list", async () => {
  const person = await invited(await sandboxForTest(), demoProjectId, machine.permissions);
  expect((await person.get(`${project}/environments`)).body).toMatchObject([{ id: "main" }]);
});

test("a project that isn't there is refused like one that may not be seen", async () => {
  const person = await invited(await sandboxForTest(), demoProjectId, machine.permissions);
  const [hidden, absent] = [await person.get(portal), await person.get("/projects/absent")];
  expect(hidden.status).toBe(403);
  expect(hidden.body).toEqual(absent.body);
});

test("only oneself is asked what one can reach", async () => {
  const sandbox = await sandboxForTest();
  const [operator, person] = [
    await signIn(sandbox),
    await invited(sandbox, demoProjectId, machine.permissions),
  ];
  for (const list of ["extended-access", "project-access", "organizations", "api-tokens"]) {
    expect((await operator.get(`/users/${person.id}/${list}`)).status).toBe(403);
  }
});
