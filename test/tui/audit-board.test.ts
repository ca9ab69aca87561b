import { expect, test } from "vitest";
import type { GuidedAudit } from "../../src/audit/guided/guided-audit.ts";
import { Failure } from "../../src/failure.ts";
import { runAuditBoard } from "../../src/tui/audit-board.tsx";
import { fakeAudit, finding, ignored, safeFix, unsafeFix } from "../audit/guided/fake-audit.ts";
import { type FakeTerminal, fakeTerminal, keys } from "../terminal/fake-terminal.ts";

function rules(audit: GuidedAudit): readonly string[] {
  return audit.verdict().findings.map(({ rule }) => rule);
}

/** The findings listed, by their numbers, with the pointer's one marked. */
function listed(terminal: FakeTerminal): readonly string[] {
  return terminal
    .screen()
    .map((row) => /^ *(❯?) *[✖▲•–] The cron number (\d+)/u.exec(row))
    .flatMap((found) => (found === null ? [] : [`${found[1]}${found[2]}`]));
}

const sizes = [
  [40, 12],
  [60, 16],
  [80, 24],
  [120, 40],
] as const;

test.each(sizes)(
  "a finding is looked at, fixed with agreement and gone, at %i x %i",
  async (columns, rows) => {
    const terminal = fakeTerminal(columns, rows);
    const audit = fakeAudit([finding(1, safeFix), finding(2, safeFix), finding(3)]);
    const ended = runAuditBoard(audit, terminal.streams);
    await terminal.shows("The cron number 1 has no guard.");
    await terminal.shows(columns === 40 ? "Shop" : "operator@example.org");
    expect(listed(terminal)).toEqual(["❯1", "3", "2"]);
    terminal.type(keys.down + keys.down);
    await terminal.shows("The cron number 2");
    terminal.type(keys.enter);
    await terminal.shows("+ guard for rule-2");
    terminal.type("y");
    await terminal.shows("2 of 2");
    expect(rules(audit)).toEqual(["rule-1", "rule-3"]);
    expect(terminal.history().join("\n")).toContain("✔ fixed rule-2");
    await terminal.shows("done (u takes it back): fixed rule-2");
    terminal.type("u");
    await terminal.shows("done: not fixed rule-2");
    expect(rules(audit)).toEqual(["rule-1", "rule-2", "rule-3"]);
    terminal.type("u");
    await terminal.shows("Nothing was done here yet.");
    terminal.type(keys.escape);
    await terminal.shows("q leaves.");
    terminal.type("q");
    expect(await ended).toEqual({ kind: "closed" });
    expect(terminal.written()).not.toContain("\u001B[3J");
    expect(terminal.state).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
  },
);

test.each(sizes)("the part in question has carets below it at %i x %i", async (columns, rows) => {
  const terminal = fakeTerminal(columns, rows);
  const ended = runAuditBoard(fakeAudit([finding(7)]), terminal.streams);
  await terminal.shows("❯ 7 run rule-7 --yes");
  const at = terminal.screen().findIndex((row) => row.includes("run rule-7"));
  const [code = "", carets = ""] = terminal.screen().slice(at);
  expect(carets.indexOf("^")).toBe(code.indexOf("rule-7"));
  expect(carets.trim()).toBe("^".repeat("rule-7".length));
  terminal.type("q");
  await ended;
});

test("a wide terminal has the details beside the list, with why, certainty and the fix's diff", async () => {
  const terminal = fakeTerminal(120, 40);
  const ended = runAuditBoard(fakeAudit([finding(3, safeFix)]), terminal.streams);
  await terminal.shows("❯ ✖ The cron number 3");
  const screen = terminal.screen().join("\n");
  expect(screen).toMatch(/errors \(1\).* {4}The cron number 3/u);
  for (const part of [
    "error, likely: .platform.app.yaml:3:5 · rule-3",
    "Why   It runs on every branch.",
    "Fix   Add the guard (safe)",
    "+ guard for rule-3",
  ])
    expect(screen).toContain(part);
  terminal.type("q");
  await ended;
});

