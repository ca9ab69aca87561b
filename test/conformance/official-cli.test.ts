import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleProjects } from "../../src/sandbox/projects/seed-projects.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { effectWithoutAnswer } from "../../src/shell/cli-call.ts";
import { readScript } from "../../src/shell/script.ts";
import { someOf } from "../amounts.ts";
import { at, signIn } from "../sandbox/client.ts";
import { binary, runOfficialCli } from "./official-cli.ts";

const onShop = ["--project", demoProjectId];
const onMain = [...onShop, "--environment", "main"];
const plain = ["--format", "csv", "--no-header"];

if (existsSync(binary)) describe("the official CLI", againstTheSandbox);
else
  test("the official CLI is left out only where its package has no binary", () => {
    expect(`${process.platform}-${process.arch}`).not.toBe("linux-x64");
  });

function againstTheSandbox(): void {
  let sandbox: Sandbox;
  let home: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ activityMs: 200 });
    home = await mkdtemp(join(tmpdir(), "machinist-official-cli-"));
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(home, { recursive: true });
  });

  /** Runs a command with a token; the operator's when none is given. */
  const upsun = (args: readonly string[], token = sandbox.operatorToken) =>
    runOfficialCli(sandbox, { args, home, token });

  const all: (readonly [name: string, hold: () => Promise<void>])[] = [];
  const hold = (...one: (typeof all)[number]) => all.push(one);

  hold("does its work or none where nobody answers, as the table of commands says", async () => {
    const made = await upsun([
      "variable:create",
      ...onMain,
      ...["--level", "environment", "--prefix", "env:", "--name", "OLD", "--value", "x"],
      ...["--sensitive", "false", "--inheritable", "false", "--enabled", "true", "--json", "false"],
      ...["--visible-build", "false", "--visible-runtime", "true", "--wait"],
    ]);
    expect(made.code).toBe(0);
    const onStaging = [...onShop, "--environment", "staging", "--no-wait"];
    for (const args of [
      ["variable:delete", "env:OLD", ...onMain, "--level", "environment", "--no-wait"],
      ["environment:redeploy", ...onStaging],
    ]) {
      const [command] = readScript(`upsun ${args.join(" ")}`).commands;
      if (command === undefined) throw new Error("it isn't read as a call");
      const { code } = await upsun(args);
      expect([command.name, code === 0 ? "works" : "does nothing"]).toEqual([
        command.name,
        effectWithoutAnswer(command),
      ]);
    }
    const { out } = await upsun(["variable:get", "env:OLD", ...onMain, "--property", "value"]);
    expect(out.trim()).toBe("x");
  });

  hold("signs in with the operator's API token", async () => {
    const { out } = await upsun(["auth:info", "email"]);
    expect(out.trim()).toBe(sandbox.operatorEmail);
  });

  hold("is told what a token nobody made is", async () => {
    const { code, err } = await upsun(["auth:info"], "made-up");
    expect(code).not.toBe(0);
    expect(err).toContain("Invalid API token");
  });

  hold("lists every project of the sample", async () => {
    const { out } = await upsun(["project:list", ...plain, "--columns", "id"]);
    expect(out.trim().split("\n").sort()).toEqual(sampleProjects.map(({ id }) => id).sort());
  });

  hold("lists environments with their types", async () => {
    const { out } = await upsun(["environment:list", ...onShop, ...plain, "--columns", "id,type"]);
    expect(out.trim().split("\n")).toEqual([
      "main,production",
      "staging,staging",
      "feature/checkout,development",
    ]);
  });

  hold("sets the token variable as the manual says, and never prints the value", async () => {
    const secret = "a-value-that-stays-unseen";
    const created = await upsun([
      "variable:create",
      ...onMain,
      ...["--level", "environment", "--prefix", "env:", "--name", "PLATFORMSH_CLI_TOKEN"],
      ...["--value", secret, "--sensitive", "true", "--inheritable", "false"],
      ...["--enabled", "true", "--json", "false"],
      ...["--visible-build", "false", "--visible-runtime", "true", "--wait"],
    ]);
    expect(created).toMatchObject({ code: 0, err: expect.stringContaining("succeeded") });
    const name = "env:PLATFORMSH_CLI_TOKEN";
    const listed = await upsun(["variable:list", ...onMain, ...plain]);
    expect(listed.out).toContain(name);
    const flag = async (property: string) =>
      (await upsun(["variable:get", ...onMain, name, "--property", property])).out.trim();
    expect(await flag("is_inheritable")).toBe("false");
    expect(await flag("is_sensitive")).toBe("true");
    const operator = await signIn(sandbox);
    const path = `/projects/${demoProjectId}/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN`;
    const stored = await operator.get(path);
    expect(stored.body).toMatchObject({
      is_enabled: true,
      visible_build: false,
      visible_runtime: true,
    });
    for (const { out, err } of [created, listed]) expect(out + err).not.toContain(secret);
    const inChild = [...onShop, "--environment", "staging"];
    expect((await upsun(["variable:get", ...inChild, name])).err).toContain("not found");
  });

  hold("lists who has access, by address", async () => {
    const { out } = await upsun(["user:list", ...onShop, ...plain, "--columns", "email"]);
    expect(out.trim().split("\n")).toEqual([
      "operator@example.org",
      "developer@example.org",
      "editor@example.org",
    ]);
  });

  hold("invites a machine user, who then backs up production and nothing else", async () => {
    const email = "machine@example.org";
    const roles = ["--role", "viewer", "--role", "production:admin"];
    expect((await upsun(["user:add", ...onShop, email, ...roles])).code).toBe(0);
    const operator = await signIn(sandbox);
    expect((await operator.get(`/projects/${demoProjectId}/invitations`)).body).toMatchObject([
      { email, role: "viewer", permissions: [{ type: "production", role: "admin" }] },
    ]);

    const { token } = await sandbox.acceptInvitation(email);
    const projects = await upsun(["project:list", ...plain, "--columns", "id"], token);
    expect(projects.out.trim()).toBe(demoProjectId);
    const backup = await upsun(["backup:create", ...onMain, "--yes", "--no-wait"], token);
    expect(backup.code).toBe(0);
    const { body } = await operator.get(
      `/projects/${demoProjectId}/environments/main/activities?type=environment.backup`,
    );
    const machine = await signIn(sandbox, token);
    expect(at(body, 0, "payload", "user", "id")).toBe(machine.id);

    const staging = [...onShop, "--environment", "staging"];
    const elsewhere = await upsun(["backup:create", ...staging, "--yes"], token);
    expect(elsewhere.code).not.toBe(0);
  });

  hold("follows the log of a redeployment to its end, on a branch with a slash", async () => {
    const onFeature = [...onShop, "--environment", "feature/checkout"];
    const redeployed = await upsun(["environment:redeploy", ...onFeature, "--yes", "--wait"]);
    expect(redeployed).toMatchObject({ code: 0, err: expect.stringContaining("succeeded") });
    const { out } = await upsun([
      "activity:list",
      ...onFeature,
      ...plain,
      "--columns",
      "type,state,result",
    ]);
    expect(out.trim()).toBe("environment.redeploy,complete,success");
  });

  hold("offers a viewer no redeployment", async () => {
    const { code, err } = await upsun([
      "environment:redeploy",
      ...["--project", "portal2h9d4k7", "--environment", "main", "--yes"],
    ]);
    expect(code).not.toBe(0);
    expect(err).toContain("Operation not available");
  });

  hold("runs a source operation that the app defines", async () => {
    const { code } = await upsun(["source-operation:run", ...onMain, "update", "--no-wait"]);
    expect(code).toBe(0);
  });

  hold("gets a raw answer of the API", async () => {
    const { out } = await upsun(["api:curl", `/projects/${demoProjectId}`]);
    expect(JSON.parse(out)).toMatchObject({ id: demoProjectId, default_branch: "main" });
  });

  hold("creates, reads, changes and deletes a variable of the project", async () => {
    const level = ["--level", "project"];
    const create = ["--name", "GREETING", "--value", "hello", "--no-wait"];
    const settings = ["--prefix", "none", "--sensitive", "false", "--json", "false"];
    const visible = ["--visible-build", "true", "--visible-runtime", "true"];
    const made = await upsun([
      "variable:create",
      ...[...onShop, ...level, ...create, ...settings, ...visible],
    ]);
    expect(made.code).toBe(0);
    const value = async () =>
      (
        await upsun(["variable:get", ...onShop, ...level, "GREETING", "--property", "value"])
      ).out.trim();
    expect(await value()).toBe("hello");
    const update = ["variable:update", ...onShop, ...level, "GREETING", "--value", "bye"];
    expect((await upsun([...update, "--no-wait"])).code).toBe(0);
    expect(await value()).toBe("bye");
    const remove = ["variable:delete", ...onShop, ...level, "GREETING", "--yes", "--no-wait"];
    expect((await upsun(remove)).code).toBe(0);
    const listed = await upsun(["variable:list", ...onShop, ...level, ...plain]);
    expect(listed.out).not.toContain("GREETING");
  });

  hold("changes the roles of a user, then takes the user off the project", async () => {
    const email = "editor@example.org";
    const update = [
      "user:update",
      ...onShop,
      email,
      "--role",
      "viewer",
      "--role",
      "staging:viewer",
    ];
    expect((await upsun([...update, "--yes"])).code).toBe(0);
    const role = await upsun(["user:get", ...onShop, email, "--level", "project", "--pipe"]);
    expect(role.out.trim()).toBe("viewer");
    expect((await upsun(["user:delete", ...onShop, email, "--yes"])).code).toBe(0);
    const left = await upsun(["user:list", ...onShop, ...plain, "--columns", "email"]);
    expect(left.out).not.toContain(email);
  });

  hold("makes a backup, lists it, and reads the activity and its log", async () => {
    const staging = [...onShop, "--environment", "staging"];
    const made = await upsun(["backup:create", ...staging, "--yes", "--wait"]);
    expect(made.code).toBe(0);
    const backups = await upsun(["backup:list", ...staging, ...plain]);
    expect(backups.out.trim().split("\n")).toHaveLength(1);
    const type = ["--type", "environment.backup"];
    const found = await upsun(["activity:list", ...staging, ...plain, ...type, "--columns", "id"]);
    const id = found.out.trim();
    const got = await upsun(["activity:get", ...staging, id, "--property", "result"]);
    expect(got.out.trim()).toBe("success");
    const log = await upsun(["activity:log", ...staging, id]);
    expect(log.out).toContain("Done.");
  });

  hold("reads one environment, the project and the organizations", async () => {
    const environment = await upsun(["environment:info", ...onMain, "type"]);
    expect(environment.out.trim()).toBe("production");
    const branch = await upsun(["project:info", ...onShop, "default_branch"]);
    expect(branch.out.trim()).toBe("main");
    const organizations = await upsun(["organization:list", ...plain, "--columns", "name"]);
    expect(organizations.out.trim().split("\n").length).toBeGreaterThan(0);
    const operations = await upsun(["source-operation:list", ...onMain, ...plain]);
    expect(operations.out).toContain("update");
  });

  hold("takes the SSH certificate that it is given", async () => {
    const { code, err } = await upsun(["ssh-cert:load", "--yes"]);
    expect(code).toBe(0);
    expect(err).toContain("Expires at");
  });

  for (const [name, held] of someOf(all)) test(name, held);
}
