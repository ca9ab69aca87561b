import { expect, test } from "vitest";
import { commandsRunBy } from "../../src/sandbox/events/cron-script.ts";
import { worstProjectId } from "../../src/sandbox/projects/worst-project.ts";
import { sampleFiles } from "../../src/sandbox/sample-project.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { at, invited, play, sandboxForTest, signIn } from "./client.ts";

const project = `/projects/${demoProjectId}`;
const main = `${project}/environments/main`;
const place = { project: demoProjectId, environment: "main" };

const backup = `    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = main ]; then
                    platform backup:create --yes --no-wait
                fi
`;
const installer = "curl -fsS https://platform.sh/cli/installer | php";

/** The shop with a backup cron, pushed to a branch by the operator. */
function pushed(sandbox: Sandbox, environment = "main", build = `        ${installer}\n`) {
  const file = (sampleFiles[".platform.app.yaml"] ?? "")
    .replace("crons:\n", `crons:\n${backup}`)
    .replace("        set -eu\n", `        set -eu\n${build}`);
  return play(sandbox, "pushes", {
    ...place,
    environment,
    email: sandbox.operatorEmail,
    files: { ...sampleFiles, ".platform.app.yaml": file },
  });
}

/** A machine user whose token is deployed, beside the cron. */
async function setUp(role = "admin") {
  let now = Date.now();
  const sandbox = await sandboxForTest({ activityMs: 100, now: () => new Date(now) });
  const email = "machine@example.org";
  const machine = await invited(sandbox, demoProjectId, [{ type: "production", role }]);
  const { token } = await sandbox.acceptInvitation(email);
  const operator = await signIn(sandbox);
  await operator.send("POST", `${main}/variables`, {
    name: "env:PLATFORMSH_CLI_TOKEN",
    value: token,
    is_sensitive: true,
    is_inheritable: false,
  });
  await pushed(sandbox);
  now += 1000;
  const run = async (cron = "backup", environment = "main") => {
    const answer = await play(sandbox, "crons", { ...place, environment, cron });
    now += 1000;
    const log = await operator.get(`${project}/activities/${at(answer.body, "id")}/log`);
    return {
      answer,
      result: at(answer.body, "id") && (await activity(answer.body)),
      log: log.body,
    };
  };
  const activity = async (body: unknown) =>
    at((await operator.get(`${project}/activities/${at(body, "id")}`)).body, "result");
  const later = () => {
    now += 1000;
  };
  return { sandbox, operator, machine, email, run, later };
}

test("a push is built and deployed, and its log says that the CLI is there", async () => {
  const { sandbox, operator, later } = await setUp();
  const current = (await operator.get(`${main}/deployments/current`)).body;
  expect(at(current, "webapps", "shop", "crons", "backup", "spec")).toBe("0 5 * * *");
  const { body } = await pushed(sandbox, "main", "        platform --version || exit 1\n");
  later();
  expect(at(body, "type")).toBe("environment.push");
  const log = await operator.get(`${project}/activities/${at(body, "id")}/log`);
  expect(log.body).toContain("Platform.sh CLI 5.");
});

test("a push of a file that isn't valid is refused, and the branch stays as it was", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const files = { ".platform.app.yaml": "name: [" };
  const answer = await play(sandbox, "pushes", { ...place, email: sandbox.operatorEmail, files });
  expect(answer).toMatchObject({ status: 400, body: { code: 400 } });
  const refs = (await operator.get(`${project}/git/refs/heads%2Fmain`)).body;
  expect((await operator.get(`${project}/git/commits/${at(refs, "sha")}`)).status).toBe(200);
});

test("a cron that runs makes its backup under the machine user's name", async () => {
  const { operator, machine, run } = await setUp();
  expect(await run()).toMatchObject({ result: "success" });
  const cron = await operator.get(`${main}/activities?type=environment.cron`);
  expect(cron.body).toMatchObject([{ payload: { cron: "backup", user: { id: "admin" } } }]);
  const made = await operator.get(`${main}/activities?type=environment.backup`);
  expect(made.body).toMatchObject([{ payload: { user: { id: machine.id } } }]);
  const backups = await operator.get(`${main}/backups`);
  expect(at(backups.body, 0, "id")).toBe(at(made.body, 0, "payload", "backup_name"));
});

test("on another branch the guard keeps it from doing anything", async () => {
  const { sandbox, operator, run, later } = await setUp();
  await pushed(sandbox, "staging");
  later();
  expect(await run("backup", "staging")).toMatchObject({ result: "success" });
  expect((await operator.get(`${project}/environments/staging/backups`)).body).toEqual([]);
});

test("it fails with too weak a role, once the token is revoked, and without the CLI", async () => {
  const weak = await setUp("contributor");
  expect(await weak.run()).toMatchObject({
    result: "failure",
    log: expect.stringContaining("not available"),
  });
  const { sandbox, email, run, later } = await setUp();
  await pushed(sandbox, "main", "");
  later();
  expect(await run()).toMatchObject({ log: expect.stringContaining("platform: not found") });
  await pushed(sandbox);
  await play(sandbox, "tokens/revoke", { email });
  later();
  expect(await run()).toMatchObject({
    result: "failure",
    log: expect.stringContaining("Invalid API token"),
  });
});

test("a machine user who was taken off the project can't do anything in it any more", async () => {
  const { operator, machine, run } = await setUp();
  await operator.send("DELETE", `${project}/user-access/${machine.id}`);
  expect(await run()).toMatchObject({ result: "failure" });
  expect((await machine.get(project)).status).toBe(403);
});

test("a revoked token ends what came of it, too", async () => {
  const { sandbox, machine, email } = await setUp();
  expect((await machine.get("/users/me")).status).toBe(200);
  expect((await play(sandbox, "tokens/revoke", { email })).status).toBe(204);
  expect((await machine.get("/users/me")).status).toBe(401);
});

test("a cron that isn't deployed is not found, and where crons are paused none runs", async () => {
  const { sandbox, run } = await setUp();
  expect((await run("absent")).answer.status).toBe(404);
  const paused = { project: worstProjectId, environment: "main", cron: "backup" };
  expect(await play(sandbox, "crons", paused)).toMatchObject({ status: 400 });
});

const surroundings = {
  branch: "main",
  type: "production",
  files: { "scripts/job.sh": "#!/bin/sh\r\nplatform redeploy --yes\r\n" },
};

test.each([
  ["a", "platform backup:create --yes # nightly", ["backup:create"]],
  ["no", "make backup", []],
  ["a", 'if [ "$PLATFORM_BRANCH" = main ]; then platform backup; fi', ["backup"]],
  ["no", 'if [ "$PLATFORM_BRANCH" = master ]; then platform backup; fi', []],
  ["a", "if [ $PLATFORM_ENVIRONMENT_TYPE != staging ]; then\n  platform backup\nfi", ["backup"]],
  ["no", 'if [[ "$PLATFORM_BRANCH" == main ]]; then platform backup; fi', []],
  ["another", 'if [ "$PLATFORM_BRANCH" = x ]\nthen\nplatform a\nelse\nupsun b\nfi', ["b"]],
  ["a called", "sh scripts/job.sh", ["redeploy"]],
  ["a called", "./scripts/job.sh && /app/.global/bin/platform backup", ["redeploy", "backup"]],
])("%s command comes of %s", (_, script, names) => {
  expect(commandsRunBy(script, surroundings).map(({ name }) => name)).toEqual(names);
});
