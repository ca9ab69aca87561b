import { expect, test } from "vitest";
import {
  environments,
  listedEnvironments,
  readEnvironment,
} from "../../src/platform/environments.ts";
import { sourceIntegrations } from "../../src/platform/integrations.ts";
import { cancelInvitation, invite, pendingInvitations } from "../../src/platform/invitations.ts";
import { readProject } from "../../src/platform/projects.ts";
import { currentUser } from "../../src/platform/users.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const feature = {
  name: "feat/x.1#2",
  machine_name: "feat-x-12-abc",
  title: "",
  type: "development",
  parent: "main",
  status: "active",
  is_main: false,
  _links: { self: {}, "#backup": {}, "#manage-variables": {}, "pf:routes": [] },
};

test("a branch name with slashes stays one segment of the path", async () => {
  const api = await fakeApi(() => ({ json: feature }));
  const read = await readEnvironment(api.connection, "p1", "feat/x.1#2");
  expect(api.seen[0]?.url).toBe("/projects/p1/environments/feat%2Fx.1%232");
  expect(read).toEqual({
    id: "feat/x.1#2",
    title: "feat/x.1#2",
    type: "development",
    status: "active",
    parent: "main",
    isMain: false,
    operations: ["backup", "manage-variables"],
  });
});

test("an id that would climb out of its place in the path is refused before anything is sent", async () => {
  const api = await fakeApi(() => ({ json: feature }));
  for (const id of ["..", ".", ""]) {
    expect(() => readEnvironment(api.connection, "p1", id)).toThrow("is not an id");
  }
  expect(api.exchanges).toEqual([]);
});

test("a list of environments may be null", async () => {
  const api = await fakeApi(() => ({ text: "null" }));
  expect(await environments(api.connection, "p1")).toEqual([]);
});

test("the environments come in the API's order, the main one marked", async () => {
  const main = { ...feature, id: "main", title: "Main", type: "production", is_main: true };
  const api = await fakeApi(() => ({ json: [{ ...main, parent: null }, feature] }));
  const [first, second] = await environments(api.connection, "p1");
  expect(first).toMatchObject({ id: "main", title: "Main", type: "production", isMain: true });
  expect(first).not.toHaveProperty("parent");
  expect(second?.isMain).toBe(false);
});

test("an environment whose type is missing or new costs nothing but its type", async () => {
  const { type: _, ...untyped } = feature;
  const api = await fakeApi(() => ({ json: [untyped, { ...feature, type: "qa" }, feature] }));
  const types = (await environments(api.connection, "p1")).map(({ type }) => type);
  expect(types).toEqual([undefined, undefined, "development"]);
});

test("an odd entry among the environments costs the others nothing, and an odd member no more than itself", async () => {
  const odd = {
    ...feature,
    ...{ title: 1, type: 2, status: null, parent: [], is_main: "no", head_commit: {} },
    ...{ has_staged_activities: "yes", _links: [1] },
  };
  const state = { last_deployment_successful: "yes", crons: { status: "paused" } };
  const api = await fakeApi(() => ({
    json: [
      null,
      "main",
      { ...feature, name: null },
      odd,
      { ...feature, name: "b", deployment_state: 5 },
      { ...feature, name: "c", deployment_state: state },
    ],
  }));
  const listed = await listedEnvironments(api.connection, "p1");
  expect(listed.unnamed).toBe(3);
  const [first, second, third] = listed.environments;
  expect(first).toEqual({
    ...{ id: "feat/x.1#2", title: "feat/x.1#2", type: undefined, status: undefined },
    ...{ isMain: undefined, operations: [] },
  });
  const untold = { successful: undefined, at: undefined, crons: undefined };
  expect(second?.deploymentState).toMatchObject(untold);
  expect(third?.deploymentState).toMatchObject(untold);
  expect((await failureOf(environments(api.connection, "p1"), apiToken)).reason).toBe("api");
});

