import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planUndo } from "../../src/change/undo.ts";
import { connect } from "../../src/platform/connection.ts";
import { createVariable, type VariableFlags } from "../../src/platform/variables.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, readApi, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };
const only = ["machine-user", "token", "variable"] as const;
const flagged = { ...flags, only: only.join(",") };
const name = "env:PLATFORMSH_CLI_TOKEN";
const old = "old-token-b6f1c9d2";
const careless: VariableFlags = {
  sensitive: false,
  enabled: true,
  inheritable: true,
  visibleAtBuild: true,
  visibleAtRuntime: true,
  applicationScope: [],
};

function operator({ sandbox }: Shop) {
  return connect({
    addresses: { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl },
    token: new Secret(sandbox.operatorToken),
  });
}

/** Sets a variable as somebody did by hand: on the environment main, or for the whole project. */
async function setByHand(shop: Shop, level: "main" | "project", variable: string, value = old) {
  const connection = operator(shop);
  if (level === "main") {
    await createVariable(connection, demoProjectId, "main", {
      name: variable,
      value: new Secret(value),
      flags: careless,
    });
  } else {
    const body = { name: variable, value, is_sensitive: false };
    await connection.send("POST", `/projects/${demoProjectId}/variables`, body, () => undefined);
  }
  await connection.close();
}

/** A shop whose machine user is on the project, and its token. */
async function withMachineUser(shop: Shop): Promise<string> {
  expect((await runSetup(shop, { ...flags, only: "machine-user" })).failure).toBeUndefined();
  return (await shop.sandbox.acceptInvitation(email)).token;
}

const onMain = (shop: Shop) =>
  readApi(shop, "/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN");
const ofProject = (shop: Shop) => readApi(shop, "/variables");

test("a variable that is there is shown with its flags and since when, and only its flags are corrected", async () => {
  const shop = await openShop();
  await withMachineUser(shop);
  await setByHand(shop, "main", name);
  const seen: string[] = [];
  const { asked } = await converse(
    setupProcedure,
    shop,
    { email },
    {
      request: { only, given: { task: "backup" } },
      onQuestion: async ({ title, facts }) => {
        if (title.includes("is set already")) seen.push(...facts);
      },
    },
  );
  expect(seen[0]).toMatch(/^It has been set since \d{4}-\d\d-\d\d\.$/u);
  expect(seen).toContain(
    "inheritable: yes, child environments get it too; it should be: no, only this environment gets it",
  );
  expect(asked).toContain(`Change ${name}?`);
  expect(asked).not.toContain("The machine user's API token");
  expect(await onMain(shop)).toMatchObject({ is_sensitive: true, is_inheritable: false });
});

test("--if-set replace asks for a token, and says that the old value is gone then", async () => {
  const shop = await openShop();
  const token = await withMachineUser(shop);
  await setByHand(shop, "main", name);
  const without = await runSetup(shop, { ...flagged, ifSet: "replace" });
  expect(without.failure).toMatchObject({ reason: "usage" });
  expect(String(without.failure)).toContain("API token");
  const { failure, out } = await runSetup(shop, { ...flagged, ifSet: "replace" }, token);
  expect(failure).toBeUndefined();
  expect(out).toContain("replaced by the machine user's token");
});

test.each([{}, { email }])(
  "a token that is handed over is used also with --only variable: %j",
  async (more) => {
    const shop = await openShop();
    await runSetup(shop, { ...flags, only: "machine-user" });
    const { token } = await shop.sandbox.acceptInvitation(email);
    const asked = { ...more, only: "variable", yes: true };
    expect((await runSetup(shop, asked, token)).failure).toBeUndefined();
    const set = await readApi(shop, `/environments/main/variables/${encodeURIComponent(name)}`);
    expect(set).toMatchObject({ is_sensitive: true, is_inheritable: false });
    const own = await runSetup(shop, asked, shop.sandbox.operatorToken);
    expect(own.failure).toMatchObject({ reason: "signedOut" });
  },
);

test("--if-set leave changes nothing, though the flags are wrong", async () => {
  const shop = await openShop();
  await withMachineUser(shop);
  await setByHand(shop, "main", name);
  const before = await onMain(shop);
  const { failure, out } = await runSetup(shop, { ...flagged, ifSet: "leave" });
  expect(failure).toBeUndefined();
  expect(out).toContain(`${name} is left as it is`);
  expect(await onMain(shop)).toEqual(before);
});

test("an answer that is none of the three is refused", async () => {
  const shop = await openShop();
  await setByHand(shop, "main", name);
  await expect(
    (async () => runSetup(shop, { ...flagged, only: "variable", ifSet: "keep" }))(),
  ).rejects.toMatchObject({ reason: "usage", parts: { where: "--if-set" } });
});

