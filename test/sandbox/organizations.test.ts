import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { at, type Person, sandboxForTest, signIn } from "./client.ts";

const project = `/projects/${demoProjectId}`;
const main = `${project}/environments/main`;

/** The operator, and a developer who has no role on production of the shop. */
async function people() {
  let now = Date.now();
  const sandbox = await sandboxForTest({ activityMs: 100, now: () => new Date(now) });
  const operator = await signIn(sandbox);
  const { token } = await sandbox.acceptInvitation("developer@example.org");
  const developer = await signIn(sandbox, token);
  const organization = String(at((await operator.get(project)).body, "organization"));
  const later = () => {
    now += 1000;
  };
  return { sandbox, operator, developer, organization, later };
}

async function teamOf(operator: Person, organization: string, permissions: readonly string[]) {
  const body = {
    organization_id: organization,
    label: "Night shift",
    project_permissions: permissions,
  };
  return String(at((await operator.send("POST", "/teams", body)).body, "id"));
}

test("who is in a team has what the team has, and is in no list of users for it", async () => {
  const { operator, developer, organization } = await people();
  expect((await developer.get(main)).status).toBe(404);
  const team = await teamOf(operator, organization, ["viewer", "production:admin"]);
  await operator.send("POST", `/teams/${team}/members`, { user_id: developer.id });
  expect((await developer.get(main)).status).toBe(404);
  await operator.send("POST", `${project}/team-access`, [{ team_id: team }]);
  expect((await developer.send("POST", `${main}/redeploy`)).status).toBe(200);
  const access = await developer.get(`/users/${developer.id}/extended-access`);
  expect(access.body).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        resource_id: demoProjectId,
        permissions: ["viewer", "staging:contributor", "development:admin", "production:admin"],
      }),
    ]),
  });
  const direct = (await operator.get(`${project}/user-access/${developer.id}`)).body;
  expect(at(direct, "permissions")).not.toContain("production:admin");
  const rows = (await operator.get(`${project}/team-access`)).body;
  expect(rows).toMatchObject({ items: [{ team_id: team, project_id: demoProjectId }] });
  const link = String(at(rows, "_links", "ref:teams:0", "href"));
  expect((await operator.get(link)).body).toMatchObject({
    [team]: { counts: { member_count: 1, project_count: 1 } },
  });
  await operator.send("DELETE", `/teams/${team}`);
  expect((await developer.get(main)).status).toBe(404);
});

test("a team of project admins makes project admins, and nothing is taken away by it", async () => {
  const { operator, developer, organization } = await people();
  const team = await teamOf(operator, organization, ["admin"]);
  await operator.send("POST", `/teams/${team}/members`, { user_id: developer.id });
  await operator.send("POST", `${project}/team-access`, [{ team_id: team }]);
  expect((await developer.get(`${project}/variables`)).status).toBe(200);
  await operator.send("DELETE", `${project}/team-access/${team}`);
  expect((await developer.get(`${project}/variables`)).status).toBe(403);
  expect((await developer.get(project)).status).toBe(200);
});

test("who leaves the organization leaves its teams and projects", async () => {
  const { operator, developer, organization } = await people();
  const team = await teamOf(operator, organization, ["admin"]);
  await operator.send("POST", `/teams/${team}/members`, { user_id: developer.id });
  const member = `/organizations/${organization}/members/${developer.id}`;
  expect((await operator.send("DELETE", member)).status).toBe(204);
  expect((await developer.get(project)).status).toBe(403);
  expect((await operator.get(`/teams/${team}/members`)).body).toMatchObject({ items: [] });
  expect((await operator.get(member)).status).toBe(404);
});

test("the owner of an organization stays, and is what they are", async () => {
  const { operator, organization } = await people();
  const owner = `/organizations/${organization}/members/${operator.id}`;
  expect((await operator.send("DELETE", owner)).status).toBe(400);
  expect((await operator.send("PATCH", owner, { permissions: [] })).status).toBe(400);
  const access = `${project}/user-access/${operator.id}`;
  expect((await operator.send("PATCH", access, { permissions: ["viewer"] })).status).toBe(400);
});

test("somebody of the organization is given access by their id, once", async () => {
  const { operator, organization } = await people();
  const bot = at((await operator.get("/users/email=bot@example.org")).body, "id");
  const unsound = [{ user_id: bot, permissions: ["admin", "production:admin"] }];
  expect((await operator.send("POST", `${project}/user-access`, unsound)).status).toBe(400);
  const body = [{ user_id: bot, permissions: ["viewer", "production:admin"] }];
  expect((await operator.send("POST", `${project}/user-access`, body)).status).toBe(204);
  expect((await operator.send("POST", `${project}/user-access`, body)).status).toBe(409);
  const member = `/organizations/${organization}/members/${bot}`;
  expect((await operator.get(member)).body).toMatchObject({ level: "viewer", owner: false });
});

test("an environment is paused, resumed, deactivated and deleted, each when it is possible", async () => {
  const { operator, later } = await people();
  const staging = `${project}/environments/staging`;
  const send = async (path: string) => {
    const { status } = await operator.send("POST", `${staging}${path}`);
    later();
    return status;
  };
  const links = async () => Object.keys(Object(at((await operator.get(staging)).body, "_links")));
  expect(await send("/resume")).toBe(400);
  expect(await send("/pause")).toBe(200);
  expect(await links()).toContain("#resume");
  expect(await links()).not.toContain("#backup");
  expect(await send("/backup")).toBe(400);
  expect(await send("/resume")).toBe(200);
  expect((await operator.send("DELETE", staging)).status).toBe(400);
  expect(await send("/deactivate")).toBe(200);
  expect((await operator.get(`${staging}/deployments/current`)).status).toBe(404);
  expect(await send("/activate")).toBe(200);
  expect((await operator.get(`${staging}/deployments/current`)).status).toBe(200);
  expect(await send("/deactivate")).toBe(200);
  expect((await operator.send("DELETE", staging)).status).toBe(200);
  const child = (await operator.get(`${project}/environments/feature%2Fcheckout`)).body;
  expect(at(child, "parent")).toBe("main");
  for (const path of ["/pause", "/deactivate"]) {
    expect((await operator.send("POST", `${main}${path}`)).status).toBe(400);
  }
});

test("a project that was deleted is refused as one that never was", async () => {
  const { operator } = await people();
  expect((await operator.send("DELETE", project)).status).toBe(200);
  const never = await operator.get("/projects/never0was0here");
  expect(await operator.get(project)).toMatchObject({ status: never.status, body: never.body });
});

test("a backup can be restored and deleted by who may make one", async () => {
  const { operator, later } = await people();
  await operator.send("POST", `${main}/backup`, { safe: true });
  later();
  const id = at((await operator.get(`${main}/backups`)).body, 0, "id");
  expect((await operator.send("POST", `${main}/backups/${id}/restore`, {})).status).toBe(200);
  expect((await operator.send("DELETE", `${main}/backups/${id}`)).status).toBe(200);
  expect((await operator.get(`${main}/backups`)).body).toEqual([]);
});
