import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { someOf } from "../amounts.ts";
import { expectPublished } from "../expect-document.ts";
import { machineUserEmail, openAutomatedShop, setUpShop } from "../setup/automated-shop.ts";
import { openShop, type Shop } from "../setup/shop.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const empty = mkdtempSync(join(tmpdir(), "machinist-empty-"));
afterAll(() => rmSync(empty, { recursive: true, force: true }));

type Place = Pick<Shop, "directory" | "env">;

/** An API that takes a request and never answers it. */
const silent = createServer();
beforeAll(() => new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening)));
afterAll(() => silent.closeAllConnections());
afterAll(() => void silent.close());

/** Runs the built program with pipes on all three ends. */
function machinist(
  args: readonly string[],
  { directory, env }: Place,
  meanwhile: (child: ChildProcess) => void = () => undefined,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: directory,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  meanwhile(child);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}

function withApi({ directory, env }: Place, address: string): Place {
  const addresses = { PLATFORMSH_CLI_API_BASE_URL: address, PLATFORMSH_CLI_API_AUTH_URL: address };
  return { directory, env: { ...env, ...addresses } };
}

const places: Readonly<Record<string, (shop: Place) => Place>> = {
  "all is there": (shop) => shop,
  "nobody is signed in": ({ directory, env }) => ({
    directory,
    env: { ...env, PLATFORMSH_CLI_TOKEN: "" },
  }),
  "the token is refused": ({ directory, env }) => ({
    directory,
    env: { ...env, PLATFORMSH_CLI_TOKEN: "no-such-token" },
  }),
  "the API can't be reached": (shop) => withApi(shop, "http://127.0.0.1:9"),
  "there is no application": ({ env }) => ({ directory: empty, env }),
};

const setUp = `setup --task backup --email ${machineUserEmail} --json`;
const asking = [
  `${setUp} --dry-run`,
  `${setUp} --yes --only machine-user`,
  "audit --json",
  "audit --format json --fix --dry-run",
  "audit --format=json --all",
  "verify --json",
  "rotate --json --dry-run",
  `rotate --json --yes --email ${machineUserEmail}`,
  "status --json",
];
const commands = [
  ...asking,
  "audit --json --offline",
  "undo --json --dry-run",
  "undo --json --yes",
  "status --json --offline",
  "rules --json",
  "rules --json no-such-rule",
  "report --format json no-such-file",
  "--version --json",
  "--json --version",
  "rotate --all --json",
  "no-such-command --json",
];

describe("standard output is one published document, whose code is the exit code, where", () => {
  const cells = Object.keys(places).flatMap((where) =>
    commands.map((command) => [where, command] as const),
  );
  test.each(someOf(cells))("%s: %s", async (where, command) => {
    const place = places[where]?.(await openAutomatedShop());
    expect(place).toBeDefined();
    if (place === undefined) return;
    const { code, out } = await machinist(command.split(" "), place);
    expectPublished(out);
    const { failure } = JSON.parse(out);
    if (typeof failure?.code === "number") expect(failure.code).toBe(code);
    else expect([0, 3, 4, 10]).toContain(code);
  });

  test.each(someOf(asking).map((command) => [command]))(
    "%s is interrupted while it waits for the API",
    async (command) => {
      const { port } = silent.address() as AddressInfo;
      const place = withApi(await openShop(), `http://127.0.0.1:${port}`);
      const { code, out } = await machinist(command.split(" "), place, (child) =>
        silent.once("request", () => child.kill("SIGINT")),
      );
      expect([command, code]).toEqual([command, 130]);
      expectPublished(out);
      expect(JSON.parse(out)).toMatchObject({ failure: { code: 130, reason: "interrupted" } });
    },
  );
});

test("an undo that the API breaks off gives what was taken back by then, and what was not", async () => {
  const shop = await setUpShop();
  const { code, out } = await machinist(
    ["undo", "--json", "--yes"],
    withApi(shop, "http://127.0.0.1:9"),
  );
  expectPublished(out);
  expect([code, JSON.parse(out)]).toMatchObject([
    4,
    {
      command: "undo",
      failure: { code: 4, reason: "api" },
      done: [expect.stringContaining("cron backup"), expect.stringContaining("build hook")],
      failed: [{ what: expect.stringContaining("env:PLATFORMSH_CLI_TOKEN") }],
    },
  ]);
});

test("the version is a document wherever the flag for it stands", async () => {
  for (const args of [
    ["--version", "--json"],
    ["--json", "-V"],
  ])
    expect(JSON.parse((await machinist(args, { directory: empty, env: {} })).out)).toMatchObject({
      command: "version",
      node: process.versions.node,
    });
});
