import { expect, onTestFinished, test } from "vitest";
import { type Connection, connect } from "../../src/platform/connection.ts";
import { jsonBody } from "../../src/platform/http/json.ts";
import { routes } from "../../src/sandbox/routes/routes.ts";
import { sampleFiles } from "../../src/sandbox/sample-project.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { type Answer, at, play as playStage, sandboxForTest, signIn } from "../sandbox/client.ts";
import { reads } from "./fault-reads.ts";
import { writes } from "./fault-writes.ts";
import { knownGaps, undescribedRequests } from "./known-gaps.ts";
import { isDescribed, openDescription } from "./openapi.ts";

if (isDescribed) {
  const description = openDescription();

  test("every answer of the sandbox is as the API is described, but for the gaps that are known", async () => {
    const unmet = new Set(knownGaps);
    const wrong: string[] = [];
    const answered = new Set<string>();
    for (const { method, path, answer } of await everyExchange()) {
      const { status, body } = answer;
      const route = description.routeOf(method, path);
      if (route === undefined) continue;
      const differences = description.answerDifferences({ method, path, status }, body);
      if (differences === "undescribed") {
        if (!isRefusal(answer))
          wrong.push(`${route} ${status}: not a refusal as the API words them`);
        continue;
      }
      answered.add(route);
      for (const { keyword, about, words } of differences) {
        const gap = knownGaps.find(
          (known) =>
            known.keyword === keyword &&
            (known.about ?? about) === about &&
            (known.route ?? route) === route,
        );
        if (gap === undefined) wrong.push(`${route} ${status}: ${words}`);
        else unmet.delete(gap);
      }
    }
    expect(wrong).toEqual([]);
    expect([...unmet]).toEqual([]);
    expect(described(description.paths).filter((route) => !answered.has(route))).toEqual([]);
  });

  test("every request of the client is as the API is described", async () => {
    const wrong: string[] = [];
    const sent = await everyRequest();
    for (const { method, path, body } of sent) {
      const differences = description.requestDifferences({ method, path }, body);
      if (differences === "undescribed") {
        const isKnown = Object.keys(undescribedRequests).some((end) => path.endsWith(end));
        if (!isKnown) wrong.push(`${method} ${path} is not described`);
      } else wrong.push(...differences.map(({ words }) => `${method} ${path}: ${words}`));
    }
    expect(sent.filter(({ body }) => body !== undefined).length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  });
} else {
  test("the routes of the sandbox are told apart by method and path", () => {
    const names = routes.map(({ method, pattern }) => `${method} ${pattern}`);
    expect(new Set(names).size).toBe(names.length);
  });
}

/** A refusal of the project API says its code and a message; the accounts API's 404 says nothing at all. */
function isRefusal({ status, body }: Answer): boolean {
  if (body === undefined) return status === 404;
  return at(body, "code") === status && typeof at(body, "message") === "string";
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What the client sends for each of the operations that the fault matrix has, and nothing of the preparations. */
async function everyRequest(): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const operation of [...reads, ...writes]) {
    const sandbox = await sandboxForTest({ activityMs: operation.activityMs ?? 0 });
    const sound = connect({
      addresses: { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl },
      token: new Secret(sandbox.operatorToken),
    });
    onTestFinished(() => sound.close());
    const recorded = recording(sound, sent);
    const prepared = await operation.prepare?.({ sandbox, faulty: sound, sound });
    await operation.run(recorded, prepared);
  }
  return sent;
}

function recording(connection: Connection, sent: Sent[]): Connection {
  const note = (method: string, path: string, body: unknown) => {
    const json = body === undefined ? undefined : JSON.parse(jsonBody(body));
    sent.push({ method, path: path.split("?")[0] ?? "", body: json });
  };
  return {
    ...connection,
    get(path, parse) {
      note("GET", path, undefined);
      return connection.get(path, parse);
    },
    send(method, path, body, parse) {
      note(method, path, body);
      return connection.send(method, path, body, parse);
    },
  };
}

