import { existsSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { at, signIn } from "../sandbox/client.ts";
import { binary, officialCli } from "./official-cli.ts";

const organization = ["--org", "atelier-nord"];
const plain = ["--format", "csv", "--no-header"];

async function running(): Promise<Sandbox> {
  const sandbox = await startSandbox({ activityMs: 0 });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const withCli = test.runIf(existsSync(binary));

withCli(
  "the official CLI makes a team, gives it a project and people, and takes them back",
  async () => {
    const sandbox = await running();
    const upsun = await officialCli(sandbox);
    const roles = ["--role", "viewer", "--role", "production:contributor"];
    const label = "Night watch";
    const made = await upsun(["team:create", ...organization, "--label", label, ...roles, "--yes"]);
    expect(made.code).toBe(0);

    const listed = await upsun(["team:list", ...organization, ...plain, "--columns", "id,label"]);
    const [id = "", shown] = listed.out.trim().split(",");
    expect(shown).toBe(label);
    const operator = await signIn(sandbox);
    expect((await operator.get(`/teams/${id}`)).body).toMatchObject({
      label,
      project_permissions: ["viewer", "production:contributor"],
    });

    const team = ["--team", id];
    const email = "developer@example.org";
    expect((await upsun(["team:project:add", ...team, demoProjectId, "--yes"])).code).toBe(0);
    expect((await upsun(["team:user:add", ...team, email, "--yes"])).code).toBe(0);
    const projects = await upsun(["team:project:list", ...team, ...plain, "--columns", "id"]);
    expect(projects.out.trim()).toBe(demoProjectId);
    const people = await upsun(["team:user:list", ...team, ...plain, "--columns", "email"]);
    expect(people.out.trim()).toBe(email);
    const access = await operator.get(`/projects/${demoProjectId}/team-access`);
    expect(at(access.body, "items", 0, "team_id")).toBe(id);

    expect((await upsun(["team:user:delete", ...team, email, "--yes"])).code).toBe(0);
    expect((await upsun(["team:project:delete", ...team, demoProjectId, "--yes"])).code).toBe(0);
    expect((await operator.get(`/teams/${id}`)).body).toMatchObject({
      counts: { member_count: 0, project_count: 0 },
    });
  },
);

withCli(
  "the official CLI invites to an organization once, changes a member and removes one",
  async () => {
    const sandbox = await running();
    const upsun = await officialCli(sandbox);
    const email = "newcomer@example.org";
    const permissions = ["--permission", "members", "--permission", "project:create"];
    const add = ["organization:user:add", ...organization, email, ...permissions, "--yes"];
    expect((await upsun(add)).code).toBe(0);
    const again = await upsun(add);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("already been created") });

    await sandbox.acceptInvitation(email);
    const list = ["organization:user:list", ...organization, ...plain];
    const found = await upsun([...list, "--columns", "email,permissions"]);
    expect(found.out).toContain(`${email},"members, projects:create"`);

    const update = ["organization:user:update", ...organization, email, "--permission", "billing"];
    expect((await upsun([...update, "--yes"])).code).toBe(0);
    const remove = ["organization:user:delete", ...organization, email, "--yes"];
    expect((await upsun(remove)).code).toBe(0);
    expect((await upsun([...list, "--columns", "email"])).out).not.toContain(email);
  },
);

withCli("the official CLI is told that a plan has no license for another user", async () => {
  const sandbox = await running();
  const operator = await signIn(sandbox);
  const invite = (email: string) =>
    operator.send("POST", `/projects/${demoProjectId}/invitations`, { email, role: "viewer" });
  let places = 0;
  while ((await invite(`guest${places}@example.org`)).status === 201) places += 1;
  expect(places).toBe(7);

  const upsun = await officialCli(sandbox);
  const roles = ["--role", "viewer", "--role", "production:viewer"];
  const added = await upsun([
    "user:add",
    "--project",
    demoProjectId,
    "one-too-many@example.org",
    ...roles,
    "--yes",
  ]);
  expect(added.code).not.toBe(0);
  expect(added.err).toContain("402");
});
