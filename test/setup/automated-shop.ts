import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState } from "../../src/sandbox/state.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, readApi, type Shop } from "./shop.ts";

/** The address of the machine user in an automated shop. */
export const machineUserEmail = "operator+shop-backup@example.org";

/** A shop with the token of its machine user. */
export interface AutomatedShop extends Shop {
  readonly token: string;
}

/** What is left of a shop that was set up: the platform's state, the application's file, and the token. */
let prepared: Promise<{ state: string; file: string; token: string }> | undefined;

/**
 * Lays down a shop whose machine user, token and cron are set up, pushed and deployed. The token is called `machinist`.
 * It is set up once, and what came of it is copied for each test, without the journal of the run.
 */
export async function openAutomatedShop(): Promise<AutomatedShop> {
  prepared ??= prepare();
  const { state, file, token } = await prepared;
  const read = readState(state);
  if (read.kind === "unusable") throw new Error(read.why);
  const shop = await openShop({ contents: read.contents });
  await writeFile(shop.file, file);
  return { ...shop, token };
}

async function prepare() {
  const shop = await setUpShop();
  await settled(shop);
  return {
    state: shop.sandbox.state(),
    file: await readFile(shop.file, "utf8"),
    token: shop.token,
  };
}

/** Sets a shop up and pushes it; its deployment may be under way, and the run can be undone. */
export async function setUpShop(): Promise<AutomatedShop> {
  const shop = await openShop();
  const flags = { task: "backup", email: machineUserEmail, yes: true };
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(machineUserEmail);
  expect((await runSetup(shop, flags, token)).failure).toBeUndefined();
  const text = await readFile(shop.file, "utf8");
  shop.sandbox.push(demoProjectId, "main", { ".platform.app.yaml": text });
  return { ...shop, token };
}

/** Waits until the environment has nothing under way. */
export async function settled(shop: Shop): Promise<void> {
  for (;;) {
    const activities = await readApi(shop, "/environments/main/activities");
    if (!JSON.stringify(activities).match(/"state":"(?:pending|in_progress)"/u)) return;
    await pause(5);
  }
}