/** The routes of the sandbox that the description has, as it writes them. */
function described(templates: readonly string[]): readonly string[] {
  const blank = (path: string) => path.replace(/:[^/]+|\{[^}]+\}/g, "*");
  return routes.flatMap(({ method, pattern }) => {
    const template = templates.find((one) => blank(one) === blank(pattern));
    return template === undefined ? [] : [`${method} ${template}`];
  });
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly answer: Answer;
}

/** The sample with an operation that somebody can have run. */
const withOperation = {
  ...sampleFiles,
  ".platform.app.yaml": `${sampleFiles[".platform.app.yaml"]}operations:\n    greet:\n        commands:\n            start: echo hello\n`,
};

/** A day in the life of a project: each route of the sandbox that the API has, at least once, and some refusals. */
async function everyExchange(): Promise<readonly Exchange[]> {
  let now = Date.now();
  const sandbox = await sandboxForTest({ activityMs: 1000, now: () => new Date(now) });
  const operator = await signIn(sandbox);
  const exchanges: Exchange[] = [];
  const play = async (
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
  ) => {
    const answer =
      method === "GET" ? await operator.get(path) : await operator.send(method, path, body);
    now += 2000;
    exchanges.push({ method, path: path.split("?")[0] ?? "", answer });
    return answer.body;
  };
  const me = `/users/${operator.id}`;
  const project = `/projects/${demoProjectId}`;
  const main = `${project}/environments/main`;

  for (const path of ["/users/me", me, "/me"]) await play("GET", path);
  for (const list of ["extended-access", "project-access", "organizations"]) {
    const links = at(await play("GET", `${me}/${list}`), "_links");
    for (const [name, link] of Object.entries(Object(links))) {
      if (name.startsWith("ref:"))
        await play("GET", String(at(link, "href")).replace(/^\/api/, ""));
    }
  }
  await play("GET", `/users/email=operator@example.org`);
  await play("POST", "/me/verification");
  const token = await play("POST", `${me}/api-tokens`, { name: "another" });
  await play("GET", `${me}/api-tokens`);
  await play("GET", `${me}/api-tokens/${at(token, "id")}`);
  await play("DELETE", `${me}/api-tokens/${at(token, "id")}`);

  const key = {
    title: "laptop",
    value: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF8sHm9pQ1rYy0Tq6cH4 shop",
  };
  const keyId = at(await play("POST", "/ssh_keys", key), "key_id");
  await play("GET", `/ssh_keys/${keyId}`);
  await play("DELETE", `/ssh_keys/${keyId}`);

  const organizations = await play("GET", `${me}/organizations`);
  const organization = `/organizations/${at(organizations, "items", 0, "id")}`;
  for (const part of ["", "/members", `/members/${operator.id}`, "/projects"]) {
    await play("GET", `${organization}${part}`);
  }
  await play("GET", "/organizations");
  const another = await play("POST", "/organizations", { name: "another", label: "Another" });
  await play("POST", "/organizations", { name: "another", label: "Another" });
  await play("PATCH", `/organizations/${at(another, "id")}`, { label: "Renamed" });
  await play("DELETE", `/organizations/${at(another, "id")}`);
  const partner = at(await play("GET", "/users/email=partner@example.org"), "id");
  const member = `${organization}/members/${partner}`;
  await play("POST", `${organization}/members`, { user_id: partner, permissions: ["members"] });
  await play("POST", `${organization}/members`, { user_id: partner });
  await play("PATCH", member, { permissions: ["projects:list", "billing"] });

  const organizationId = at(await play("GET", organization), "id");
  const crew = { organization_id: organizationId, label: "Crew", project_permissions: ["viewer"] };
  const team = at((await operator.send("POST", "/teams", crew)).body, "id");
  const teamAccess = `${project}/team-access`;
  await play("POST", teamAccess, [{ team_id: team }]);
  await play("POST", teamAccess, [{ team_id: "01H0000000000000000000000A" }]);
  const teamLinks = at(await play("GET", teamAccess), "_links", "ref:teams:0", "href");
  await play("GET", String(teamLinks));
  await play("GET", `${teamAccess}/${team}`);
  await play("DELETE", `${teamAccess}/${team}`);
  await play("GET", `${teamAccess}/${team}`);

  await play("POST", `${project}/user-access`, [
    { user_id: partner, permissions: ["viewer", "production:viewer"], auto_add_member: false },
  ]);
  await play("GET", `${me}/project-access/${demoProjectId}`);
  await play("DELETE", member);

  await play("GET", project);
  await play("PATCH", project, { title: "Shop" });
  for (const list of [
    "environments",
    "environment-types",
    "activities",
    "settings",
    "capabilities",
  ]) {
    await play("GET", `${project}/${list}`);
  }
  await play("GET", `${project}/environment-types/production`);
  await play("GET", main);
  await play("PATCH", main, { title: "Main" });

  for (const level of [project, main]) {
    const variable = `${level}/variables/env%3AGREETING`;
    await play("POST", `${level}/variables`, { name: "env:GREETING", value: "hello" });
    await play("GET", `${level}/variables`);
    await play("GET", variable);
    await play("PATCH", variable, { value: "bye", is_sensitive: true });
    await play("GET", variable);
    await play("DELETE", variable);
    await play("GET", variable);
  }
  const redeployment = (await operator.send("POST", `${main}/redeploy`)).body;
  const id = at(redeployment, "_embedded", "activities", 0, "id");
  await play("POST", `${project}/activities/${id}/cancel`);
  for (const level of [project, main]) {
    await play("GET", `${level}/activities`);
    await play("GET", `${level}/activities/${id}`);
  }
  const again = (await operator.send("POST", `${main}/redeploy`)).body;
  const againId = at(again, "_embedded", "activities", 0, "id");
  await play("POST", `${main}/activities/${againId}/cancel`);
  await play("POST", `${main}/redeploy`);
  await play("GET", `${main}/deployments`);
  await play("GET", `${main}/deployments/current`);
  await play("POST", `${main}/deploy`, { strategy: "stopstart" });
  const email = sandbox.operatorEmail;
  const place = { project: demoProjectId, environment: "main", email };
  await playStage(sandbox, "pushes", { ...place, files: withOperation });
  now += 2000;
  await play("GET", `${main}/deployments/current`);
  const greeting = { operation: "greet", service: "shop", parameters: [] };
  await play("POST", `${main}/deployments/current/operations`, greeting);
  await play("GET", `${main}/source-operations`);
  await play("POST", `${main}/source-operation`, { operation: "update", variables: {} });
  await play("POST", `${main}/backup`, { safe: true });
  const backups = await play("GET", `${main}/backups`);
  const backup = `${main}/backups/${at(backups, 0, "id")}`;
  await play("GET", backup);
  await play("POST", `${backup}/restore`, {});
  await play("DELETE", backup);

  const guest = { email: "guest@example.org", role: "viewer", force: false };
  const permissions = [{ type: "production", role: "viewer" }];
  const invitation = await play("POST", `${project}/invitations`, { ...guest, permissions });
  await play("POST", `${project}/invitations`, { ...guest, permissions });
  await play("GET", `${project}/invitations`);
  await play("DELETE", `${project}/invitations/${at(invitation, "id")}`);
  const access = await play("GET", `${project}/user-access`);
  const user = at(access, "items", 1, "user_id");
  await play("GET", `${project}/user-access/${user}`);
  await play("PATCH", `${project}/user-access/${user}`, { permissions: ["viewer"] });
  await play("DELETE", `${project}/user-access/${user}`);

  const refs = await play("GET", `${project}/git/refs`);
  await play("GET", `${project}/git/refs/heads%2Fmain`);
  const commit = await play("GET", `${project}/git/commits/${at(refs, 0, "sha")}`);
  const tree = await play("GET", `${project}/git/trees/${at(commit, "tree")}`);
  const blobs = Object(at(tree, "tree"));
  for (const entry of Object.values(blobs)) {
    if (at(entry, "type") === "blob") await play("GET", `${project}/git/blobs/${at(entry, "sha")}`);
  }

  const staging = `${project}/environments/staging`;
  for (const step of ["pause", "resume", "deactivate", "activate", "deactivate"]) {
    await play("POST", `${staging}/${step}`, step === "activate" ? {} : undefined);
  }
  await play("DELETE", staging);
  await play("DELETE", project);
  return exchanges;
}
