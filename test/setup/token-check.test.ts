import { expect, test } from "vitest";
import { known } from "../../src/fact.ts";
import { Failure } from "../../src/failure.ts";
import { checkLine, tokenChecklist } from "../../src/setup/token-checklist.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

const owner = {
  id: "u1",
  email: "machine@example.org",
  username: "machine",
  name: "Machine",
  sso: false,
};
const needed = ["viewer", "production:admin"];
const right = {
  owner,
  sshKeys: [],
  grants: {
    projects: [{ id: "shop", permissions: needed }],
    organizations: [{ id: "org", permissions: [] }],
  },
};

test("a machine user with exactly the role, one project, no key and no rights elsewhere is good all over", () => {
  const checks = tokenChecklist(right, "shop", known(needed));
  expect(checks.map(({ kind }) => kind)).toEqual(["good", "good", "good", "good", "good"]);
});

test.each([
  [
    "an account that is not on the project",
    { grants: { projects: [], organizations: [] } },
    "missing: it can't see the project yet",
  ],
  [
    "a role that is too low",
    {
      grants: {
        projects: [{ id: "shop", permissions: ["viewer", "production:viewer"] }],
        organizations: [],
      },
    },
    "missing: the task needs production:admin",
  ],
  [
    "a role on another type",
    {
      grants: {
        projects: [{ id: "shop", permissions: [...needed, "staging:viewer"] }],
        organizations: [],
      },
    },
    "too much: it is staging:viewer as well",
  ],
  [
    "a project admin",
    { grants: { projects: [{ id: "shop", permissions: ["admin"] }], organizations: [] } },
    "too much: it is admin as well",
  ],
  [
    "another project",
    {
      grants: {
        projects: [...right.grants.projects, { id: "blog", permissions: ["viewer"] }],
        organizations: [],
      },
    },
    "too much: it sees other projects: blog",
  ],
  [
    "an organization's billing",
    { grants: { ...right.grants, organizations: [{ id: "org", permissions: ["billing"] }] } },
    "too much: it has rights in an organization: org (billing)",
  ],
  ["an SSH key", { sshKeys: [{ id: 1, title: "laptop" }] }, "too much: it has SSH keys: laptop"],
  ["keys that can't be read", { sshKeys: undefined }, "not known: whether it has SSH keys"],
])("the checklist names %s", (_what, facts, line) => {
  const lines = tokenChecklist({ ...right, ...facts }, "shop", known(needed)).map(checkLine);
  expect(lines.filter((each) => each.startsWith(line))).toHaveLength(1);
});

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

test("a token whose account has an SSH key is refused before anything is changed, and accepted by its flag", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  await addKey(shop.sandbox.apiUrl, shop.sandbox.authUrl, token);

  const refused = await runSetup(shop, flags, token);
  expect(refused.failure).toBeInstanceOf(Failure);
  expect(refused.failure).toMatchObject({ reason: "signedOut" });
  expect(String(refused.failure)).toContain("The token can do more than the task needs");
  const sent = shop.sandbox.requests.filter(({ path }) => path.endsWith("/variables"));
  expect(sent.filter(({ method }) => method === "POST")).toEqual([]);

  const accepted = await runSetup(shop, { ...flags, acceptExtraRights: true }, token);
  expect(accepted.failure).toBeUndefined();
  expect(accepted.out).toContain("accepted: it has SSH keys: laptop");
});

test("what the API doesn't say of the token's account is told as not known, and not as fine", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  shop.sandbox.faults.add({
    on: { path: "/me" },
    times: "always",
    effect: { kind: "missingFields", fields: ["ssh_keys"] },
  });
  const { out, failure } = await runSetup(shop, { ...flags, only: "token,variable" }, token);
  expect(failure).toBeUndefined();
  expect(out).toMatch(/^Token's rights: .*; not known: whether it has SSH keys; /mu);
});

test("a token whose account has not accepted yet can't be accepted by any flag", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const other = { ...flags, environment: "staging", acceptExtraRights: true };
  const { failure } = await runSetup(shop, { ...other, only: "token,variable" }, token);
  expect(String(failure)).toContain("missing: the task needs staging:admin");
});

async function addKey(apiUrl: string, authUrl: string, token: string): Promise<void> {
  const exchanged = await fetch(`${authUrl}/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("platform-api-user:")}` },
    body: new URLSearchParams({ grant_type: "api_token", api_token: token }),
  });
  const answer: unknown = await exchanged.json();
  expect(answer).toMatchObject({ access_token: expect.any(String) });
  const access = answer !== null && typeof answer === "object" && "access_token" in answer;
  const added = await fetch(`${apiUrl}/ssh_keys`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${access ? answer.access_token : ""}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ value: `ssh-ed25519 ${btoa("key of a laptop")}`, title: "laptop" }),
  });
  expect(added.status).toBe(201);
}