test("all safe fixes are shown together, made after one agreement, and nothing else", async () => {
  const terminal = fakeTerminal(60, 16);
  const unsafe = finding(5, unsafeFix);
  const audit = fakeAudit([finding(1, safeFix), finding(2, safeFix), unsafe]);
  const ended = runAuditBoard(audit, terminal.streams);
  await terminal.shows("2 can be fixed without a look");
  terminal.type("a");
  await terminal.shows("2 safe fixes. Nothing is done yet.");
  await terminal.shows("+ guard for rule-1");
  terminal.type(keys.down);
  await terminal.shows("+ guard for rule-2");
  terminal.type(keys.enter.repeat(20) + keys.escape);
  await terminal.shows("Apply 2 changes");
  terminal.type(keys.tab + keys.enter);
  await terminal.shows("❯ ✖ The cron number 5");
  await terminal.shows("done (u takes it back): 2 fixes");
  expect(rules(audit)).toEqual(["rule-5"]);
  terminal.type("a");
  await terminal.shows(/There is no safe fix left *\n *\n *What is left/u);
  terminal.type(keys.escape);
  await terminal.shows("❯ ✖ The cron number 5");
  terminal.type("u");
  // What came back is what a person wants to see.
  await terminal.shows("❯ ✖ The cron number 1");
  terminal.type("q");
  await ended;
});

test("nothing is changed when the person declines, or goes back", async () => {
  const terminal = fakeTerminal(80, 24);
  const audit = fakeAudit([finding(1, safeFix)]);
  const ended = runAuditBoard(audit, terminal.streams);
  for (const [key, question] of [
    [keys.enter, "Add the guard?"],
    ["a", "1 safe fix."],
  ] as const)
    for (const no of key === "a" ? [keys.escape] : ["n", keys.escape]) {
      await terminal.shows("1 of 1");
      terminal.type(key);
      await terminal.shows(question);
      terminal.type(no);
    }
  await terminal.shows("1 of 1");
  terminal.type("q");
  await ended;
  expect(rules(audit)).toEqual(["rule-1"]);
});

test("the editor has the terminal to itself, and what it put right is gone after", async () => {
  const terminal = fakeTerminal(80, 24);
  const audit = fakeAudit([finding(1), finding(3)]);
  let whileOpen: FakeTerminal["state"] | undefined;
  const edit: GuidedAudit["edit"] = async (of) => {
    whileOpen = { ...terminal.state };
    terminal.type(`qqy${keys.enter}`);
    if (of.rule === "rule-3") throw new Failure("usage", { what: "No editor is known" });
    await audit.edit(of);
  };
  const ended = runAuditBoard({ ...audit, edit }, terminal.streams);
  await terminal.shows("1 of 2");
  terminal.type("o");
  await terminal.shows("Read again: that finding is gone.");
  expect(whileOpen).toEqual({ raw: false, cursor: true, paste: false, listeners: 0 });
  expect(rules(audit)).toEqual(["rule-3"]);
  terminal.type("o");
  await terminal.shows("No editor is known");
  terminal.type(keys.escape);
  await terminal.shows("1 of 1");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed" });
});

test("places end in a column, the file that most findings are in unnamed", async () => {
  const terminal = fakeTerminal(60, 16);
  const elsewhere = {
    ...finding(2),
    location: { kind: "resource", resource: "variable A" },
  } as const;
  const ended = runAuditBoard(fakeAudit([finding(1), finding(12), elsewhere]), terminal.streams);
  await terminal.shows("❯ ✖ The cron number 1");
  const rows = terminal.screen().filter((row) => /[✖▲] The cron/u.test(row));
  expect(rows.map((row) => /(?::1|:12|API)$/u.test(row.trimEnd()))).toEqual([true, true, true]);
  expect(new Set(rows.map((row) => row.trimEnd().length)).size).toBe(1);
  terminal.type("q");
  await ended;
});

