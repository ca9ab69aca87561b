import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { signIn } from "../sandbox/client.ts";
import { machineUserEmail, openAutomatedShop } from "./automated-shop.ts";
import { runSetup } from "./run-setup.ts";

/** A shop that is set up, seen by an account that may neither manage users nor see the project's variables. */
async function seenByContributor() {
  const shop = await openAutomatedShop();
  const operator = await signIn(shop.sandbox);
  const email = "contributor@example.org";
  const permissions = [{ type: "production", role: "contributor" }];
  const invitation = { email, role: "viewer", permissions };
  await operator.send("POST", `/projects/${demoProjectId}/invitations`, invitation);
  const { token } = await shop.sandbox.acceptInvitation(email);
  return { ...shop, env: { ...shop.env, PLATFORMSH_CLI_TOKEN: token } };
}

test("a setup by an account without the right to invite ends with what it may not see, and whom to ask", async () => {
  const shop = await seenByContributor();
  const { failure } = await runSetup(shop, { task: "backup", email: "bot@example.org", yes: true });
  expect(failure).toMatchObject({
    reason: "api",
    parts: {
      what: "This account may not see the invitations of the project",
      next: "ask an admin of the project for the right, or sign in with the token of one",
    },
  });
});

test("stray variables that the account may not see are told as not known, not as none", async () => {
  const shop = await seenByContributor();
  const flags = { task: "backup", email: machineUserEmail, only: "variable", yes: true };
  const { out, failure } = await runSetup(shop, flags);
  expect(failure).toBeUndefined();
  expect(out).toContain("this account may not see the variables of the project");
  expect(out).not.toContain("Stray variables: none");
});
