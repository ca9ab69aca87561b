import { expect, test } from "vitest";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const asIs = (json: unknown) => json;

test("the API token is exchanged once for all requests, as a form of the public client", async () => {
  const api = await fakeApi(() => ({ json: { fine: true } }));
  await Promise.all([
    api.connection.get("/a", asIs),
    api.connection.get("/b", asIs),
    api.connection.get("/c", asIs),
  ]);
  expect(api.exchanges).toHaveLength(1);
  const [exchange] = api.exchanges;
  expect(exchange?.body).toBe(`grant_type=api_token&api_token=${apiToken}`);
  expect(exchange?.headers.authorization).toBe(`Basic ${btoa("platform-api-user:")}`);
  expect(exchange?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(api.seen.map((request) => request.headers.authorization)).toEqual(
    Array(3).fill("Bearer access-1"),
  );
});

test("an access token that has run out is replaced before it is used", async () => {
  const api = await fakeApi(() => ({ json: 1 }), {
    exchange: (count) => ({ json: { access_token: `access-${count}`, expires_in: 0 } }),
  });
  await api.connection.get("/a", asIs);
  await api.connection.get("/b", asIs);
  expect(api.seen.map((request) => request.headers.authorization)).toEqual([
    "Bearer access-1",
    "Bearer access-2",
  ]);
});

test("requests that are refused at the same time share one renewal, and a write keeps its body", async () => {
  const api = await fakeApi(({ headers }) =>
    headers.authorization === "Bearer access-1" ? { status: 401 } : { json: "fine" },
  );
  const answers = await Promise.all([
    api.connection.get("/a", asIs),
    api.connection.get("/b", asIs),
    api.connection.send("POST", "/c", { name: "c" }, asIs),
    api.connection.get("/d", asIs),
  ]);
  expect(answers).toEqual(Array(4).fill("fine"));
  expect(api.exchanges).toHaveLength(2);
  expect(api.seen.filter(({ url }) => url === "/c").map(({ body }) => body)).toEqual([
    '{"name":"c"}',
    '{"name":"c"}',
  ]);
});

test("a request that is refused with a fresh access token ends as signed out, after two tries", async () => {
  const api = await fakeApi(() => ({ status: 401 }));
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure).toMatchObject({ reason: "signedOut", status: 401 });
  expect(api.seen).toHaveLength(2);
  expect(api.exchanges).toHaveLength(2);
});

test("a secret in a body is sent as its value, and an empty answer is read as nothing", async () => {
  const api = await fakeApi(() => ({ status: 204 }));
  const body = { value: new Secret("canary-value"), deep: [new Secret("canary-deep")] };
  expect(await api.connection.send("PATCH", "/a", body, asIs)).toBeUndefined();
  expect(JSON.parse(api.seen[0]?.body ?? "")).toEqual({
    value: "canary-value",
    deep: ["canary-deep"],
  });
  expect(api.seen[0]?.headers["content-type"]).toBe("application/json");
});

test("a deletion has no body and no content type", async () => {
  const api = await fakeApi(() => ({ status: 204 }));
  await api.connection.send("DELETE", "/a", undefined, asIs);
  expect(api.seen[0]).toMatchObject({ method: "DELETE", body: "" });
  expect(api.seen[0]?.headers["content-type"]).toBeUndefined();
});

test("requests are reported with method, path without query, and status", async () => {
  const api = await fakeApi(() => ({ json: [] }));
  await api.connection.get("/ref/users?in=a&sig=b", asIs);
  expect(api.reports).toMatchObject([
    { method: "POST", path: "/oauth2/token", status: 200 },
    { method: "GET", path: "/ref/users", status: 200 },
  ]);
});

test("a path in the API's address stays in front of every path", async () => {
  const behind = await fakeApi(() => ({ json: [] }));
  const api = await fakeApi(() => ({ json: [] }), {
    addresses: { api: `${behind.address}/api`, auth: behind.address, console: "" },
  });
  await api.connection.get("/users/me", asIs);
  expect(behind.seen.map(({ url }) => url)).toEqual(["/api/users/me"]);
});
