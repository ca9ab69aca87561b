import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { runSetup } from "../setup/run-setup.ts";
import { setTokenVariable } from "../setup/shop.ts";
import { keys } from "../terminal/fake-terminal.ts";
import { leave, openSetup } from "./opened-setup.ts";

const email = "operator+shop-backup@example.org";
const thePlan = "The plan. Nothing is done yet.";
const apply = keys.tab + keys.enter;

test("a file that was edited meanwhile is planned and shown again", async () => {
  const opened = await openSetup(80, 24, { task: "backup" });
  const { shop, terminal, ended } = opened;
  await terminal.shows(thePlan);
  await writeFile(shop.file, `# Edited meanwhile.\n${await readFile(shop.file, "utf8")}`);
  terminal.type(keys.tab + keys.enter);
  await terminal.shows("Something has changed since");
  expect(opened.changes()).toEqual([]);
  terminal.type(keys.tab + keys.enter);
  await terminal.shows("API token");
  const { token } = await shop.sandbox.acceptInvitation(email);
  terminal.type(keys.paste(token) + keys.enter);
  expect((await ended).failure).toBeUndefined();
  expect(await readFile(shop.file, "utf8")).toMatch(/^# Edited meanwhile\.\n[\s\S]*backup:create/u);
});

/** What the project's machine user is looked for in. */
const invitations = { method: "GET", path: `/projects/${demoProjectId}/invitations` };

/** What a request meets while the API is down: an error that isn't passing, so that nothing is tried again and waited for. */
const down = { kind: "status", status: 500 } as const;

/** A setup whose plan was agreed to, at the moment from which the API is down. */
async function applyWithoutApi(effect: Fault["effect"] = down) {
  const opened = await openSetup(80, 24, { task: "backup" });
  const { shop, terminal, changes } = opened;
  await terminal.shows(thePlan);
  shop.sandbox.faults.add({ on: invitations, times: "always", effect });
  terminal.type(apply);
  await terminal.shows("This did not work");
  expect(changes()).toEqual([]);
  return opened;
}

test("a plan that was agreed to while the API was down is carried out once it is tried again and nothing has changed", async () => {
  const opened = await applyWithoutApi({ kind: "reset", when: "before" });
  const { shop, terminal, changes } = opened;
  shop.sandbox.faults.clear();
  terminal.type(keys.enter);
  await terminal.shows("API token");
  expect(changes().filter((change) => change.endsWith("/invitations"))).toHaveLength(1);
  await leave(opened);
});

test("a plan that was agreed to while the API was down is shown again where the file was edited meanwhile", async () => {
  const opened = await applyWithoutApi();
  const { shop, terminal, changes } = opened;
  const edited = `# Edited meanwhile.\n${await readFile(shop.file, "utf8")}`;
  await writeFile(shop.file, edited);
  shop.sandbox.faults.clear();
  terminal.type(keys.enter);
  await terminal.shows("Something has changed since");
  terminal.type(keys.enter.repeat(20));
  await leave(opened);
  expect(changes()).toEqual([]);
  expect(await readFile(shop.file, "utf8")).toBe(edited);
});

test("a plan that was agreed to while the API was down is shown again where the machine user was invited meanwhile", async () => {
  const opened = await applyWithoutApi();
  const { shop, terminal, changes } = opened;
  shop.sandbox.faults.clear();
  const other = await runSetup(shop, { task: "backup", email, only: "machine-user", yes: true });
  expect(other.failure).toBeUndefined();
  const before = changes().length;
  terminal.type(keys.enter);
  await terminal.shows("Something has changed since");
  await leave(opened);
  expect(changes().slice(before)).toEqual([]);
});

test("a token that is revoked while the plan is looked at ends the setup as signed out, with nothing changed", async () => {
  const opened = await openSetup(80, 24, { task: "backup" });
  const { shop, terminal, ended, changes } = opened;
  const before = await readFile(shop.file, "utf8");
  await terminal.shows(thePlan);
  shop.sandbox.revokeTokens(shop.sandbox.operatorEmail);
  terminal.type(apply);
  await terminal.shows("token");
  await leave(opened);
  const { err } = await ended;
  expect(err).toContain("nothing was changed");
  expect(changes()).toEqual([]);
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

test("of two plans of one project the second finds what the first has done, and shows what is left", async () => {
  const opened = await openSetup(80, 24, {
    task: "backup",
    only: "installer,cron",
    branch: "main",
  });
  const { shop, terminal, ended } = opened;
  await terminal.shows(thePlan);
  const first = await runSetup(shop, {
    ...{ task: "backup", only: "installer,cron", branch: "main", yes: true },
  });
  expect(first.failure).toBeUndefined();
  const after = await readFile(shop.file, "utf8");
  terminal.type(apply);
  await ended;
  expect(await readFile(shop.file, "utf8")).toBe(after);
  expect(after.match(/platform backup:create/gu)).toHaveLength(1);
});

describe("after a failure in the middle of what was agreed to, Enter", () => {
  /** At the failure: the variable was refused, and from now on the platform takes it. */
  async function failed() {
    const opened = await openSetup(80, 24, { task: "backup" });
    const { shop, terminal } = opened;
    const { faults } = shop.sandbox;
    const on = { method: "POST", path: "/projects/*/environments/*/variables" } as const;
    faults.add({ on, times: "always", effect: { kind: "html" } });
    await terminal.shows(thePlan);
    terminal.type(apply);
    await terminal.shows("API token");
    const { token } = await shop.sandbox.acceptInvitation(email);
    terminal.type(keys.paste(token) + keys.enter);
    await terminal.shows("✖ This did not work");
    faults.clear();
    return opened;
  }

  test("goes on with it as long as all is as it was shown", async () => {
    const { shop, terminal, ended } = await failed();
    terminal.type(keys.enter);
    expect((await ended).failure).toBeUndefined();
    expect(terminal.history().join("\n")).not.toContain("The plan for the rest");
    expect(await readFile(shop.file, "utf8")).toContain("backup:create");
  });

  test("shows the plan anew where it has changed, and does nothing before that is agreed to", async () => {
    const opened = await failed();
    const { shop, terminal } = opened;
    await setTokenVariable(shop);
    const before = opened.changes().length;
    terminal.type(keys.enter);
    await terminal.shows("Variable: this has changed. Look at it again.");
    expect(opened.changes().length).toBe(before);
    expect(await readFile(shop.file, "utf8")).not.toContain("backup:create");
    await leave(opened);
  });
});
