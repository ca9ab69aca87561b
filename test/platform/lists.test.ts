import { expect, test } from "vitest";
import { projectAccess, removeAccess, updateAccess } from "../../src/platform/access.ts";
import { accessibleProjects, grants } from "../../src/platform/projects.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi, type Reply } from "./fake-api.ts";

const row = (id: string, more = {}) => ({
  resource_id: id,
  resource_type: "project",
  organization_id: "org1",
  permissions: ["viewer"],
  ...more,
});

const routes = (replies: Readonly<Record<string, Reply>>) => (request: { url: string }) =>
  replies[request.url] ?? { status: 404 };

const extended = "/users/u1/extended-access";
const filtered = `${extended}?filter%5Bresource_type%5D=project`;

test("pages and references are followed on the API's own host, whatever host their links name", async () => {
  const foreign = await fakeApi(() => ({ json: {} }));
  const api = await fakeApi(
    routes({
      [filtered]: {
        json: {
          items: [row("shop"), row("gone")],
          _links: {
            next: { href: `${foreign.address}/api${extended}?page=2` },
            "ref:projects:0": { href: `${foreign.address}/api/ref/projects?in=shop,gone&sig=s1` },
            "ref:organizations:0": { href: "/ref/organizations?in=org1&sig=s2" },
          },
        },
      },
      [`${extended}?page=2`]: {
        json: {
          items: [row("blog", { organization_id: null })],
          _links: { "ref:projects:0": { href: "/api/ref/projects?in=blog&sig=s3" } },
        },
      },
      "/ref/projects?in=shop,gone&sig=s1": {
        json: {
          shop: { title: "\u001b[31mShop", region: "eu-3.platform.sh", status: "active" },
          gone: null,
        },
      },
      "/ref/projects?in=blog&sig=s3": { status: 400 },
      "/ref/organizations?in=org1&sig=s2": {
        json: { org1: { id: "org1", name: "acme", label: "Acme" } },
      },
    }),
  );
  expect(await accessibleProjects(api.connection, "u1")).toEqual([
    {
      id: "shop",
      title: "\u001b[31mShop",
      region: "eu-3.platform.sh",
      status: "active",
      organization: { id: "org1", name: "acme", label: "Acme" },
      permissions: ["viewer"],
    },
    { id: "blog", title: "blog", region: "", status: "", permissions: ["viewer"] },
  ]);
  expect(foreign.seen).toEqual([]);
  expect(foreign.exchanges).toEqual([]);
});

test("a next page that was read already ends the list", async () => {
  const loop = { next: { href: extended } };
  const api = await fakeApi(
    routes({
      [extended]: { json: { items: [row("a")], _links: { next: { href: "?page=2" } } } },
      [`${extended}?page=2`]: { json: { items: [row("b")], _links: loop } },
    }),
  );
  expect((await grants(api.connection, "u1")).projects.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(api.seen).toHaveLength(2);
});

test("an empty page ends the list, and an empty list may be null", async () => {
  let page = 0;
  const api = await fakeApi(() => {
    page += 1;
    const items = page === 1 ? [row("a")] : null;
    return { json: { items, _links: { next: { href: `${extended}?page=${page}` } } } };
  });
  expect((await grants(api.connection, "u1")).projects).toHaveLength(1);
  expect(api.seen).toHaveLength(2);
});

test("links that are no links are passed over", async () => {
  const _links = {
    next: { href: "javascript:alert(1)" },
    "pf:routes": [{ href: "/x" }],
    self: null,
  };
  const api = await fakeApi(routes({ [extended]: { json: { items: [row("a")], _links } } }));
  expect((await grants(api.connection, "u1")).projects).toHaveLength(1);
});

test("the grants of an account tell projects and organizations apart", async () => {
  const items = [
    row("shop", { permissions: ["viewer", "production:admin"] }),
    row("org1", { resource_type: "organization", permissions: null }),
    row("org2", { resource_type: "organization", permissions: ["members"] }),
    row("x", { resource_type: "something-new" }),
  ];
  const api = await fakeApi(routes({ [extended]: { json: { items } } }));
  expect(await grants(api.connection, "u1")).toEqual({
    projects: [{ id: "shop", permissions: ["viewer", "production:admin"] }],
    organizations: [
      { id: "org1", permissions: [] },
      { id: "org2", permissions: ["members"] },
    ],
  });
});

test("an answer of another shape names the place and keeps what it holds to itself", async () => {
  const items = [row("a"), { ...row("b"), resource_id: 5, secret: "canary" }];
  const api = await fakeApi(routes({ [extended]: { json: { items } } }));
  const failure = await failureOf(grants(api.connection, "u1"), "canary");
  expect(failure.parts.why).toBe("items.1.resource_id should be string");
  expect(failure.parts.where).toBe("GET /users/u1/extended-access");
  expect(failure.reason).toBe("api");
});

test("the access list has the addresses of its accounts, where they can be seen", async () => {
  const first = "/projects/p1/user-access?page%5Bsize%5D=200";
  const api = await fakeApi(
    routes({
      [first]: {
        json: {
          items: [
            { user_id: "u1", permissions: ["admin"] },
            { user_id: "u2", permissions: ["viewer"] },
          ],
          _links: { "ref:users:0": { href: "/ref/users?in=u1,u2&sig=x" } },
        },
      },
      "/ref/users?in=u1,u2&sig=x": { json: { u1: { email: "jane@example.org" }, u2: null } },
    }),
  );
  expect(await projectAccess(api.connection, "p1")).toEqual([
    { user: "u1", email: "jane@example.org", permissions: ["admin"] },
    { user: "u2", email: undefined, permissions: ["viewer"] },
  ]);
});

test("a role is replaced and taken away by the account's id", async () => {
  const api = await fakeApi(() => ({ status: 204 }));
  await updateAccess(api.connection, "p1", "u1", ["viewer", "production:admin"]);
  await removeAccess(api.connection, "p1", "u1");
  expect(api.seen.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
    'PATCH /projects/p1/user-access/u1 {"permissions":["viewer","production:admin"]}',
    "DELETE /projects/p1/user-access/u1 ",
  ]);
});

test("a refused token while references are read is not taken for a missing reference", async () => {
  const api = await fakeApi(({ url }) =>
    url.startsWith("/ref/")
      ? { status: 401 }
      : {
          json: {
            items: [row("a")],
            _links: { "ref:projects:0": { href: "/ref/projects?in=a" } },
          },
        },
  );
  const failure = await failureOf(accessibleProjects(api.connection, "u1"), apiToken);
  expect(failure.reason).toBe("signedOut");
});

test("a list that always names another page is left after a thousand", async () => {
  let page = 0;
  const api = await fakeApi(({ url }) => {
    if (!url.startsWith(extended)) return { status: 404 };
    page += 1;
    return {
      json: {
        items: [row(`project${page}`)],
        _links: { next: { href: `${extended}?page=${page}` } },
      },
    };
  });
  const failure = await failureOf(accessibleProjects(api.connection, "u1"), apiToken);
  expect(failure.parts.what).toBe("The list has no end: it was left after 1000 pages");
  expect(page).toBe(1000);
});
