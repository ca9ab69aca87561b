import { describe, expect, test } from "vitest";
import type { Attempt } from "../../src/change/journal.ts";
import { recordOf } from "../../src/change/kinds/kind-of.ts";
import { hasChanged, isWhole, ledgerLines, ledgerOf } from "../../src/change/ledger.ts";
import { creation, invitation, update } from "./changes.ts";

function attempt(
  change: Attempt["change"],
  state: Attempt["state"],
  more: Partial<Attempt> = {},
): Attempt {
  const at = "2026-03-04T05:06:07.000Z";
  return { change, record: recordOf(change), at, state, ends: [], isWritten: true, ...more };
}

describe("the ledger of a run", () => {
  test("tells what is done, what failed, what nobody knows, and what was left out", () => {
    const ledger = ledgerOf(
      [attempt(invitation, "done"), attempt(creation, "not done"), attempt(update, "begun")],
      [{ what: "Cron (you declined)" }],
    );
    expect(ledgerLines(ledger)).toEqual([
      "done: Invited bot@example.org to project shop as viewer, admin on production",
      "failed, and not done: Create the variable env:PLATFORMSH_CLI_TOKEN on main of project shop",
      "not known whether done: Change the variable env:PLATFORMSH_CLI_TOKEN on main of project shop; look at it in the console, or start again, which looks first",
      "left out: Cron (you declined)",
    ]);
    expect([isWhole(ledger), hasChanged(ledger)]).toEqual([false, true]);
  });

  test("counts what was tried again as it ended the last time", () => {
    const ledger = ledgerOf([
      attempt(creation, "not done"),
      attempt(creation, "begun"),
      attempt(creation, "done"),
    ]);
    expect(ledger).toMatchObject({ failed: [], unknown: [], done: [{}] });
    expect(isWhole(ledger)).toBe(true);
  });

  test("tells how that ended what a change set off", () => {
    const done = attempt(creation, "done", { ends: ["deployed"] });
    expect(ledgerLines(ledgerOf([done]))).toEqual([
      "done: Created the variable env:PLATFORMSH_CLI_TOKEN on main of project shop; deployed",
    ]);
  });

  test("tells of what is done and could not be written down", () => {
    const [line] = ledgerLines(ledgerOf([attempt(update, "done", { isWritten: false })]));
    expect(line).toMatch(/^done: Changed the variable .*could not be written down, so undo can't/u);
  });

  test("of a request that may have come through doesn't say that nothing was changed", () => {
    expect(hasChanged(ledgerOf([attempt(update, "begun")]))).toBe(true);
    expect(hasChanged(ledgerOf([attempt(update, "not done")]))).toBe(false);
  });
});
