import { expect, test } from "vitest";
import { at, exchange, request, sandboxForTest, signIn } from "./client.ts";

test.each([
  {
    how: "a form and a Basic header",
    init: (token: string): RequestInit => ({
      headers: { authorization: `Basic ${btoa("platform-api-user:")}` },
      body: new URLSearchParams({ grant_type: "api_token", api_token: token }),
    }),
  },
  {
    how: "a form that names the client",
    init: (token: string): RequestInit => ({
      body: new URLSearchParams({
        client_id: "platform-cli",
        grant_type: "api_token",
        api_token: token,
      }),
    }),
  },
  {
    how: "JSON",
    init: (token: string): RequestInit => ({
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ grant_type: "api_token", api_token: token }),
    }),
  },
])("an API token is exchanged with $how", async ({ init }) => {
  const sandbox = await sandboxForTest();
  const answer = await request(sandbox, "/oauth2/token", {
    method: "POST",
    ...init(sandbox.operatorToken),
  });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ expires_in: 900, token_type: "bearer" });
});

test("the access token names its account and its end", async () => {
  const sandbox = await sandboxForTest({ now: () => new Date(1_800_000_000_000) });
  const operator = await signIn(sandbox);
  const claims = JSON.parse(
    Buffer.from(operator.bearer.split(".")[1] ?? "", "base64url").toString(),
  );
  expect(claims).toMatchObject({ sub: operator.id, exp: 1_800_000_900 });
});

test("a token nobody made is refused as the authentication server does", async () => {
  const answer = await exchange(await sandboxForTest(), "made-up");
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    error: "invalid_grant",
    error_description: "Invalid API token.",
  });
});

test("another grant than api_token is refused", async () => {
  const answer = await request(await sandboxForTest(), "/oauth2/token", {
    method: "POST",
    body: new URLSearchParams({ grant_type: "password" }),
  });
  expect(answer).toMatchObject({ status: 400, body: { error: "unsupported_grant_type" } });
});

test("an access token is good until it expires", async () => {
  let time = Date.UTC(2026, 0, 1);
  const sandbox = await sandboxForTest({ accessTokenSeconds: 60, now: () => new Date(time) });
  const operator = await signIn(sandbox);
  time += 59_999;
  expect((await operator.get("/users/me")).status).toBe(200);
  time += 1;
  const late = await operator.get("/users/me");
  expect(late.status).toBe(401);
  expect(late.headers.get("www-authenticate")).toContain("invalid_token");
});

test.each(["", "Bearer made-up", "Basic abc"])("%j is not let in", async (authorization) => {
  const headers: Record<string, string> = authorization === "" ? {} : { authorization };
  const answer = await request(await sandboxForTest(), "/users/me", { headers });
  expect(answer.status).toBe(401);
});

test("a revoked access token is not let in, the API token still is", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const body = new URLSearchParams({ token: operator.bearer, token_type_hint: "access_token" });
  expect((await request(sandbox, "/oauth2/revoke", { method: "POST", body })).status).toBe(200);
  expect((await operator.get("/users/me")).status).toBe(401);
  expect((await exchange(sandbox, sandbox.operatorToken)).status).toBe(200);
});

test("an API token shows itself once, remembers its use, and dies when deleted", async () => {
  const sandbox = await sandboxForTest();
  const operator = await signIn(sandbox);
  const path = `/users/${operator.id}/api-tokens`;
  const made = await operator.send("POST", path, { name: "second" });
  expect(made.status).toBe(201);
  const token = String(at(made.body, "token"));
  await exchange(sandbox, token);
  const read = await operator.get(`${path}/${at(made.body, "id")}`);
  expect(read.body).not.toHaveProperty("token");
  expect(read.body).toMatchObject({ name: "second", last_used_at: expect.any(String) });
  expect(await operator.send("DELETE", `${path}/${at(made.body, "id")}`)).toMatchObject({
    status: 204,
    body: undefined,
  });
  expect((await exchange(sandbox, token)).status).toBe(400);
});

test("the name of an API token is taken once", async () => {
  const operator = await signIn(await sandboxForTest());
  const path = `/users/${operator.id}/api-tokens`;
  expect((await operator.send("POST", path, { name: "laptop" })).status).toBe(409);
});

test("two sandboxes have no token in common", async () => {
  const [one, other] = [await sandboxForTest(), await sandboxForTest()];
  expect((await exchange(other, one.operatorToken)).status).toBe(400);
});

test("a web page that points its own name at loopback gets nothing", async () => {
  const sandbox = await sandboxForTest();
  const { get } = await import("node:http");
  const status = await new Promise((resolve, reject) => {
    get(`${sandbox.apiUrl}/ssh/authority`, { headers: { host: "evil.example.org" } }, (response) =>
      resolve(response.resume().statusCode),
    ).on("error", reject);
  });
  expect(status).toBe(400);
});

test("a port that is taken is a failure with a way out", async () => {
  const sandbox = await sandboxForTest();
  const port = Number(new URL(sandbox.apiUrl).port);
  await expect(sandboxForTest({ port })).rejects.toMatchObject({
    reason: "usage",
    parts: { where: `127.0.0.1:${port}`, why: "something else listens on this port" },
  });
});
