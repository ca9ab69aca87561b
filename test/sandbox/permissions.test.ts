import { afterAll, expect, onTestFinished, test } from "vitest";
import { routes } from "../../src/sandbox/routes/routes.ts";
import { sampleFiles } from "../../src/sandbox/sample-project.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { findRoute } from "../../src/sandbox/server/router.ts";
import { printsTables, quarterOf } from "../amounts.ts";
import { at, type Person, play, request, signIn } from "./client.ts";
import { type Role, type Row, roles, rows } from "./permission-table.ts";

const project = `/projects/${demoProjectId}`;
const main = `${project}/environments/main`;
const table = new Map<string, string[]>();

afterAll(() => {
  if (!printsTables) return;
  const width = Math.max(...rows.map(({ route }) => route.length));
  const header = `${"".padEnd(width)}  ${roles.join("  ")}`;
  const lines = [...table].map(
    ([route, cells]) =>
      `${route.padEnd(width)}  ${cells.map((cell, at) => cell.padEnd(roles[at]?.length ?? 0)).join("  ")}`,
  );
  process.stdout.write(`\n${[header, ...lines].join("\n")}\n\n`);
});

test("every route of the platform is in the table", () => {
  const listed = new Set(
    rows.map(({ route }) => {
      const [method = "", path = ""] = route.split(" ");
      const found = findRoute(routes, method, path);
      return typeof found === "string" ? found : `${method} ${found.route.pattern}`;
    }),
  );
  const served = routes
    .map(({ method, pattern }) => `${method} ${pattern}`)
    .filter((name) => !name.includes(" /sandbox/") && name !== "POST /oauth2/token");
  expect(served.filter((name) => !listed.has(name))).toEqual([]);
});

test.each(roles)("%s is let in where it should be, and nowhere else", async (role) => {
  let stage: Stage | undefined;
  for (const row of quarterOf(rows, roles.indexOf(role))) {
    stage ??= await furnished(role);
    const status = await outcome(stage, row);
    const isLetIn = status < 300;
    table.set(row.route, [...(table.get(row.route) ?? []), isLetIn ? "yes" : String(status)]);
    expect(isLetIn, `${row.route} ${status}`).toBe(row.allowed.includes(role));
    const refusals = row.allowed.length === 0 ? [400, 401, 403, 404] : [401, 403, 404];
    if (!isLetIn) expect(refusals, row.route).toContain(status);
    // What is gone or has ended would be missed by the rows below; what was refused is there still.
    if (isLetIn && /^DELETE|\/cancel$|\/staging/u.test(row.route)) stage = undefined;
  }
});

/** The sample with an operation and a task. */
const furnishedFiles = {
  ...sampleFiles,
  ".platform.app.yaml": `${sampleFiles[".platform.app.yaml"]}operations:\n    greet:\n        commands:\n            start: echo hello\n`,
  ".upsun/tasks.yaml":
    "tasks:\n    reindex:\n        type: php:8.3\n        run:\n            command: bin/console reindex\n",
};

/** A sandbox where there is one of everything, and somebody in it. */
interface Stage {
  readonly sandbox: Sandbox;
  readonly operator: Person;
  readonly person: Person | undefined;
  readonly names: Readonly<Record<string, string>>;
}

async function outcome(stage: Stage, { route, body, first }: Row): Promise<number> {
  const { sandbox, operator, person, names } = stage;
  const filled = (text: string) => text.replace(/:(\w+)/g, (all, name) => names[name] ?? all);
  if (first !== undefined) {
    // It may be so already: a row before was refused to undo it.
    expect([200, 400]).toContain((await operator.send("POST", filled(first))).status);
  }
  const [method = "", pattern = ""] = route.split(" ");
  const path = names[pattern] ?? filled(pattern);
  const bearer = person === undefined ? {} : { authorization: `Bearer ${person.bearer}` };
  const answer = await request(sandbox, path, {
    method,
    headers: { ...bearer, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: filled(JSON.stringify(body)) }),
  });
  return answer.status;
}

