import { readFile, writeFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { openAudit } from "../../src/commands/audit/audited.ts";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { Failure } from "../../src/failure.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { signIn } from "../sandbox/client.ts";
import { openShop, type Shop } from "../setup/shop.ts";

/** The shop, with a cron that redeploys production. */
async function openRedeployingShop(): Promise<Shop> {
  const shop = await openShop();
  const text = await readFile(shop.file, "utf8");
  await writeFile(
    shop.file,
    text.replace('"$PLATFORM_BRANCH" = master', '"$PLATFORM_BRANCH" = main'),
  );
  return shop;
}

/** What the audit of the shop finds about its machine user, with this token of that account. */
async function found({ directory, env }: Shop, token: string): Promise<readonly string[]> {
  const audited = await openAudit(
    {
      ...readAuditOptions({ directory }, flagsOf("audit", {})),
      vendor: vendors.platformsh,
      face: "flags",
      flags: [],
      machineToken: new Secret(token),
    },
    { out() {}, err() {}, document() {}, env, signal: new AbortController().signal },
  );
  onTestFinished(() => audited.close());
  const findings = audited.findings();
  expect(JSON.stringify(findings)).not.toContain(token);
  return findings
    .filter(({ rule }) => /^machine-user|^token-of/u.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

/** Puts an account on the shop, and gives a token of it. */
async function invited({ sandbox }: Shop, email: string, role: string) {
  const operator = await signIn(sandbox);
  const invitation = { email, role: "viewer", permissions: [{ type: "production", role }] };
  await operator.send("POST", `/projects/${demoProjectId}/invitations`, invitation);
  return (await sandbox.acceptInvitation(email)).token;
}

test("the machine user's own token shows that its role is too weak for the cron", async () => {
  const shop = await openRedeployingShop();
  const token = await invited(shop, "machine@example.org", "viewer");
  expect(await found(shop, token)).toEqual([
    "machine-user-too-weak: machine@example.org lacks production:admin, which environment:redeploy in a cron needs",
  ]);
});

test("an account that is on other projects is told, and one with just its role isn't", async () => {
  const shop = await openRedeployingShop();
  expect(await found(shop, await invited(shop, "machine@example.org", "admin"))).toEqual([]);
  const [several, ...others] = await found(shop, await invited(shop, "bot@example.org", "admin"));
  expect(others).toEqual([]);
  expect(several).toMatch(
    /^machine-user-in-several-projects: bot@example\.org reaches other projects too: \w+(?:, \w+)+$/u,
  );
});

test("the operator's own token is a person's", async () => {
  const shop = await openRedeployingShop();
  expect((await found(shop, shop.sandbox.operatorToken)).join("\n")).toContain(
    "token-of-a-person: The cron's work is done as operator@example.org, which is your own account",
  );
});

test("a token that is refused ends the audit, and isn't repeated", async () => {
  const failure = await found(await openRedeployingShop(), "no-such-token").catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ reason: "signedOut", parts: { where: "--machine-token-stdin" } });
  expect(JSON.stringify(failure)).not.toContain("no-such-token");
});

test("offline, a token of the machine user is refused as of no use", () => {
  expect(() =>
    readAuditOptions(
      { directory: "." },
      flagsOf("audit", { offline: true, machineTokenStdin: true }),
    ),
  ).toThrow(Failure);
});

test("an account that the API doesn't name costs what compares with it, and nothing else", async () => {
  const shop = await openShop();
  const verdict = async () => {
    const audited = await openAudit(
      {
        ...readAuditOptions({ directory: shop.directory }, flagsOf("audit", {})),
        vendor: vendors.platformsh,
        face: "flags",
        flags: [],
      },
      { out() {}, err() {}, document() {}, env: shop.env, signal: new AbortController().signal },
    );
    onTestFinished(() => audited.close());
    const { findings, unread } = audited.verdict();
    return { messages: findings.map(({ message }) => message), unread };
  };
  const named = await verdict();
  shop.sandbox.faults.add({
    on: { method: "GET", path: "/users/me" },
    effect: { kind: "status", status: 403 },
    times: "always",
  });
  const nameless = await verdict();
  expect(nameless.messages).toEqual(named.messages);
  expect(nameless.unread).toContainEqual(
    expect.objectContaining({
      what: "whose account is signed in",
      rules: ["machine-user-too-strong", "token-of-a-person"],
      byChoice: false,
    }),
  );
  expect(named.unread).not.toContainEqual(
    expect.objectContaining({ what: "whose account is signed in" }),
  );
});
