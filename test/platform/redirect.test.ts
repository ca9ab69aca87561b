import { expect, test } from "vitest";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const asIs = (json: unknown) => json;

test("a read is sent on to another path of the same host", async () => {
  const api = await fakeApi(({ url }) =>
    url === "/old" ? { status: 308, headers: { location: "/new?x=1" } } : { json: "here" },
  );
  expect(await api.connection.get("/old", asIs)).toBe("here");
  expect(api.seen.map(({ url }) => url)).toEqual(["/old", "/new?x=1"]);
});

test("a read is never sent on to another host or port, and neither is its token", async () => {
  const elsewhere = await fakeApi(() => ({ json: "stolen" }));
  for (const location of [`${elsewhere.address}/users/me`, "//127.0.0.1:1/users/me"]) {
    const api = await fakeApi(() => ({ status: 302, headers: { location } }));
    const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
    expect(failure.parts.what).toBe("The API sends this request elsewhere, which is not followed");
  }
  expect(elsewhere.seen).toEqual([]);
});

test("a circle of redirects is left after three", async () => {
  const api = await fakeApi(() => ({ status: 302, headers: { location: "/round" } }));
  await failureOf(api.connection.get("/round", asIs), apiToken);
  expect(api.seen).toHaveLength(4);
});

test("a write is not sent on", async () => {
  const api = await fakeApi(() => ({ status: 307, headers: { location: "/other" } }));
  await failureOf(api.connection.send("POST", "/write", {}, asIs), apiToken);
  expect(api.seen.map(({ url }) => url)).toEqual(["/write"]);
});
