import { expect, test } from "vitest";
import { networkFailure } from "../../src/platform/network-failure.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi, type Reply } from "./fake-api.ts";

const asIs = (json: unknown) => json;

test("an API that does not answer is given up after the time allowed", async () => {
  const api = await fakeApi(() => "hang", { timeoutMs: 50 });
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.parts).toMatchObject({
    where: "GET /users/me",
    what: "The API does not answer in time",
    why: "no answer came",
  });
});

test("an answer that never ends is given up, even while more of it comes", async () => {
  const api = await fakeApi(() => "trickle", { timeoutMs: 100 });
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.parts.why).toBe("the answer began and did not end");
});

test("an answer above 32 MiB is given up", async () => {
  const huge = `"${"a".repeat(33 * 1024 * 1024)}"`;
  const api = await fakeApi(() => ({ text: huge }));
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.parts.what).toBe("The API's answer is too large");
});

test("an address where nothing listens is told in words", async () => {
  const addresses = { api: "http://127.0.0.1:1", auth: "http://127.0.0.1:1", console: "" };
  const api = await fakeApi(() => "hang", { addresses });
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.reason).toBe("api");
  expect(failure.parts.why).toContain("ECONNREFUSED");
});

test("a host that does not exist, and a code that nobody knows, are told in words", () => {
  const request = { method: "GET", path: "/ref/users?in=a&sig=b" } as const;
  const why = (code: unknown) => networkFailure(request, code, false).parts.why;
  expect(why("ENOTFOUND")).toBe("its host name is not known (ENOTFOUND)");
  expect(why("ENEWTHING")).toBe("the request failed (ENEWTHING)");
  expect(why("toString")).toBe("the request failed (toString)");
  expect(why(undefined)).toBe("the request failed (no error code)");
  expect(networkFailure(request, "ENOTFOUND", false).parts.where).toBe("GET /ref/users");
});

const passing: readonly Reply[] = ["drop", { status: 502 }, { status: 503 }, { status: 524 }];

test("a read is tried once more, after a pause, when the fault may have passed", async () => {
  for (const fault of passing) {
    const pauses: number[] = [];
    const faults = [fault];
    const api = await fakeApi(() => faults.shift() ?? { json: "fine" }, {
      pause: async (ms) => {
        pauses.push(ms);
      },
    });
    expect(await api.connection.get("/users/me", asIs)).toBe("fine");
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeGreaterThanOrEqual(200);
    expect(pauses[0]).toBeLessThan(500);
  }
});

test("a read that fails twice fails, and a write that fails once does", async () => {
  for (const fault of passing) {
    const api = await fakeApi(() => fault);
    await failureOf(api.connection.get("/read", asIs), apiToken);
    await failureOf(api.connection.send("POST", "/write", {}, asIs), apiToken);
    expect(api.seen.map(({ url }) => url)).toEqual(["/read", "/read", "/write"]);
  }
});

test("a refused read is not tried again", async () => {
  const api = await fakeApi(() => ({ status: 500 }));
  await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(api.seen).toHaveLength(1);
});

test("an interruption ends the request at once, as an interruption", async () => {
  const controller = new AbortController();
  const api = await fakeApi(
    () => {
      controller.abort();
      return "hang";
    },
    { signal: controller.signal },
  );
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure.reason).toBe("interrupted");
});

test("at most eight requests are under way at a time", async () => {
  let underWay = 0;
  let most = 0;
  const api = await fakeApi(async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    return { json: 1 };
  });
  await Promise.all(Array.from({ length: 30 }, (_, n) => api.connection.get(`/${n}`, asIs)));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
});

test("a closed connection fails what is under way", async () => {
  const api = await fakeApi(() => {
    void api.connection.close();
    return "hang";
  });
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure.reason).toBe("api");
});
