import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { connect } from "../../src/platform/connection.ts";
import { createVariable } from "../../src/platform/variables.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { runSetupOn } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";
import { openShop, setTokenVariable } from "../setup/shop.ts";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";
import { leave, openSetup } from "./opened-setup.ts";

const email = "operator+shop-backup@example.org";
const thePlan = "The plan. Nothing is done yet.";

const sizes = [
  [80, 24],
  [60, 16],
  [40, 12],
  [120, 40],
] as const;

test.each(sizes)(
  "the usual setup takes five interactions at the most, at %i x %i",
  async (columns, rows) => {
    const { shop, terminal, ended, changes } = await openSetup(columns, rows);
    let interactions = 0;
    const press = (bytes: string) => {
      interactions += 1;
      terminal.type(bytes);
    };
    await terminal.shows("to do?");
    press(keys.enter);
    await terminal.shows(thePlan);
    expect(changes()).toEqual([]);
    press(keys.tab);
    press(keys.enter);
    await terminal.shows("API token");
    const { token } = await shop.sandbox.acceptInvitation(email);
    press(keys.paste(token));
    press(keys.enter);
    expect((await ended).failure).toBeUndefined();
    expect(interactions).toBeLessThanOrEqual(5);
    expect(await readFile(shop.file, "utf8")).toContain("platform backup:create --yes --no-wait");
  },
);

test("a plan that is shown again after something was done says so", async () => {
  const opened = await openSetup(80, 24, { task: "backup" });
  const { terminal } = opened;
  await terminal.shows(thePlan);
  terminal.type(keys.tab);
  terminal.type(keys.enter);
  await terminal.shows("API token");
  terminal.type(keys.escape);
  await terminal.shows("The plan for the rest: 1 change is done already.");
  await leave(opened);
});