test("a variable of the project is left without its flag, and deleted with it, once the right one is there", async () => {
  const shop = await openShop();
  const token = await withMachineUser(shop);
  await setByHand(shop, "project", name);
  await setByHand(shop, "main", "PLATFORMSH_CLI_TOKEN");
  const first = await runSetup(shop, flagged, token);
  expect(first.failure).toBeUndefined();
  expect(first.out).toContain(`left: ${name} of project ${demoProjectId}`);
  expect(await ofProject(shop)).toHaveLength(1);

  const second = await runSetup(shop, { ...flagged, deleteStrays: true });
  expect(second.failure).toBeUndefined();
  expect(second.out).toContain("its value is gone then, and no undo brings it back");
  expect(await ofProject(shop)).toEqual([]);
  expect(await readApi(shop, "/environments/main/variables")).toMatchObject([{ name }]);
  for (const text of [first.out, second.out]) expect(text).not.toContain(old);

  const plan = await planUndo(shop.directory, shop.env);
  expect(plan.entries.map(({ title }) => title)).toEqual([
    "Deleted variable PLATFORMSH_CLI_TOKEN on main of project shopq4m2v7xk3",
    `Deleted variable ${name} of project shopq4m2v7xk3`,
  ]);
});

test("undo says of a deleted variable that nothing brings it back", async () => {
  const shop = await openShop();
  const token = await withMachineUser(shop);
  await setByHand(shop, "project", name);
  const all = { ...flagged, only: "token,variable", deleteStrays: true };
  expect((await runSetup(shop, all, token)).failure).toBeUndefined();
  const connection = operator(shop);
  const { entries } = await planUndo(shop.directory, shop.env, connection);
  await connection.close();
  expect(entries[0]).toMatchObject({
    kind: "stays",
    reason: expect.stringContaining("its value is kept nowhere"),
  });
  expect(entries[1]).toMatchObject({ kind: "ready" });
});

test("a variable in the wrong place is not deleted as long as the right one is missing", async () => {
  const shop = await openShop();
  await withMachineUser(shop);
  await setByHand(shop, "project", name);
  const { failure, out } = await runSetup(shop, {
    ...flagged,
    only: "variable",
    deleteStrays: true,
  });
  expect(failure).toBeUndefined();
  expect(out).toContain("so they may be in use");
  expect(await ofProject(shop)).toHaveLength(1);
});

test("a value that the API shows can be moved: taken over, proven, set in the right place, and deleted in the wrong one", async () => {
  const shop = await openShop();
  const token = await withMachineUser(shop);
  await setByHand(shop, "project", name, token);
  let offered: string | undefined;
  const answers: Record<string, string> = { email };
  const { told } = await converse(setupProcedure, shop, answers, {
    request: { only, given: { task: "backup" } },
    onQuestion: async (question) => {
      if (question.kind !== "secret") return;
      offered = question.elsewhere?.label;
      answers["token"] = (await question.elsewhere?.read())?.reveal() ?? "";
    },
  });
  expect(offered).toBe(`take over the value of ${name} of project ${demoProjectId}`);
  expect(told.join("\n")).toContain("its role is exactly viewer, production:admin");
  expect(await ofProject(shop)).toEqual([]);
  expect(await onMain(shop)).toMatchObject({ is_sensitive: true });
});

test("with nobody to ask, the value of a variable in the wrong place is not taken over", async () => {
  const shop = await openShop();
  const token = await withMachineUser(shop);
  await setByHand(shop, "project", name, token);
  const { failure } = await runSetup(shop, flagged);
  expect(failure).toMatchObject({ reason: "usage" });
  expect(String(failure)).not.toContain(token);
});

test("where there are several apps, only the app with the cron gets the variable", async () => {
  const shop = await openShop();
  const token = await withMachineUser(shop);
  await mkdir(join(shop.directory, "api"));
  await writeFile(join(shop.directory, "api/.platform.app.yaml"), "name: api\ntype: 'php:8.3'\n");
  const { failure } = await runSetup(shop, { ...flags, app: "shop" }, token);
  expect(failure).toBeUndefined();
  expect(await onMain(shop)).toMatchObject({ application_scope: ["shop"] });
});

test("--no-wait says that the redeployment goes on, and doesn't look at it", async () => {
  const shop = await openShop({ activityMs: 600_000 });
  const token = await withMachineUser(shop);
  const { failure, out } = await runSetup(shop, { ...flagged, wait: false }, token);
  expect(failure).toBeUndefined();
  expect(out).toContain("the redeployment goes on by itself");
  expect(shop.sandbox.requests.filter(({ path }) => path.includes("/activities"))).toEqual([]);
});