test("typed words narrow the list as they are typed, all of them needed, and Esc shows all again", async () => {
  const terminal = fakeTerminal(60, 16);
  const audit = fakeAudit([1, 2, 3, 12].map((number) => finding(number)));
  const ended = runAuditBoard(audit, terminal.streams);
  await terminal.shows("1 of 4");
  terminal.type("/warning 12");
  await terminal.shows("1 of 1");
  expect(listed(terminal)).toEqual(["❯12"]);
  terminal.type(keys.enter);
  await terminal.shows("1 of 1 · “warning 12”");
  terminal.type(keys.escape);
  await terminal.shows("4 of 4");
  terminal.type("/nowhere");
  await terminal.shows("No finding has all of");
  terminal.type(keys.escape);
  await terminal.shows("of 4");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed" });
});

test("the list is narrowed by severity and by the rule pointed at", async () => {
  const terminal = fakeTerminal(80, 24);
  const twin = { ...finding(3), rule: "rule-1" };
  const ended = runAuditBoard(fakeAudit([finding(1), finding(2), twin]), terminal.streams);
  await terminal.shows("1 of 3");
  terminal.type("v");
  await terminal.shows("1 of 2 · errors only");
  terminal.type("v");
  await terminal.shows("1 of 3 · errors and warnings");
  terminal.type("v=");
  await terminal.shows("1 of 2 · rule rule-1");
  terminal.type(`=${keys.end}`);
  await terminal.shows("3 of 3 ─");
  terminal.type("q");
  await ended;
});

test("what is ignored is hidden until it is asked for, and says why", async () => {
  const terminal = fakeTerminal(80, 24);
  const verdict = { findings: [finding(1)], ignored: [ignored(4, "it is meant")], unread: [] };
  const ended = runAuditBoard(fakeAudit([], { verdict: () => verdict }), terminal.streams);
  await terminal.shows("1 ignored");
  expect(listed(terminal)).toEqual(["❯1"]);
  terminal.type(`h${keys.down}`);
  await terminal.shows("Ignored: it is meant");
  expect(listed(terminal)).toEqual(["1", "❯4"]);
  terminal.type("h");
  await terminal.shows("1 of 1");
  terminal.type("q");
  await ended;
});

test("a finding is ignored with a reason, after the comment was shown as it was typed", async () => {
  const terminal = fakeTerminal(60, 16);
  const audit = fakeAudit([finding(1, safeFix), finding(3)]);
  const ended = runAuditBoard(audit, terminal.streams);
  await terminal.shows("1 of 2");
  terminal.type("i");
  await terminal.shows("Why may this stay as it is?");
  terminal.type(`${keys.enter}it is meant`);
  await terminal.shows("+ # machinist: ignore[rule-1] it is meant");
  terminal.type(keys.enter);
  await terminal.shows("y  Write this down");
  terminal.type("n");
  await terminal.shows("1 of 2");
  expect(rules(audit)).toEqual(["rule-1", "rule-3"]);
  terminal.type("iso be it\r");
  await terminal.shows("+ # machinist: ignore[rule-1] so be it");
  await terminal.shows("y  Write this down");
  terminal.type("y");
  await terminal.shows("1 ignored");
  expect(rules(audit)).toEqual(["rule-3"]);
  terminal.type("q");
  await ended;
});

test("a finding that no comment can ignore says why, and Esc at the reason goes back", async () => {
  const terminal = fakeTerminal(80, 24);
  const ignorePreviews = () => {
    throw new Failure("uneditable", { what: "No comment can ignore this" });
  };
  const ended = runAuditBoard(fakeAudit([finding(1)], { ignorePreviews }), terminal.streams);
  await terminal.shows("1 of 1");
  terminal.type("i");
  await terminal.shows("No comment can ignore this");
  terminal.type(keys.escape);
  await terminal.shows("1 of 1");
  terminal.type("q");
  await ended;
});

