import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runSetup } from "./run-setup.ts";
import { openShop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };

test("the record tells what was done, by whom, in order, and what is left, and holds no token", async () => {
  const shop = await openShop();
  const report = join(shop.folder, "record.md");
  await runSetup(shop, { ...flags, only: "machine-user", report });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const { out, failure } = await runSetup(shop, { ...flags, report }, token);
  expect(failure).toBeUndefined();
  expect(out).toContain(`the record is in ${report}`);
  const text = await readFile(report, "utf8");
  const places = [
    "# machinist setup, ",
    "- by: operator@example.org",
    "- project: Shop (shopq4m2v7xk3)",
    "Invited operator+shop-backup@example.org to project shopq4m2v7xk3",
    "# machinist setup, ",
    "UTC: Created the variable env:PLATFORMSH\\_CLI\\_TOKEN on main",
    "UTC: Changed .platform.app.yaml: install platform in the build hook",
    "UTC: Changed .platform.app.yaml: add the cron backup",
    "## The changes",
    "+                    platform backup:create --yes --no-wait",
    "## Left to do",
    "commit and push",
    "## To take it back",
    "machinist undo",
  ].reduce((from, part) => {
    const at = text.indexOf(part, from);
    expect([part, at > -1]).toEqual([part, true]);
    return at + part.length;
  }, 0);
  expect(places).toBeGreaterThan(0);
  expect(text).not.toContain(token);
  expect(text).not.toContain(shop.sandbox.operatorToken);
});

test("a run that fails leaves a record of what was done, and of why it ended", async () => {
  const shop = await openShop();
  const report = join(shop.folder, "record.md");
  await runSetup(shop, { ...flags, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  shop.sandbox.faults.add({
    on: { method: "POST", path: "/projects/*/environments/*/variables" },
    times: "always",
    effect: { kind: "status", status: 403 },
  });
  const { failure } = await runSetup(shop, { ...flags, report }, token);
  expect(failure).toBeDefined();
  const text = await readFile(report, "utf8");
  expect(text).toContain("## Where it ended");
  expect(text).toContain("then go on: machinist setup");
  expect(text).not.toContain(token);
});

test("a file that holds something else is left alone, before anything is done", async () => {
  const shop = await openShop();
  const report = join(shop.folder, "notes.md");
  await writeFile(report, "# My notes\n");
  const { failure } = await runSetup(shop, { ...flags, only: "machine-user", report });
  expect(failure).toMatchObject({ reason: "usage", parts: { where: report } });
  expect(await readFile(report, "utf8")).toBe("# My notes\n");
  expect(shop.sandbox.requests).toEqual([]);
  const nowhere = join(shop.folder, "none/record.md");
  const other = await runSetup(shop, { ...flags, only: "machine-user", report: nowhere });
  expect(other.failure).toMatchObject({ reason: "usage", parts: { where: nowhere } });
});