test("a held Enter agrees to nothing, on no page before the button", async () => {
  const opened = await openSetup(80, 24);
  const { shop, terminal, changes } = opened;
  const before = await readFile(shop.file, "utf8");
  await terminal.shows("to do?");
  for (let press = 0; press < 300; press++) {
    terminal.type(keys.enter);
    // As a keyboard repeats: between two of them the program gets to work and to draw.
    await new Promise(setImmediate);
  }
  await terminal.shows("❯");
  await leave(opened);
  expect(changes()).toEqual([]);
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

test("Tab and Enter that were pressed before the plan was to be seen apply nothing", async () => {
  const opened = await openSetup(80, 24);
  await opened.terminal.shows("to do?");
  opened.terminal.type(keys.enter + keys.tab + keys.enter);
  await opened.terminal.shows(thePlan);
  await leave(opened);
  expect(opened.changes()).toEqual([]);
});

test.each(["q", "x", keys.paste("apply\r"), "\u0019", keys.left])(
  "a key that does nothing there says so in a line, and applies nothing (%j)",
  async (key) => {
    const opened = await openSetup(80, 24, { task: "backup" });
    await opened.terminal.shows(thePlan);
    opened.terminal.type(key);
    if (key === "q" || key === "x") await opened.terminal.shows(`${key} does nothing here`);
    await opened.terminal.shows(thePlan);
    await leave(opened);
    expect(opened.changes()).toEqual([]);
  },
);

test("a setting is changed from its item, and everything else is kept", async () => {
  const opened = await openSetup(80, 24, { task: "backup" });
  const { terminal } = opened;
  await terminal.shows(thePlan);
  // Out with the installer, then to the cron below it.
  terminal.type(keys.down + keys.down + keys.down);
  await terminal.shows("❯ [x] 4");
  terminal.type(" ");
  await terminal.shows("❯ [ ] 4");
  terminal.type(keys.down + keys.enter);
  await terminal.shows("❯ Environment");
  terminal.type(keys.down + keys.enter);
  await terminal.shows("When is the cron to run?");
  terminal.type("\u001530 6 * * 1\r");
  await terminal.shows(/Schedule +30 6 \* \* 1/u);
  await terminal.shows("Mondays at 06:30 UTC");
  terminal.type(keys.escape);
  await terminal.shows(/\[ \] 4[\s\S]*❯ \[x\] 5[\s\S]*Apply 3 changes/u);
  await leave(opened);
  expect(opened.changes()).toEqual([]);
});

test("Esc leaves a setting as it was", async () => {
  const opened = await openSetup(80, 24, { task: "backup" });
  const { terminal } = opened;
  await terminal.shows(thePlan);
  terminal.type(keys.enter);
  await terminal.shows("❯ Address");
  terminal.type(keys.enter);
  await terminal.shows("Which address does");
  terminal.type("x");
  await terminal.shows("example.orgx");
  terminal.type(keys.escape);
  await terminal.shows(new RegExp(`Address +${email.replace("+", "\\+")}$`, "mu"));
  await leave(opened);
});

test("what rests on the project is derived anew for another one", async () => {
  const opened = await openSetup(100, 30, { task: "backup", only: "machine-user" });
  const { terminal } = opened;
  await terminal.shows(thePlan);
  await terminal.shows(email);
  terminal.type(keys.enter);
  await terminal.shows("❯ Address");
  terminal.type(keys.down + keys.enter);
  await terminal.shows("Which project?");
  terminal.type("Blog\r");
  await terminal.shows("operator+bu-cherblog-zeitung-backup@example.org");
  await leave(opened);
});

test("Esc goes back from the plan, and asks each earlier question again with its answer offered", async () => {
  const opened = await openSetup(80, 24);
  const { terminal } = opened;
  await terminal.shows("to do?");
  terminal.type(keys.down + keys.down + keys.enter);
  await terminal.shows("environment does");
  terminal.type("staging");
  await terminal.shows("filter: staging");
  terminal.type(keys.enter);
  await terminal.shows(thePlan);
  terminal.type(keys.escape);
  await terminal.shows(/❯ Staging/u);
  terminal.type(keys.escape);
  await terminal.shows(/❯ \[ \] Copy the parent/u);
  await leave(opened);
  expect(opened.changes()).toEqual([]);
});

test("the list of projects filters as one types, and strips escape codes from a title", async () => {
  const opened = await openSetup(100, 24, { task: "backup" });
  const { terminal } = opened;
  await terminal.shows(thePlan);
  terminal.type(keys.enter);
  await terminal.shows("❯ Address");
  terminal.type(keys.down + keys.enter);
  await terminal.shows("Which project");
  terminal.type("blink");
  await terminal.shows("filter: blink");
  await terminal.shows(/1 of 1/u);
  expect(terminal.written()).not.toContain("\u001b[5m");
  terminal.type(keys.escape);
  await terminal.shows("北国書店オンライン");
  await leave(opened);
});

test("a setup that was left at the token and is gone on with sends no second invitation", async () => {
  const first = await openSetup(80, 24, { task: "backup" });
  const { shop } = first;
  await first.terminal.shows(thePlan);
  first.terminal.type(keys.tab + keys.enter);
  await first.terminal.shows("API token");
  await leave(first);
  const { token } = await shop.sandbox.acceptInvitation(email);
  const terminal = fakeTerminal(80, 24);
  const ended = runSetupOn(terminal, shop, {});
  await terminal.shows("Go on with the setup of Shop");
  terminal.type(keys.enter);
  await terminal.shows(thePlan);
  await terminal.shows("you said so before");
  terminal.type(keys.tab + keys.enter);
  await terminal.shows("API token");
  terminal.type(token);
  terminal.type(keys.enter);
  expect((await ended).failure).toBeUndefined();
  const sent = first.changes().filter((change) => /^POST .*\/invitations$/u.test(change));
  expect(sent).toHaveLength(1);
});

/** The page of the token, while the invitation to this address isn't accepted. */
const waitedFor = (address: string) => (shown: string) =>
  shown.includes(`sent to ${address}`) && shown.includes("isn't accepted yet");

test("another address after an invitation was sent names the first one, which is withdrawn only if it is marked", async () => {
  const opened = await openSetup(100, 30, { task: "backup" });
  const { terminal, shop, changes } = opened;
  const second = "robot@example.net";
  const invitations = () => changes().filter((change) => change.includes("/invitations"));
  await terminal.shows(thePlan);
  terminal.type(keys.tab + keys.enter);
  await terminal.shows(waitedFor(email));
  terminal.type(keys.escape);
  await terminal.shows("The plan for the rest");
  terminal.type(keys.enter);
  await terminal.shows("❯ Address");
  terminal.type(keys.enter);
  await terminal.shows("Which address does");
  terminal.type(`\u0015${second}`);
  await terminal.shows(second);
  terminal.type(keys.enter);
  await terminal.shows("❯ Address");
  terminal.type(keys.escape);
  await terminal.shows(/can't be taken back[\s\S]*\[ \] 2 {2}Withdraw the first invitation/u);
  expect(invitations()).toHaveLength(1);
  terminal.type(`${keys.down} `);
  await terminal.shows("[x] 2  Withdraw the first invitation");
  terminal.type(keys.tab + keys.enter);
  await terminal.shows(waitedFor(second));
  await leave(opened);
  expect(invitations().map((change) => change.split(" ")[0])).toEqual(["POST", "POST", "DELETE"]);
  await expect(shop.sandbox.acceptInvitation(email)).rejects.toThrow("no invitation");
  expect(await runUndo(shop)).toContain(`Cancelled the invitation of ${second}`);
});

describe("variables that are in the wrong place", () => {
  const name = "env:PLATFORMSH_CLI_TOKEN";
  const flagsOfVariable = {
    ...{ sensitive: false, enabled: true, inheritable: true },
    ...{ visibleAtBuild: true, visibleAtRuntime: true, applicationScope: [] },
  };

  /** A shop whose variable is right, with one of the project and one without its prefix beside it. */
  async function withStrays() {
    const opened = await openShop();
    await setTokenVariable(opened);
    const connection = connect({
      addresses: {
        ...{ api: opened.sandbox.apiUrl, auth: opened.sandbox.authUrl },
        console: opened.sandbox.consoleUrl,
      },
      token: new Secret(opened.sandbox.operatorToken),
    });
    const made = { value: new Secret("old-token-3f8e"), flags: flagsOfVariable };
    await createVariable(connection, demoProjectId, "main", {
      name: "PLATFORMSH_CLI_TOKEN",
      ...made,
    });
    const body = { name, value: "old-token-3f8e", is_sensitive: false };
    await connection.send("POST", `/projects/${demoProjectId}/variables`, body, () => undefined);
    await connection.close();
    const terminal = fakeTerminal(80, 30);
    const ended = runSetupOn(terminal, opened, { only: "variable" });
    const deleted = () =>
      opened.sandbox.requests.flatMap(({ method, path }) => (method === "DELETE" ? [path] : []));
    await terminal.shows("These can't be taken back");
    return { terminal, ended, deleted };
  }

  test("stand apart and unmarked, and without a mark none is deleted", async () => {
    const { terminal, ended, deleted } = await withStrays();
    await terminal.shows(/taken back[\s\S]*\[ \] 2[\s\S]*\[ \] 3/u);
    terminal.type(keys.tab + keys.enter);
    expect((await ended).failure).toBeUndefined();
    expect(deleted()).toEqual([]);
  });

  test("are marked one by one, and only what is marked is deleted", async () => {
    const { terminal, ended, deleted } = await withStrays();
    terminal.type(`${keys.end} `);
    await terminal.shows(/\[ \] 2[\s\S]*\[x\] 3[\s\S]*Apply 1 change/u);
    terminal.type(keys.tab + keys.enter);
    expect((await ended).failure).toBeUndefined();
    expect(deleted()).toHaveLength(1);
  });
});
