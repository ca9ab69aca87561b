import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { undoCommand } from "../../src/commands/undo/run.ts";
import { connect } from "../../src/platform/connection.ts";
import { pendingInvitations } from "../../src/platform/invitations.ts";
import { environmentVariables } from "../../src/platform/variables.ts";
import { vendors } from "../../src/platform/vendors.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

/** Runs `undo` as the command line would, and gives what it printed. */
async function runUndo({ directory, env }: Shop): Promise<string> {
  const lines: string[] = [];
  await undoCommand(
    directory,
    { vendor: vendors.platformsh, face: "flags", yes: true, dryRun: false, verbose: false },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      document: () => undefined,
      env,
      signal: new AbortController().signal,
    },
  );
  return lines.join("\n");
}

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