test("a finding that only a person can put right shows the text to paste", async () => {
  const terminal = fakeTerminal(80, 24);
  const refusal = { what: "The hook is folded", paste: "line to paste" };
  const byHand = finding(1, { kind: "by-hand", title: "Add --no-wait", refusal });
  const ended = runAuditBoard(fakeAudit([byHand]), terminal.streams);
  await terminal.shows("Fix   by hand: Add --no-wait");
  terminal.type(keys.enter);
  await terminal.shows("paste this by hand:");
  terminal.type("qe");
  await terminal.shows("All about rule-1.");
  await terminal.shows(/^ {6}before\n {2}write\n {6}after$/mu);
  terminal.type(keys.escape);
  await terminal.shows("Fix   by hand: Add --no-wait");
  terminal.type("q");
  await ended;
});

test("a fix that is refused says why and leaves the finding", async () => {
  const terminal = fakeTerminal(80, 24);
  const fix = () =>
    Promise.reject(new Failure("uneditable", { what: "The file has changed meanwhile" }));
  const audit = fakeAudit([finding(1, safeFix)], { fix, fixSafe: fix, reread: fix });
  const ended = runAuditBoard(audit, terminal.streams);
  for (const [ask, agree] of [
    [keys.enter, "y"],
    ["a", keys.tab + keys.enter],
    ["r", ""],
  ] as const) {
    await terminal.shows("1 of 1");
    terminal.type(ask);
    if (agree !== "") await terminal.shows(ask === "a" ? "Apply 1 change" : "n  Leave it");
    terminal.type(agree);
    await terminal.shows("The file has changed meanwhile");
    terminal.type(keys.escape);
  }
  await terminal.shows("1 of 1");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed" });
  expect(rules(audit)).toEqual(["rule-1"]);
});

test("a fix that doesn't take its finding away says so", async () => {
  const terminal = fakeTerminal(80, 24);
  const fix = async () => ["changed something"];
  const ended = runAuditBoard(fakeAudit([finding(1, safeFix)], { fix }), terminal.streams);
  await terminal.shows("1 of 1");
  terminal.type(keys.enter);
  await terminal.shows("Add the guard?");
  terminal.type("y");
  await terminal.shows("the finding is still there");
  terminal.type("q");
  await terminal.shows("1 of 1");
  terminal.type("q");
  await ended;
});

test("with nothing left the board says so, and q leaves", async () => {
  const terminal = fakeTerminal(40, 12);
  const ended = runAuditBoard(fakeAudit([finding(1, safeFix)]), terminal.streams);
  await terminal.shows("1 of 1");
  terminal.type("a");
  await terminal.shows("1 safe fix.");
  terminal.type(keys.tab + keys.enter);
  await terminal.shows("✔ Nothing is left to put right.");
  terminal.type(`${keys.enter}ehv=${keys.down} bq`);
  expect(await ended).toEqual({ kind: "closed" });
});

const notRead = {
  what: "the platform",
  why: "not signed in: PLATFORMSH_CLI_TOKEN is not set",
  ...{ rules: ["rule-1"], byChoice: false },
};
const vendor = { name: "Platform.sh", because: "from .platform.app.yaml" };
const signedOut = {
  because: "not signed in: PLATFORMSH_CLI_TOKEN is not set",
  inShort: "not signed in",
};

test.each(sizes)(
  "what wasn't looked at is told in any terminal, and that nobody is signed in, at %i x %i",
  async (columns, rows) => {
    const findings = [finding(1, safeFix), finding(2), finding(3), finding(4)];
    const verdict = () => ({ findings, ignored: [ignored(5, "it is meant")], unread: [notRead] });
    const audit = fakeAudit([], { verdict, account: signedOut, place: [], vendor });
    const terminal = fakeTerminal(columns, rows);
    const ended = runAuditBoard(audit, terminal.streams);
    await terminal.shows("1 not looked at");
    await terminal.shows(/machinist audit .*not signed in/u);
    terminal.type("q");
    await ended;
  },
);

