import { createServer, type Server } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { proxyOf } from "../../src/platform/http/proxy.ts";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "./failing.ts";
import { apiToken, fakeApi } from "./fake-api.ts";

const asIs = (json: unknown) => json;

async function listening(server: Server): Promise<string> {
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
    });
  });
}

/** A proxy that turns every tunnel down, and the hosts it was asked for. */
async function refusingProxy() {
  const asked: string[] = [];
  const server = createServer();
  server.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  return { asked, address: await listening(server) };
}

function connectThrough(env: NodeJS.ProcessEnv, timeoutMs = 5_000) {
  const connection = connect({
    addresses: {
      api: "https://api.example.org",
      auth: "https://auth.example.org",
      console: "https://console.example.org",
    },
    token: new Secret(apiToken),
    proxy: proxyOf(env),
    timeoutMs,
    pause: async () => {},
  });
  onTestFinished(() => connection.close());
  return connection;
}

test("requests go through the proxy that the environment names, in lower or upper case", async () => {
  for (const name of ["https_proxy", "HTTPS_PROXY"]) {
    const proxy = await refusingProxy();
    const connection = connectThrough({ [name]: proxy.address });
    const failure = await failureOf(connection.get("/users/me", asIs), apiToken);
    expect(failure).toMatchObject({
      reason: "api",
      // It was never sent.
      effect: "none",
      parts: {
        what: "The proxy doesn't let the request through",
        next: expect.stringMatching(`^check the proxy that ${name} names; a name and a password`),
      },
    });
    expect(proxy.asked).toEqual(["auth.example.org:443"]);
  }
});

test("a proxy that gives no answer is asked once, and the request ends", async () => {
  const asked: string[] = [];
  const ways = {
    closes: { what: "The proxy broke off the connection", effect: "none" },
    "keeps silent": { what: "The API does not answer in time", effect: "unknown" },
  };
  for (const [way, { what, effect }] of Object.entries(ways)) {
    const server = createServer();
    server.on("connect", (_request, socket) => {
      asked.push(way);
      if (way === "closes") socket.destroy();
      else onTestFinished(() => void socket.destroy());
    });
    const connection = connectThrough({ https_proxy: await listening(server) }, 500);
    const failure = await failureOf(connection.get("/users/me", asIs), apiToken);
    expect(failure).toMatchObject({ reason: "api", effect, parts: { what } });
  }
  expect(asked).toEqual(Object.keys(ways));
});

test("a host that NO_PROXY names, and this computer, are reached directly", async () => {
  const proxy = await refusingProxy();
  const env = { https_proxy: proxy.address, http_proxy: proxy.address, NO_PROXY: ".example.org" };
  await failureOf(connectThrough(env).get("/users/me", asIs), apiToken);
  const api = await fakeApi(() => ({ json: "direct" }), { proxy: proxyOf(env) });
  expect(await api.connection.get("/users/me", asIs)).toBe("direct");
  expect(proxy.asked).toEqual([]);
});

test("no proxy is the default, and a host without a scheme counts as http", () => {
  expect(proxyOf({})).toBeUndefined();
  expect(proxyOf({ https_proxy: "" })).toBeUndefined();
  expect(proxyOf({ https_proxy: "proxy.example.org:3128" })?.https?.address).toBe(
    "http://proxy.example.org:3128",
  );
  expect(proxyOf({ https_proxy: "proxy.example.org:3128", NO_PROXY: "*" })).toBeUndefined();
});

test("a proxy that is no address is refused without its value, which may hold a password", async () => {
  for (const value of [
    "socks5://someone:canary-pass@proxy.example.org",
    "http://canary-pass:x:y",
  ]) {
    const failure = await failureOf(
      Promise.resolve().then(() => proxyOf({ HTTPS_PROXY: value })),
      "canary-pass",
    );
    expect(failure).toMatchObject({ reason: "usage" });
    expect(failure.parts.what).toBe("HTTPS_PROXY can't be used as a proxy");
  }
});