test("a project without code has no default branch", async () => {
  for (const default_branch of ["", null]) {
    const api = await fakeApi(() => ({
      json: { id: "p1", title: "Shop", default_branch, region: "eu-3.platform.sh", extra: [] },
    }));
    expect(await readProject(api.connection, "p1")).toEqual({
      id: "p1",
      title: "Shop",
      defaultBranch: undefined,
      region: "eu-3.platform.sh",
      organization: undefined,
      timezone: "UTC",
    });
  }
});

test("a project that is hidden is told with its id", async () => {
  const api = await fakeApi(() => ({ status: 403, json: { code: 403, message: "Denied" } }));
  const failure = await failureOf(readProject(api.connection, "abcdefgh12345"), apiToken);
  expect(failure.parts.what).toBe("Project abcdefgh12345 is not visible to this account");
  expect(failure).toMatchObject({ status: 403 });
});

test("an account without a name is called by its user name", async () => {
  const account = { id: "u1", email: "jane@example.org", username: "jane" };
  const names = [
    { first_name: "Jane", last_name: "Doe" },
    { first_name: "Jane", last_name: "" },
    { last_name: null },
  ];
  const read = [];
  for (const name of names) {
    const api = await fakeApi(() => ({ json: { ...account, ...name } }));
    read.push((await currentUser(api.connection)).name);
  }
  expect(read).toEqual(["Jane Doe", "Jane", "jane"]);
});

const sent = {
  id: "i1",
  email: "bot@example.org",
  state: "pending",
  role: "viewer",
  environments: [{ id: "main", type: "production", role: "admin", title: "Main" }],
};

test("an invitation carries the project role and the roles on environment types apart", async () => {
  const api = await fakeApi(() => ({ status: 201, json: sent }));
  const invitation = await invite(api.connection, "p1", {
    email: "bot@example.org",
    permissions: ["viewer", "production:admin"],
  });
  expect(JSON.parse(api.seen[0]?.body ?? "")).toEqual({
    email: "bot@example.org",
    role: "viewer",
    permissions: [{ type: "production", role: "admin" }],
    force: false,
  });
  expect(invitation).toEqual({
    id: "i1",
    email: "bot@example.org",
    state: "pending",
    role: "viewer",
    permissions: ["viewer", "production:admin"],
  });
});

test("a pending invitation and a full plan are explained", async () => {
  for (const [status, what] of [
    [409, "An invitation for this address is pending already"],
    [402, "The plan has no room for another user"],
  ] as const) {
    const api = await fakeApi(() => ({ status }));
    const guest = { email: "bot@example.org", permissions: ["viewer"] } as const;
    const failure = await failureOf(invite(api.connection, "p1", guest), apiToken);
    expect(failure.parts.what).toBe(what);
    expect(failure).toMatchObject({ status });
  }
});

test("pending invitations are listed and cancelled", async () => {
  const api = await fakeApi(({ method }) =>
    method === "GET"
      ? { json: [{ ...sent, permissions: [{ type: "staging", role: "viewer" }] }] }
      : { status: 204 },
  );
  const [pending] = await pendingInvitations(api.connection, "p1");
  expect(pending?.permissions).toEqual(["viewer", "staging:viewer"]);
  await cancelInvitation(api.connection, "p1", "i1");
  expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /projects/p1/invitations?filter%5Bstate%5D=pending&page%5Bsize%5D=100",
    "DELETE /projects/p1/invitations/i1",
  ]);
});

test("of the integrations only those count that bring code, and GitLab's names a project", async () => {
  const api = await fakeApi(() => ({
    json: [
      { id: "1", type: "health.slack" },
      { id: "2", type: "github", repository: "acme/shop" },
      { id: "3", type: "gitlab", project: "acme/web/shop" },
      { id: "4", type: "bitbucket" },
    ],
  }));
  expect(await sourceIntegrations(api.connection, "p1")).toEqual([
    { type: "github", repository: "acme/shop" },
    { type: "gitlab", repository: "acme/web/shop" },
    { type: "bitbucket", repository: undefined },
  ]);
});
