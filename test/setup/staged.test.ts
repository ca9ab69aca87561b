import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { signIn } from "../sandbox/client.ts";
import { machineUserEmail as email } from "./automated-shop.ts";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

test("where deployments are made by hand, a token is said to be staged and not live, with the command that deploys it", async () => {
  const shop = await openShop();
  const operator = await signIn(shop.sandbox);
  const settings = `/projects/${demoProjectId}/environments/main/settings`;
  await operator.send("PATCH", settings, { enable_manual_deployments: true });
  const flags = { task: "backup", email, yes: true };
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);

  const shown = await runSetup(shop, { ...flags, dryRun: true }, token);
  expect(shown.failure).toBeUndefined();
  const run = await runSetup(shop, flags, token);
  expect(run.failure).toBeUndefined();
  expect(run.out).toContain("staged, not live until the environment is deployed");
  expect(run.out).not.toMatch(/deployment failed|redeployed/u);
  expect(run.out).toContain("left to you: look at git diff, commit and push; the push is staged");
  expect(run.out).toContain(
    `left to you: deploy what is staged: platform environment:deploy --project ${demoProjectId} --environment main`,
  );
});
