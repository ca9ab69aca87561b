import { expect, test } from "vitest";
import { projectAccess, removeAccess } from "../../src/platform/access.ts";
import { connect } from "../../src/platform/connection.ts";
import { cancelInvitation, pendingInvitations } from "../../src/platform/invitations.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { rememberProject } from "../../src/settings.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, readApi, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true, only: "machine-user" };
const person = "developer@example.org";

async function roleOf(shop: Shop, address: string): Promise<unknown> {
  const connection = operator(shop);
  const access = await projectAccess(connection, demoProjectId);
  await connection.close();
  return access.find((entry) => entry.email === address)?.permissions;
}

function operator({ sandbox }: Shop) {
  return connect({
    addresses: { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl },
    token: new Secret(sandbox.operatorToken),
  });
}

test("--yes alone does not change the role of somebody who is on the project already", async () => {
  const shop = await openShop();
  const before = await roleOf(shop, person);
  const { failure } = await runSetup(shop, { ...flags, email: person });
  expect(failure).toMatchObject({
    reason: "usage",
    parts: { next: "answer it with --change-role" },
  });
  expect(await roleOf(shop, person)).toEqual(before);
});

test("--change-role changes it, with the role before and after shown", async () => {
  const shop = await openShop();
  const { failure, out } = await runSetup(shop, { ...flags, email: person, changeRole: true });
  expect(failure).toBeUndefined();
  expect(out).toContain("- viewer, contributor on staging, admin on development");
  expect(out).toContain("+ viewer, admin on production");
  expect(await roleOf(shop, person)).toEqual(["viewer", "production:admin"]);
});

test("an invitation with another role is replaced, and the address has one invitation", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, task: "checkout" });
  const { failure, out } = await runSetup(shop, flags);
  expect(failure).toBeUndefined();
  expect(out).toContain("the invitation that is waiting is cancelled");
  expect(await readApi(shop, "/invitations")).toMatchObject([
    { email, permissions: [{ type: "production", role: "admin" }] },
  ]);
});

test("an address that another project's machine user has is refused, and taken when that is accepted", async () => {
  const shop = await openShop();
  await rememberProject(shop.env, "blogn6w3t8ry5", "Blog");
  const taken = { ...flags, email: "bot@example.org" };
  const { failure } = await runSetup(shop, taken);
  expect(failure).toMatchObject({ reason: "usage" });
  expect(String(failure)).toContain("on the project Blog too");
  const accepted = await runSetup(shop, { ...taken, acceptExtraRights: true });
  expect(accepted.failure).toBeUndefined();
});

test("a project that can't be seen any more doesn't stand in the way", async () => {
  const shop = await openShop();
  await rememberProject(shop.env, "gone1a2b3c4d5", "Gone");
  expect((await runSetup(shop, flags)).failure).toBeUndefined();
});

test("a machine user that was removed in the middle is invited again, without its token being pasted again", async () => {
  const shop = await openShop();
  await runSetup(shop, flags);
  const { token } = await shop.sandbox.acceptInvitation(email);
  const connection = operator(shop);
  const accounts = await projectAccess(connection, demoProjectId);
  await removeAccess(
    connection,
    demoProjectId,
    accounts.find((account) => account.email === email)?.user ?? "",
  );
  await connection.close();

  const { asked, told } = await converse(
    setupProcedure,
    shop,
    { email, token, "token-check": "access" },
    { request: { only: ["machine-user", "token"], given: { task: "backup" } } },
  );
  expect(asked.filter((title) => title === "The machine user's API token")).toHaveLength(1);
  expect(told.join("\n")).toContain("its role is exactly viewer, production:admin");
});

test("an invitation that somebody cancelled is said to be gone while the token is waited for", async () => {
  const shop = await openShop();
  await runSetup(shop, flags);
  const connection = operator(shop);
  const seen: string[] = [];
  await converse(
    setupProcedure,
    shop,
    { email, token: shop.sandbox.operatorToken },
    {
      request: { only: ["machine-user", "token"], given: { task: "backup" } },
      onQuestion: async (question) => {
        if (question.kind !== "secret" || question.watch === undefined) return;
        const [invitation] = await pendingInvitations(connection, demoProjectId);
        await cancelInvitation(connection, demoProjectId, invitation?.id ?? "");
        const enough = new AbortController();
        await question.watch((line) => {
          seen.push(line);
          enough.abort();
        }, enough.signal);
      },
    },
  ).catch(() => undefined);
  await connection.close();
  expect(seen).toEqual([
    `the invitation for ${email} isn't there any more; start again to send it anew`,
  ]);
});