test.each(sizes)(
  "with nothing left of a part, the board doesn't say that nothing is left, at %i x %i",
  async (columns, rows) => {
    const verdict = () => ({ findings: [], ignored: [], unread: [notRead] });
    const terminal = fakeTerminal(columns, rows);
    const ended = runAuditBoard(fakeAudit([], { verdict, account: signedOut }), terminal.streams);
    await terminal.shows("No findings");
    await terminal.shows("1 not looked at");
    const said = terminal.screen().join(" ").replaceAll(/\s+/gu, " ");
    expect(said).toContain("Nothing is left to put right in what was looked at.");
    expect(said).not.toContain("✔");
    terminal.type("q");
    await ended;
  },
);

test("a long list moves by pages and to its ends, and the details scroll by themselves", async () => {
  const terminal = fakeTerminal(60, 16);
  const findings = Array.from({ length: 50 }, (_, index) => ({
    ...finding(index + 1),
    why: "one two three four five six seven eight nine ten ".repeat(9),
  }));
  const ended = runAuditBoard(fakeAudit(findings), terminal.streams);
  await terminal.shows("1 of 50");
  terminal.type(keys.end);
  await terminal.shows("50 of 50");
  terminal.type(keys.pageUp);
  await terminal.shows(/4[0-9] of 50/u);
  terminal.type(keys.home);
  await terminal.shows("─ 1 of 50");
  await terminal.shows(/lines 1 to \d+ of \d+/u);
  terminal.type("  ");
  await terminal.shows(/lines [2-9]\d* to \d+ of \d+/u);
  terminal.type("bb");
  await terminal.shows(/lines 1 to \d+ of \d+/u);
  terminal.type(" n");
  await terminal.shows("─ 2 of 50");
  await terminal.shows(/lines 1 to \d+ of \d+/u);
  terminal.type("q");
  await ended;
});

test("the terminal may be made smaller and larger while the board is open", async () => {
  const terminal = fakeTerminal(120, 40);
  const ended = runAuditBoard(fakeAudit([finding(1), finding(2)]), terminal.streams);
  await terminal.shows("number 2");
  for (const [columns, rows] of [...sizes, [30, 8], [120, 40]] as const) {
    terminal.resize(columns, rows);
    await terminal.shows(columns < 40 ? "40 x 12" : "The cron number 1");
  }
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed" });
  expect(terminal.written()).not.toContain("\u001B[3J");
});

test("m opens the manual's page in the browser, and shows its address where there is none", async () => {
  const terminal = fakeTerminal(60, 16);
  const opened: string[] = [];
  const browse = async (address: string) => {
    if (opened.length > 0)
      throw new Failure("unexpected", { what: "The page can't be opened from here" });
    opened.push(address);
  };
  const manual = (rule: string) =>
    rule === "rule-2" ? undefined : `https://manual.example.org/${rule}.html`;
  const audit = fakeAudit([finding(1), finding(2)], { browse, manual });
  const ended = runAuditBoard(audit, terminal.streams);
  await terminal.shows("The cron number 1");
  terminal.type("m");
  await terminal.shows("Opened https://manual.example.org/rule-1.html");
  expect(opened).toEqual(["https://manual.example.org/rule-1.html"]);
  terminal.type("m");
  await terminal.shows("The page of the manual");
  await terminal.shows("https://manual.example.org/rule-1.html");
  await terminal.shows("The page can't be opened from here");
  terminal.type(keys.escape);
  await terminal.shows("The cron number 1");
  terminal.type("nm");
  await terminal.shows("The manual has no page about this");
  terminal.type(keys.escape);
  await terminal.shows("The cron number 2");
  terminal.type("q");
  expect(await ended).toEqual({ kind: "closed" });
});
