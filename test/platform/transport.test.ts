import { createServer } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { networkFailure } from "../../src/platform/http/network-failure.ts";
import { proxyOf } from "../../src/platform/http/proxy.ts";
import { transport } from "../../src/platform/http/transport.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi, type Reply } from "./fake-api.ts";
import { selfSigned } from "./self-signed.ts";

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

test.each([
  [{ https_proxy: "http://127.0.0.1:1" }, "https_proxy"],
  [{ HTTP_PROXY: "http://127.0.0.1:1" }, "HTTP_PROXY"],
])(
  "an address where nothing listens may be that of the proxy, and the variable is said that names it: %j",
  async (env, variable) => {
    const sender = transport({ proxy: proxyOf(env) });
    const request = {
      method: "GET",
      base: "https://api.example.org",
      path: "/me",
      headers: {},
      repeatable: false,
    } as const;
    const failure: unknown = await sender.request(request).catch((error: unknown) => error);
    await sender.close();
    expect(failure).toMatchObject({
      parts: {
        what: "The API can't be reached",
        why: "nothing listens at its address (ECONNREFUSED), or that of the proxy in between",
        next: `check the proxy that ${variable} names, and the network connection`,
      },
    });
  },
);

test("where hosts are left out, the proxy is named in doubt", () => {
  const request = { method: "GET", path: "/me" } as const;
  const proxy = { variable: "HTTPS_PROXY", leavesOut: true };
  expect(networkFailure(request, "ECONNREFUSED", { interrupted: false, proxy }).parts.why).toBe(
    "nothing listens at its address (ECONNREFUSED), or that of the proxy in between, unless NO_PROXY leaves the API's host out",
  );
});

test("a host that does not exist, and a code that nobody knows, are told in words", () => {
  const request = { method: "GET", path: "/ref/users?in=a&sig=b" } as const;
  const direct = { interrupted: false, proxy: undefined };
  const why = (code: unknown) => networkFailure(request, code, direct).parts.why;
  expect(why("ENOTFOUND")).toBe("its host name is not known (ENOTFOUND)");
  expect(why("ENEWTHING")).toBe("the request failed (ENEWTHING)");
  expect(why("toString")).toBe("the request failed (toString)");
  expect(why(undefined)).toBe("the request failed (no error code)");
  expect(networkFailure(request, "ENOTFOUND", direct).parts.where).toBe("GET /ref/users");
});

test("a certificate that nobody signed is not trusted, whatever the environment says", async () => {
  const server = createServer(selfSigned, (_, response) => response.end("{}"));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listening = server.address();
  const port = typeof listening === "object" ? listening?.port : 0;
  const address = `https://127.0.0.1:${port}`;
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  const addresses = { api: address, auth: address, console: "" };
  const api = await fakeApi(() => "hang", { addresses });
  const failure = await failureOf(api.connection.get("/users/me", asIs), apiToken);
  expect(failure.parts.what).toBe("The API's certificate is not trusted");
});

const passing: readonly Reply[] = ["drop", { status: 502 }, { status: 503 }, { status: 524 }];

test("a read is tried again, after longer and longer pauses, until the fault has passed", async () => {
  for (const fault of passing) {
    const pauses: number[] = [];
    const faults = [fault, fault];
    const api = await fakeApi(() => faults.shift() ?? { json: "fine" }, {
      pause: async (ms) => {
        pauses.push(ms);
      },
    });
    expect(await api.connection.get("/users/me", asIs)).toBe("fine");
    expect(pauses.map((ms) => ms >= 125 && ms <= 500)).toEqual([true, true]);
  }
});

test("a read that fails four times fails, and a write that fails once does", async () => {
  for (const fault of passing) {
    const api = await fakeApi(() => fault);
    await failureOf(api.connection.get("/read", asIs), apiToken);
    await failureOf(api.connection.send("POST", "/write", {}, asIs), apiToken);
    expect(api.seen.map(({ url }) => url)).toEqual([...Array(4).fill("/read"), "/write"]);
  }
});

test("a refused read is not tried again", async () => {
  const api = await fakeApi(() => ({ status: 500 }));
  await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(api.seen).toHaveLength(1);
});

test("a write that was turned away for too many requests is sent when it may be", async () => {
  const waited: number[] = [];
  const replies: Reply[] = [{ status: 429, headers: { "retry-after": "2" } }];
  const api = await fakeApi(() => replies.shift() ?? { json: "made" }, {
    pause: async (ms) => {
      waited.push(ms);
    },
  });
  expect(await api.connection.send("POST", "/write", {}, asIs)).toBe("made");
  expect(api.seen).toHaveLength(2);
  expect(waited[0]).toBeGreaterThanOrEqual(2_000);
});

test("a wait of more than a minute is told instead of begun", async () => {
  const api = await fakeApi(() => ({ status: 429, headers: { "retry-after": "3600" } }));
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure.parts).toMatchObject({
    what: "The API gets too many requests",
    next: "try again in 60 minutes, as it asks",
  });
  expect(api.seen).toHaveLength(1);
});

test("what was made a moment ago is read again when the API does not show it yet", async () => {
  const replies: Reply[] = [{ json: {} }, { status: 403 }, { status: 403 }];
  const api = await fakeApi(() => replies.shift() ?? { json: "there" });
  await api.connection.send("POST", "/things", {}, asIs);
  expect(await api.connection.get("/things/1", asIs)).toBe("there");
  const failure = await failureOf(
    fakeApi(() => ({ status: 403 })).then(({ connection }) => connection.get("/things/1", asIs)),
    apiToken,
  );
  expect(failure).toMatchObject({ status: 403 });
});

test("an interruption during a pause ends the wait at once", async () => {
  const controller = new AbortController();
  const api = await fakeApi(
    () => {
      setImmediate(() => controller.abort());
      return { status: 429, headers: { "retry-after": "59" } };
    },
    {
      signal: controller.signal,
      pause: (ms) => wait(ms, undefined, { signal: controller.signal }),
    },
  );
  const failure = await failureOf(api.connection.get("/a", asIs), apiToken);
  expect(failure.reason).toBe("interrupted");
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