async function furnished(role: Role): Promise<Stage> {
  let now = Date.now();
  const sandbox = await startSandbox({ activityMs: 1000, now: () => new Date(now) });
  onTestFinished(() => sandbox.close());
  const operator = await signIn(sandbox);
  const person = await personOf(sandbox, operator, role);
  const made = async (path: string, body?: unknown) =>
    (await operator.send("POST", path, body)).body;
  const read = async (path: string) => (await operator.get(path)).body;
  const idOf = async (name: string) =>
    String(at(await read(`/users/email=${name}@example.org`), "id"));

  const organization = String(at(await read(project), "organization"));
  const [colleague, editor, bot, stranger] = await Promise.all(
    ["developer", "editor", "bot", "partner"].map(idOf),
  );
  const team = at(await made("/teams", { organization_id: organization, label: "Team" }), "id");
  await made(`/teams/${team}/members`, { user_id: colleague });
  await made(`${project}/team-access`, [{ team_id: team }]);
  for (const level of [project, main]) {
    await made(`${level}/variables`, { name: "env:GREETING", value: "hello" });
  }
  await made(`${main}/backup`, { safe: true });
  const empty = at(await made("/organizations", { name: "empty", label: "Empty" }), "id");
  await made(`${project}/domains`, { name: "shop.example.com" });
  const webhook = await made(`${project}/integrations`, { type: "webhook" });
  const integration = at(webhook, "_embedded", "entity", "id");
  await play(sandbox, "pushes", {
    ...{ project: demoProjectId, environment: "main", email: sandbox.operatorEmail },
    files: furnishedFiles,
  });
  now += 60_000;
  const backup = at(await read(`${main}/backups`), 0, "id");
  const activity = at(await made(`${main}/redeploy`), "_embedded", "activities", 0, "id");
  const guest = { email: "guest@example.org", role: "viewer" };
  const invitation = at(await made(`${project}/invitations`, guest), "id");
  const joining = { email: guest.email };
  const joined = at(await made(`/organizations/${organization}/invitations`, joining), "id");
  const own = person ?? operator;
  const token = (await own.send("POST", `/users/${own.id}/api-tokens`, { name: "own" })).body;
  const value = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF8sHm9pQ1rYy0Tq6cH4";
  const key = (await own.send("POST", "/ssh_keys", { value })).body;
  const commit = at(await read(`${project}/git/refs/heads%2Fmain`), "sha");
  const tree = at(await read(`${project}/git/commits/${commit}`), "tree");
  const entries = Object.values<unknown>(
    Object(at(await read(`${project}/git/trees/${tree}`), "tree")),
  );
  const blob = at(
    entries.find((entry) => at(entry, "type") === "blob"),
    "sha",
  );
  const links = {
    ...Object(at(await read(`/users/${operator.id}/extended-access`), "_links")),
    ...Object(at(await read(`${project}/user-access`), "_links")),
    ...Object(at(await read(`${project}/team-access`), "_links")),
  };
  const reference = (kind: string) => String(at(links, `ref:${kind}:0`, "href"));
  const names = {
    project: demoProjectId,
    variable: "env%3AGREETING",
    user: own.id,
    token: at(token, "id"),
    key: at(key, "key_id"),
    ...{ organization, team, colleague, editor, bot, stranger },
    ...{ backup, activity, invitation, joined, commit, tree, blob },
    ...{ empty, integration, certificate: at(await read(`${project}/certificates`), 0, "id") },
    "/ref/users": reference("users"),
    "/ref/projects": reference("projects"),
    "/ref/organizations": reference("organizations"),
    "/ref/teams": reference("teams"),
  };
  const texts = Object.entries(names).map(([name, found]) => [name, String(found)]);
  return { sandbox, operator, person, names: Object.fromEntries(texts) };
}

async function personOf(
  sandbox: Sandbox,
  operator: Person,
  role: Role,
): Promise<Person | undefined> {
  if (role === "nobody") return undefined;
  if (role === "owner") return operator;
  const email = role === "stranger" ? "partner@example.org" : "somebody@example.org";
  const isGuest = role === "member" || role === "members";
  if (role !== "stranger") {
    const typeRole = {
      "prod:viewer": "viewer",
      "prod:contrib": "contributor",
      "prod:admin": "admin",
    };
    const [, found] = Object.entries(typeRole).find(([name]) => name === role) ?? [];
    await operator.send(
      "POST",
      `/projects/${isGuest ? "cafe8y3n5w2qd" : demoProjectId}/invitations`,
      {
        email,
        role: role === "admin" ? "admin" : "viewer",
        permissions: found === undefined ? [] : [{ type: "production", role: found }],
      },
    );
  }
  const person = await signIn(sandbox, (await sandbox.acceptInvitation(email)).token);
  if (role === "members") {
    const { body } = await operator.get(project);
    const member = `/organizations/${at(body, "organization")}/members/${person.id}`;
    await operator.send("PATCH", member, { permissions: ["members"] });
  }
  return person;
}
