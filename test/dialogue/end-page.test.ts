import { expect, test } from "vitest";
import { endPageLines } from "../../src/dialogue/end-page.ts";
import type { PlanItem } from "../../src/dialogue/plan.ts";

const item: PlanItem = {
  ...{ id: "commit", step: "commit", title: "Commit the file", says: "", facts: [], help: [] },
  ...{ previews: [], settings: [], progress: "left out" },
  kind: "change",
  marked: false,
  final: false,
};

test("each fate has its block, and what is left stands in the order of doing", () => {
  const lines = endPageLines({
    ledger: {
      done: [{ at: "2026-01-01T00:00:00Z", what: "Invited bot@example.org" }],
      failed: [{ what: "Set the token" }],
      unknown: [{ what: "Delete a variable", next: "look at it in the console" }],
      leftOut: [],
    },
    leftOut: [
      item,
      { ...item, title: "Secret", kind: "by hand", says: "left to you", facts: ["gh is missing"] },
    ],
    notKnown: [{ ...item, title: "Daily look", kind: "not known", says: "it isn't looked at" }],
    yours: ["git push", "machinist verify ."],
    closing: ["to take it back: machinist undo ."],
  });
  expect(lines.filter((line) => line !== "")).toEqual([
    "Done",
    "✔ Invited bot@example.org",
    "Failed, and not done",
    "✖ Set the token",
    "Not known whether it was done",
    "? Delete a variable; look at it in the console",
    "Left out",
    "· Commit the file: it was not marked",
    "· Secret: gh is missing",
    "Not known",
    "? Daily look: it isn't looked at",
    "Left to you",
    "1. git push",
    "2. machinist verify .",
    "to take it back: machinist undo .",
  ]);
});

test("a run that changed nothing says so", () => {
  const ledger = { done: [], failed: [], unknown: [], leftOut: [] };
  const lines = endPageLines({ ledger, leftOut: [], notKnown: [], yours: [], closing: [] });
  expect(lines).toEqual(["Nothing was changed."]);
});
