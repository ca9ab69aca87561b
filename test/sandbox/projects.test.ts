import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleProjects } from "../../src/sandbox/projects/seed-projects.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { noContent } from "../../src/sandbox/server/reply.ts";
import { onEnvironment } from "../../src/sandbox/server/route.ts";
import { findRoute } from "../../src/sandbox/server/router.ts";
import { ofTexts } from "../amounts.ts";
import { at, exchange, request, sandboxForTest, signIn } from "./client.ts";

test("an environment whose name has a slash is one segment of the path", async () => {
  const operator = await signIn(await sandboxForTest());
  const environments = `/projects/${demoProjectId}/environments`;
  expect((await operator.get(`${environments}/feature%2Fcheckout`)).body).toMatchObject({
    id: "feature/checkout",
    parent: "staging",
    type: "development",
  });
  expect((await operator.get(`${environments}/feature/checkout`)).status).toBe(404);
});

test("any branch name survives the way through the path", () => {
  const route = onEnvironment("GET", "", "view", () => noContent);
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (branch) => {
      const path = `/projects/abc/environments/${encodeURIComponent(branch)}`;
      const found = findRoute([route], "GET", path);
      expect(typeof found === "object" && found.params.get("environment")).toBe(branch);
    }),
    ofTexts,
  );
});

test("the /api prefix is the same address", async () => {
  const operator = await signIn(await sandboxForTest());
  const [plain, prefixed] = [
    await operator.get(`/projects/${demoProjectId}`),
    await operator.get(`/api/projects/${demoProjectId}`),
  ];
  expect(prefixed.body).toEqual(plain.body);
});

test("a project's own link is on the host of its region", async () => {
  const operator = await signIn(await sandboxForTest());
  const { body } = await operator.get(`/projects/${demoProjectId}`);
  expect(at(body, "_links", "self", "href")).toBe(
    `https://eu-3.platform.sh/api/projects/${demoProjectId}`,
  );
});

test("references are resolved at the addresses that were handed out, and at no others", async () => {
  const operator = await signIn(await sandboxForTest());
  const access = await operator.get(`/users/${operator.id}/extended-access`);
  const address = String(at(access.body, "_links", "ref:projects:0", "href"));
  const first = String(at(access.body, "items", 0, "resource_id"));
  expect((await operator.get(address)).body).toMatchObject({ [first]: { id: first } });
  expect((await operator.get(address.replace(first, "portal2h9d4k7"))).status).toBe(400);
  expect((await operator.get(`/ref/projects?in=${first}`)).status).toBe(400);
});

test("a long list comes in pages that lead to each other", async () => {
  const operator = await signIn(await sandboxForTest());
  const seen: unknown[] = [];
  let next: unknown = `/users/${operator.id}/extended-access?page%5Bsize%5D=5`;
  while (typeof next === "string") {
    const { body } = await operator.get(next);
    const items = at(body, "items");
    seen.push(...(Array.isArray(items) ? items.map((item) => at(item, "resource_id")) : []));
    next = at(body, "_links", "next", "href");
  }
  expect(seen).toEqual(expect.arrayContaining(sampleProjects.map(({ id }) => id)));
  expect(new Set(seen).size).toBe(seen.length);
});

test("the sample has ids, branches and titles as real project lists have them", () => {
  for (const { id, defaultBranch, environments } of sampleProjects) {
    expect(id).toMatch(/^[a-z0-9]{13}$/);
    expect(environments).toContainEqual(
      expect.objectContaining({ id: defaultBranch, type: "production" }),
    );
  }
  expect(sampleProjects.some(({ title }) => title.includes("\u001b["))).toBe(true);
  expect(sampleProjects.filter(({ suspended }) => suspended)).toHaveLength(1);
});

test("one project has the token that the audit is to find", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const path = "/projects/blogn6w3t8ry5/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN";
  const { body } = await operator.get(path);
  expect(body).toMatchObject({ is_sensitive: false, is_inheritable: true });
  expect((await exchange(sandbox, String(at(body, "value")))).status).toBe(200);
});

test("a deployment shows the crons and hooks that run", async () => {
  const operator = await signIn(await sandboxForTest());
  const { body } = await operator.get(
    "/projects/blogn6w3t8ry5/environments/main/deployments/current",
  );
  expect(at(body, "webapps", "app")).toMatchObject({
    hooks: { build: expect.stringContaining("installer"), deploy: null },
    crons: { backup: { spec: "0 5 * * *", commands: { start: "platform backup:create --yes\n" } } },
  });
});

test("every request is on record, with who made it and what became of it", async () => {
  const sandbox = await sandboxForTest();
  await (await signIn(sandbox)).get("/projects/absent?x=1");
  await request(sandbox, "/nowhere");
  expect(sandbox.requests).toEqual([
    { method: "POST", path: "/oauth2/token", status: 200 },
    { method: "GET", path: "/users/me", status: 200, user: sandbox.operatorEmail },
    { method: "GET", path: "/projects/absent", status: 403, user: sandbox.operatorEmail },
    { method: "GET", path: "/nowhere", status: 404 },
  ]);
});

test("a body that is not JSON and a method that is not there are refused", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const headers = { authorization: `Bearer ${operator.bearer}` };
  const path = `/projects/${demoProjectId}/invitations`;
  const broken = await request(sandbox, path, { method: "POST", headers, body: "{" });
  expect(broken).toMatchObject({ status: 400, body: { code: 400 } });
  expect((await request(sandbox, path, { method: "PUT", headers })).status).toBe(405);
});
