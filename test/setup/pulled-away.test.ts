import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { auditCommand } from "../../src/commands/audit/run.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { Failure, failureLines } from "../../src/failure.ts";
import { connect } from "../../src/platform/connection.ts";
import { createVariable } from "../../src/platform/variables.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { someMoments } from "../amounts.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, readApi, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

/** A command, played from the start on a shop; it hears of each request. */
type Play = (shop: Shop, token: string, hear: () => void) => Promise<unknown>;

const setup: Play = async (shop, token, hear) => (await runSetup(shop, flags, token, hear)).failure;

const audit: Play = (shop, _token, hear) =>
  auditCommand(
    {
      ...readAuditOptions({ directory: shop.directory }, flagsOf("audit", {})),
      vendor: vendors.platformsh,
      face: "flags",
      flags: [],
      verbose: true,
    },
    {
      out: () => undefined,
      err: (line) => {
        if (/^[A-Z]+ \//u.test(line)) hear();
      },
      document: () => undefined,
      env: shop.env,
      signal: new AbortController().signal,
    },
  ).catch((error: unknown) => error);

const commands: readonly (readonly [string, Play])[] = [
  ["setup", setup],
  ["audit", audit],
];

/** A shop whose machine user has accepted, and the token that was handed over. */
async function ready(): Promise<{ readonly shop: Shop; readonly token: string }> {
  const shop = await openShop({ activityMs: 0 });
  await runSetup(shop, { ...flags, only: "machine-user" });
  return { shop, token: (await shop.sandbox.acceptInvitation(email)).token };
}

/** A command that ends, ends in words that hold no secret, or well. */
function requireEnd(ended: unknown, where: string, secrets: readonly string[]): void {
  if (!(ended instanceof Error)) return;
  if (!(ended instanceof Failure)) throw ended;
  const said = failureLines(ended.parts).join("\n");
  expect(said, where).not.toMatch(/undefined|\bat .*:\d+/u);
  for (const secret of secrets) expect(said, where).not.toContain(secret);
}

/** Some of the moments after a request; the first is always among them, where every command has to fail. */
function momentsWithFirst(requests: number): readonly number[] {
  return [...new Set([0, ...someMoments(requests)])];
}

/** How many requests a command sends when nothing is in its way. */
async function length(play: Play): Promise<number> {
  const { shop, token } = await ready();
  let heard = 0;
  const ended = await play(shop, token, () => {
    heard += 1;
  });
  expect(ended).not.toBeInstanceOf(Error);
  return heard;
}

test.each(commands)(
  "a project that is deleted in the middle of %s ends it in words, whenever that is",
  async (_name, play) => {
    const requests = await length(play);
    expect(requests).toBeGreaterThan(4);
    for (const after of momentsWithFirst(requests)) {
      const { shop, token } = await ready();
      const before = shop.sandbox.requests.length;
      let heard = 0;
      const ended = await play(shop, token, () => {
        heard += 1;
        if (heard !== after + 1) return;
        const status = after % 2 === 0 ? 404 : 403;
        for (const path of [`/projects/${demoProjectId}`, `/projects/${demoProjectId}/**`]) {
          const effect = { kind: "status", status } as const;
          shop.sandbox.faults.add({ on: { path }, times: "always", effect });
        }
      });
      const where = `after request ${after + 1}`;
      requireEnd(ended, where, [token, shop.sandbox.operatorToken]);
      if (after === 0) expect(ended, where).toBeInstanceOf(Failure);
      expect(shop.sandbox.requests.length - before, where).toBeLessThan(requests + 12);
    }
  },
);

test.each(commands)(
  "a token that is revoked in the middle of %s ends it as signed out, and is not tried again and again",
  async (_name, play) => {
    const requests = await length(play);
    for (const after of momentsWithFirst(requests)) {
      const { shop, token } = await ready();
      const before = shop.sandbox.requests.length;
      let heard = 0;
      const ended = await play(shop, token, () => {
        heard += 1;
        if (heard === after + 1) shop.sandbox.revokeTokens(shop.sandbox.operatorEmail);
      });
      const where = `after request ${after + 1}`;
      requireEnd(ended, where, [token, shop.sandbox.operatorToken]);
      if (after === 0) expect(ended, where).toBeInstanceOf(Failure);
      if (ended instanceof Failure) expect(ended.reason, where).toBe("signedOut");
      expect(shop.sandbox.requests.length - before, where).toBeLessThan(requests + 24);
    }
  },
);

test("a variable that somebody else makes in the same second is neither made again nor overwritten", async () => {
  const { shop, token } = await ready();
  const path = `/projects/${demoProjectId}/environments/main/variables`;
  const { apiUrl: api, authUrl: auth, consoleUrl: console } = shop.sandbox;
  const somebody = connect({
    addresses: { api, auth, console },
    token: new Secret(shop.sandbox.operatorToken),
  });
  const flagsOfTheirs = {
    sensitive: true,
    enabled: true,
    inheritable: true,
    visibleAtBuild: true,
    visibleAtRuntime: true,
    applicationScope: [],
  };
  let made = 0;
  const ended = await converse(
    setupProcedure,
    shop,
    { token },
    {
      request: { given: { task: "backup", email } },
      onQuestion: async (question) => {
        if (!question.title.includes("PLATFORMSH_CLI_TOKEN") || made > 0) return;
        made += 1;
        await createVariable(somebody, demoProjectId, "main", {
          name: "env:PLATFORMSH_CLI_TOKEN",
          value: new Secret("the-token-of-somebody-else"),
          flags: flagsOfTheirs,
        });
      },
    },
  ).catch((error: unknown) => error);
  await somebody.close();
  expect(made).toBe(1);
  const writes = shop.sandbox.requests.filter(
    (request) => request.path.startsWith(path) && request.method !== "GET",
  );
  expect(writes.map(({ method, status }) => `${method} ${status}`)).toEqual([
    "POST 201",
    "POST 409",
  ]);
  if (!(ended instanceof Failure)) throw new Error("the setup said nothing");
  expect(failureLines(ended.parts).join("\n")).toContain("has this already");
  const stored = await readApi(shop, "/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN");
  expect(stored).toMatchObject({ is_inheritable: true, visible_build: true });

  expect((await runSetup(shop, { ...flags, ifSet: "replace" }, token)).failure).toBeUndefined();
  expect(await readFile(shop.file, "utf8")).toContain("backup:create");
  expect(
    await readApi(shop, "/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN"),
  ).toMatchObject({ is_inheritable: false, visible_build: false });
});
