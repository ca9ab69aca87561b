import "../terminal/not-in-ci.ts";
import { expect, test } from "vitest";
import type { Finding } from "../../src/audit/finding.ts";
import { Failure } from "../../src/failure.ts";
import { type AuditBoard, runAuditBoard } from "../../src/tui/audit-board.tsx";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";

function finding(number: number, fix?: Finding["fix"]): Finding {
  return {
    rule: `rule-${number}`,
    severity: number % 2 === 0 ? "warning" : "error",
    confidence: "high",
    message: `The cron number ${number} has no guard.`,
    why: "It runs on every branch.",
    location: {
      kind: "file",
      file: ".platform.app.yaml",
      line: number,
      column: 1,
      endLine: number,
      endColumn: 5,
    },
    ...(fix === undefined ? {} : { fix }),
  };
}

const changes = {
  kind: "changes",
  title: "Add the guard",
  disposition: "safe",
  changes: [],
} as const;

function fakeBoard(findings: readonly Finding[], more: Partial<AuditBoard> = {}) {
  let left = findings;
  const board: AuditBoard = {
    title: "Audit of /shop",
    findings: () => left,
    preview: ({ rule }) => [
      { title: ".platform.app.yaml", lines: [{ kind: "added", text: `guard for ${rule}` }] },
    ],
    excerpt: ({ rule }) => [{ number: 7, text: `crons: # ${rule}`, marked: true }],
    fix: async (fixed) => {
      left = left.filter((other) => other !== fixed);
      return `fixed ${fixed.rule}`;
    },
    explain: (rule) => [`All about ${rule}.`],
    ...more,
  };
  return board;
}

test.each([
  [40, 12],
  [60, 16],
  [120, 40],
])("a finding is looked at, fixed with agreement and gone, at %i x %i", async (columns, rows) => {
  const terminal = fakeTerminal(columns, rows);
  const board = fakeBoard([finding(1, changes), finding(2, changes), finding(3)]);
  const ended = runAuditBoard(board, terminal.streams);
  await terminal.shows("The cron number 1 has no guard.");
  await terminal.shows("crons: # rule-1");
  terminal.type(keys.down);
  await terminal.shows("The cron number 2");
  terminal.type(keys.enter);
  await terminal.shows("+ guard for rule-2");
  terminal.type("y");
  await terminal.shows("The cron number 3");
  expect(board.findings().map(({ rule }) => rule)).toEqual(["rule-1", "rule-3"]);
  expect(terminal.history().join("\n")).toContain("✔ fixed rule-2");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed", remaining: 2 });
  expect(terminal.written()).not.toContain("\u001B[3J");
});

test("nothing is changed when the person declines, or goes back", async () => {
  const terminal = fakeTerminal(80, 24);
  const board = fakeBoard([finding(1, changes)]);
  const ended = runAuditBoard(board, terminal.streams);
  for (const key of ["n", keys.escape]) {
    await terminal.shows("The cron number 1");
    terminal.type(keys.enter);
    await terminal.shows("Add the guard?");
    terminal.type(key);
  }
  await terminal.shows("The cron number 1");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed", remaining: 1 });
});

test("a finding that only a person can put right shows the text to paste", async () => {
  const terminal = fakeTerminal(80, 24);
  const refusal = { what: "The hook is folded", paste: "line to paste" };
  const board = fakeBoard([finding(1, { kind: "by-hand", title: "Add --no-wait", refusal })]);
  const ended = runAuditBoard(board, terminal.streams);
  await terminal.shows("fix: Add --no-wait");
  terminal.type(keys.enter);
  await terminal.shows("line to paste");
  terminal.type("qe");
  await terminal.shows("All about rule-1.");
  terminal.type(keys.escape);
  await terminal.shows("fix: Add --no-wait");
  terminal.type("q");
  await ended;
});

test("a fix that is refused says why and leaves the finding", async () => {
  const terminal = fakeTerminal(80, 24);
  const fix = () =>
    Promise.reject(new Failure("uneditable", { what: "The file has changed meanwhile" }));
  const ended = runAuditBoard(fakeBoard([finding(1, changes)], { fix }), terminal.streams);
  await terminal.shows("The cron number 1");
  terminal.type(keys.enter);
  await terminal.shows("Add the guard?");
  terminal.type("y");
  await terminal.shows("The file has changed meanwhile");
  terminal.type(keys.escape);
  await terminal.shows("The cron number 1");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed", remaining: 1 });
});

test("a long list moves by pages and to its ends", async () => {
  const terminal = fakeTerminal(60, 16);
  const findings = Array.from({ length: 50 }, (_, index) => finding(index + 1));
  const ended = runAuditBoard(fakeBoard(findings), terminal.streams);
  await terminal.shows("1/50");
  terminal.type(keys.end);
  await terminal.shows("50/50");
  terminal.type(keys.pageUp);
  await terminal.shows(/4[0-9]\/50/u);
  terminal.type(keys.home);
  await terminal.shows("1/50");
  terminal.type("q");
  await ended;
});
