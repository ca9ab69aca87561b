import { readFile, rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { pendingInvitations } from "../../src/platform/invitations.ts";
import { createVariable, environmentVariables } from "../../src/platform/variables.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

function operator({ sandbox }: Shop) {
  return connect({
    addresses: { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl },
    token: new Secret(sandbox.operatorToken),
  });
}

test("undo takes back the variable and the file, the last change first", async () => {
  const shop = await openShop();
  const before = await readFile(shop.file, "utf8");
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  expect((await runSetup(shop, flags, token)).failure).toBeUndefined();
  const said = await runUndo(shop);
  expect(said).toContain("Deleted the variable");
  expect(said.indexOf("cron backup")).toBeLessThan(said.indexOf("Delete"));
  expect(await readFile(shop.file, "utf8")).toBe(before);
  const connection = operator(shop);
  expect(await environmentVariables(connection, demoProjectId, "main")).toEqual([]);
  await connection.close();
});

test("undo cancels an invitation that nobody accepted", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, only: "machine-user" });
  const connection = operator(shop);
  expect(await pendingInvitations(connection, demoProjectId)).toHaveLength(1);
  expect(await runUndo(shop)).toContain("Cancelled the invitation");
  expect(await pendingInvitations(connection, demoProjectId)).toEqual([]);
  expect(await runUndo(shop)).toContain("There is nothing to undo here.");
  await connection.close();
});

test("a directory that isn't there is no setup's, and a run in it is taken back where there was one", async () => {
  const shop = await openShop();
  const mistyped = { directory: `${shop.directory}-2`, env: shop.env };
  const reason = { parts: { what: `There is no directory ${mistyped.directory}` } };
  const connection = operator(shop);
  const only = { ...flags, project: demoProjectId, environment: "main", only: "machine-user" };
  expect((await runSetup(mistyped, only)).failure).toMatchObject(reason);
  expect(await pendingInvitations(connection, demoProjectId)).toEqual([]);
  await expect(runUndo(mistyped)).rejects.toMatchObject(reason);
  await runSetup(shop, only);
  await rm(shop.directory, { recursive: true });
  expect(await runUndo(shop)).toContain("Cancelled the invitation");
  await connection.close();
});

test("undo watches the redeployment that it causes, and says how it ended", async () => {
  const shop = await openShop();
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  await runSetup(shop, { ...flags, only: "token,variable" }, token);
  shop.sandbox.faults.add({
    on: { method: "DELETE", path: "/projects/*/environments/*/variables/*" },
    effect: { kind: "failedDeployment" },
  });
  const said = await runUndo(shop);
  expect(said).toMatch(
    /done: Deleted the variable .*\nthe redeployment has ended: the deployment/u,
  );
  await runSetup(shop, { ...flags, only: "token,variable" }, token);
  expect(await runUndo(shop)).toContain("the redeployment has ended: deployed");
  await runSetup(shop, { ...flags, only: "token,variable" }, token);
  expect(await runUndo(shop, { waits: false })).toContain("the redeployment goes on by itself");
});

test("undo deletes what hides an inherited variable, so that it is inherited again", async () => {
  const shop = await openShop();
  const connection = operator(shop);
  await createVariable(connection, demoProjectId, "main", {
    name: "env:PLATFORMSH_CLI_TOKEN",
    value: new Secret("the-token-of-main"),
    flags: {
      sensitive: true,
      enabled: true,
      inheritable: true,
      visibleAtBuild: false,
      visibleAtRuntime: true,
      applicationScope: [],
    },
  });
  const before = await environmentVariables(connection, demoProjectId, "staging");
  expect(before).toMatchObject([{ inherited: true }]);
  const forStaging = { ...flags, task: "source-operation", environment: "staging" };
  await runSetup(shop, { ...forStaging, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const set = await runSetup(shop, { ...forStaging, only: "token,variable" }, token);
  expect(set.failure).toBeUndefined();
  expect(set.out).toContain("it is inherited now: this makes one of the environment's own");
  expect(await environmentVariables(connection, demoProjectId, "staging")).toMatchObject([
    { inherited: false },
  ]);
  expect(await runUndo(shop)).toContain("the environment inherits it from its parent again");
  expect(await environmentVariables(connection, demoProjectId, "staging")).toEqual(before);
  await connection.close();
});
