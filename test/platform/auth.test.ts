import { expect, test } from "vitest";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi, type Reply } from "./fake-api.ts";

const asIs = (json: unknown) => json;

const refusals: readonly { readonly by: string; readonly reply: Reply }[] = [
  {
    by: "the older service",
    reply: {
      status: 400,
      json: { error: "invalid_grant", error_description: "Invalid API token." },
    },
  },
  {
    by: "the newer service",
    reply: {
      status: 401,
      json: { error: "request_unauthorized", error_hint: `The API token ${apiToken} is unknown` },
    },
  },
  { by: "the official mock", reply: { status: 400, json: { error: "invalid API token" } } },
];

for (const { by, reply } of refusals) {
  test(`a token that ${by} refuses ends as signed out, with what to do`, async () => {
    const api = await fakeApi(() => ({ json: 1 }), { exchange: () => reply });
    const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
    expect(failure.reason).toBe("signedOut");
    expect(failure.parts.what).toBe("The API token was refused");
    expect(failure.parts.why).toMatch(/API token/i);
    expect(failure.parts.next).toContain("make a new one");
    expect(api.seen).toEqual([]);
  });
}

test("a fault of the authentication service is not taken for a refused token", async () => {
  for (const reply of [
    { status: 500, json: { error: "server_error", error_description: "database is away" } },
    { status: 400, json: { error: "invalid_client" } },
    { status: 400, text: "<html><h1>Bad Request</h1></html>" },
    { status: 200, json: { token_type: "bearer" } },
  ]) {
    const api = await fakeApi(() => ({ json: 1 }), { exchange: () => reply });
    const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
    expect(failure.reason).toBe("api");
    expect(failure.parts.where).toBe("POST /oauth2/token");
  }
});

test("requests that wait for one exchange all hear that it failed, and the next one tries again", async () => {
  const api = await fakeApi(() => ({ json: "fine" }), {
    exchange: (count) =>
      count === 1 ? { status: 400, json: { error: "invalid API token" } } : granted,
  });
  const both = [api.connection.get("/a", asIs), api.connection.get("/b", asIs)];
  const results = await Promise.allSettled(both);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await api.connection.get("/c", asIs)).toBe("fine");
  expect(api.exchanges).toHaveLength(2);
});

test("a demand for multi-factor authentication is explained, and the token not exchanged again", async () => {
  const api = await fakeApi(() => ({
    status: 401,
    headers: { "www-authenticate": 'Bearer error="insufficient_user_authentication", amr="mfa"' },
  }));
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure.reason).toBe("signedOut");
  expect(failure.parts.next).toContain("multi-factor authentication");
  expect(api.exchanges).toHaveLength(1);
  expect(api.seen).toHaveLength(1);
});

test("a demand for a more recent login is explained", async () => {
  const api = await fakeApi(() => ({
    status: 401,
    headers: {
      "www-authenticate": 'Bearer error="insufficient_user_authentication", max_age="5"',
    },
  }));
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure.parts.what).toContain("more recent login");
});

const granted: Reply = { json: { access_token: "access-late", expires_in: 900 } };
