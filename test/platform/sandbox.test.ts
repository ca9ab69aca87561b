import { expect, onTestFinished, test } from "vitest";
import { projectAccess, removeAccess, updateAccess } from "../../src/platform/access.ts";
import { watchActivity } from "../../src/platform/activities.ts";
import { connect } from "../../src/platform/connection.ts";
import { environments, readEnvironment } from "../../src/platform/environments.ts";
import { cancelInvitation, invite, pendingInvitations } from "../../src/platform/invitations.ts";
import { accessibleProjects, grants, readProject } from "../../src/platform/projects.ts";
import { currentUser } from "../../src/platform/users.ts";
import {
  createVariable,
  deleteVariable,
  environmentVariable,
  updateVariable,
} from "../../src/platform/variables.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "./failing.ts";

const email = "bot+shop@example.org";

async function atSandbox() {
  const sandbox = await startSandbox({ activityMs: 30 });
  const signIn = (token: string) => {
    const addresses = { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl };
    const connection = connect({ addresses, token: new Secret(token) });
    onTestFinished(() => connection.close());
    return connection;
  };
  onTestFinished(() => sandbox.close());
  const operator = signIn(sandbox.operatorToken);
  const { id } = await currentUser(operator);
  const reached = await accessibleProjects(operator, id);
  const own = reached.find(
    ({ permissions, status }) => permissions.includes("admin") && status === "active",
  );
  if (own === undefined) throw new Error("the operator administers no project");
  const { defaultBranch = "" } = await readProject(operator, own.id);
  return { sandbox, signIn, operator, reached, own, main: defaultBranch };
}

test("the operator sees projects, with titles and organizations, and their environments", async () => {
  const { operator, reached, own, main } = await atSandbox();
  expect(reached.length).toBeGreaterThan(1);
  expect(reached.every(({ title, id }) => title !== id)).toBe(true);
  expect(own.organization?.label).toBeTruthy();
  const listed = await environments(operator, own.id);
  for (const { id } of listed) {
    expect(listed).toContainEqual(await readEnvironment(operator, own.id, id));
  }
  expect(listed.find(({ isMain }) => isMain)).toMatchObject({ id: main, type: "production" });
  expect(listed.find(({ isMain }) => isMain)?.operations).toContain("backup");
});

test("a machine user is invited, accepts, and reaches this project only", async () => {
  const { sandbox, signIn, operator, own, main } = await atSandbox();
  const permissions = ["viewer", "production:admin"] as const;
  const { id: sent } = await invite(operator, own.id, { email, permissions });
  expect(await pendingInvitations(operator, own.id)).toMatchObject([{ id: sent, permissions }]);
  const again = await failureOf(
    invite(operator, own.id, { email, permissions }),
    sandbox.operatorToken,
  );
  expect(again).toMatchObject({ status: 409 });

  const { token } = await sandbox.acceptInvitation(email);
  const machine = signIn(token);
  const { id } = await currentUser(machine);
  const reach = await grants(machine, id);
  expect(reach.projects.map((grant) => grant.id)).toEqual([own.id]);
  expect(reach.organizations.flatMap((grant) => grant.permissions)).toEqual([]);
  expect((await readEnvironment(machine, own.id, main)).operations).toContain("backup");

  await updateAccess(operator, own.id, id, ["viewer", "production:viewer"]);
  expect((await readEnvironment(machine, own.id, main)).operations).not.toContain("backup");
  expect(await projectAccess(operator, own.id)).toContainEqual({
    user: id,
    email,
    permissions: ["viewer", "production:viewer"],
  });
  await removeAccess(operator, own.id, id);
  const failure = await failureOf(readProject(machine, own.id), token);
  expect(failure.parts.what).toBe(`Project ${own.id} is not visible to this account`);
});

test("an invitation is taken back", async () => {
  const { operator, own } = await atSandbox();
  const { id } = await invite(operator, own.id, { email, permissions: ["admin"] });
  await cancelInvitation(operator, own.id, id ?? "");
  expect(await pendingInvitations(operator, own.id)).toEqual([]);
});

test("a variable is made, changed and deleted, each with a deployment to wait for", async () => {
  const { operator, own, main } = await atSandbox();
  const name = "env:MACHINE_TOKEN";
  const value = new Secret("canary-sandbox-value");
  const flags = {
    sensitive: true,
    enabled: true,
    inheritable: false,
    visibleAtBuild: false,
    visibleAtRuntime: true,
    applicationScope: [],
  };
  const read = () => environmentVariable(operator, own.id, main, name);
  expect(await read()).toBeUndefined();

  const created = await createVariable(operator, own.id, main, { name, value, flags });
  expect(await read()).toMatchObject({ name, flags, inherited: false });
  const taken = createVariable(operator, own.id, main, { name, value, flags });
  expect(await failureOf(taken, "canary-sandbox-value")).toMatchObject({ status: 409 });
  const hidden = { ...flags, enabled: false };
  const updated = await updateVariable(operator, own.id, main, name, { flags: hidden });
  expect((await read())?.flags).toEqual(hidden);
  const deleted = await deleteVariable(operator, own.id, main, name);
  expect(await read()).toBeUndefined();

  for (const write of [created, updated, deleted]) {
    for (const { id } of write.activities) {
      const ended = await watchActivity(operator, own.id, id, { intervalMs: 10 });
      expect(ended).toMatchObject({ state: "complete", result: "success", percent: 100 });
    }
    expect(write.activities).toHaveLength(1);
  }
});

test("a token that the sandbox never gave out is refused as signed out", async () => {
  const { signIn } = await atSandbox();
  const failure = await failureOf(currentUser(signIn("canary-unknown")), "canary-unknown");
  expect(failure.reason).toBe("signedOut");
  expect(failure.parts.what).toBe("The API token was refused");
});
