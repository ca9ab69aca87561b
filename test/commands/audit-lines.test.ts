import { expect, test } from "vitest";
import type { GuidedAudit } from "../../src/audit/guided/guided-audit.ts";
import { runAuditLines } from "../../src/commands/audit/lines.ts";
import { Failure } from "../../src/failure.ts";
import { fakeAudit, finding, ignored, safeFix, unsafeFix } from "../audit/guided/fake-audit.ts";

/** Plays an audit in lines; gives what was said, with the answers where they were asked for. */
async function play(audit: GuidedAudit, ...answers: readonly string[]): Promise<readonly string[]> {
  const said: string[] = [];
  const left = [...answers];
  const read = async (prompt: string) => {
    const answer = left.shift();
    if (answer === undefined) throw new Error(`asked once too often: ${prompt}`);
    said.push(`${prompt}<${answer}>`);
    return answer;
  };
  await runAuditLines(audit, { read }, (line) => said.push(line));
  expect(left).toEqual([]);
  return said;
}

test("the findings are numbered, the gravest first, with who is signed in and how many there are", async () => {
  const said = await play(fakeAudit([finding(2), finding(1, safeFix)]), "quit");
  expect(said).toEqual([
    "machinist audit. Signed in: operator@example.org.",
    "Shop",
    "errors: 1, warnings: 1, notes: 0, safe fixes: 1",
    "errors: it doesn't work, or a secret can leak",
    "1. rule-1, .platform.app.yaml:1:5: The cron number 1 has no guard.",
    "warnings: trouble is likely",
    "2. rule-2, .platform.app.yaml:2:5: The cron number 2 has no guard.",
    "Number of a finding, all, quit, or ? for more: <quit>",
  ]);
});

test("without an account it is told why the API wasn't asked, and no place where none is known", async () => {
  const account = { because: "offline", inShort: "offline" };
  const said = await play(fakeAudit([], { account, place: [] }), "quit");
  expect(said[0]).toBe("machinist audit. The API wasn't asked: offline.");
  expect(said[1]).toMatch(/^errors: 0/u);
});

test("the vendor stands behind the project, with what speaks for it", async () => {
  const vendor = { name: "Upsun", because: "from .upsun/config.yaml" };
  const said = await play(fakeAudit([], { vendor }), "quit");
  expect(said[1]).toBe("Shop, Upsun (from .upsun/config.yaml)");
});

test("a finding is told with its lines and its diff, and fixed after agreement", async () => {
  const audit = fakeAudit([finding(1, unsafeFix)]);
  const said = await play(audit, "1", "fix", "maybe", "YES", "quit");
  for (const line of [
    "    1 here: run rule-1 --yes",
    "Why: It runs on every branch.",
    "Fix (needs a look): Add the guard",
    "    + guard for rule-1",
    "Answer yes or no.",
    "fixed rule-1",
    "errors: 0, warnings: 0, notes: 0, safe fixes: 0",
  ])
    expect(said).toContain(line);
  expect(audit.verdict().findings).toEqual([]);
});

test("no, Enter and an unknown word change nothing", async () => {
  const audit = fakeAudit([finding(1, safeFix)]);
  const said = await play(audit, "1", "fix", "no", "1", "", "1", "what", "quit");
  expect(said).toContain("Answer with one of the words; ? explains them.");
  expect(audit.verdict().findings).toHaveLength(1);
});

test("all safe fixes are shown, then made after one agreement", async () => {
  const audit = fakeAudit([finding(1, safeFix), finding(2, safeFix), finding(3, unsafeFix)]);
  const said = await play(audit, "all", "", "2", "apply", "all", "q");
  expect(said.indexOf("    + guard for rule-2")).toBeLessThan(said.indexOf("Plan: <apply>"));
  expect(said).toContain("There is no safe fix left; the others are shown with their findings.");
  expect(audit.verdict().findings.map(({ rule }) => rule)).toEqual(["rule-3"]);
});

test("words narrow the list, and numbers count in the narrowed list", async () => {
  const audit = fakeAudit([finding(1), finding(2), finding(4)]);
  const said = await play(audit, "filter number 4", "1", "", "2", "filter", "quit");
  expect(said).toContain("Only with “number 4”:");
  expect(said).toContain("1. rule-4, .platform.app.yaml:4:5: The cron number 4 has no guard.");
  expect(said).toContain("warning, certain: .platform.app.yaml:4:5");
  expect(said).toContain("Answer with a number from 1 to 1, or with a word; ? lists them.");
});

test("of a long list twenty lines are read out at once, and words bring the others", async () => {
  const many = Array.from({ length: 24 }, (_, n) => finding(2 * n + 1));
  const left = Array.from({ length: 21 }, (_, n) => ignored(100 + n, `reason ${n}`));
  const audit = fakeAudit(many);
  const listing = { ...audit, verdict: () => ({ ...audit.verdict(), ignored: left }) };
  const said = await play(listing, "filter number 47", "filter", "ignored", "ignored 120", "quit");
  const numbered = said.filter((line) => /^\d+\. /u.test(line));
  expect(numbered).toHaveLength(20 + 1 + 20);
  expect(numbered[20]).toContain("The cron number 47 has no guard.");
  expect(said.filter((line) => line.startsWith("and "))).toEqual([
    "and 4 more: type filter and words, to list those that have them.",
    "and 4 more: type filter and words, to list those that have them.",
    "and 1 more: type ignored and words, to list those that have them.",
  ]);
  const reasons = said.filter((line) => /: reason \d+$/u.test(line));
  expect(reasons).toHaveLength(20 + 1);
  expect(reasons.at(-1)).toContain("rule-120");
});

test("a finding for a person's hands says what to paste, and its rule can be explained", async () => {
  const refusal = { what: "The hook is folded", paste: "line to paste" };
  const audit = fakeAudit([finding(1, { kind: "by-hand", title: "Add --no-wait", refusal })]);
  const said = await play(audit, "1", "explain", "fix", "?", "quit");
  for (const line of ["Fix by hand: Add --no-wait", "    line to paste", "All about rule-1."])
    expect(said).toContain(line);
});

test("a refused fix says why, in a person's words", async () => {
  const refuse = () => Promise.reject(new Failure("uneditable", { what: "The file has changed" }));
  const audit = fakeAudit([finding(1, safeFix)], { fix: refuse, fixSafe: refuse, reread: refuse });
  const said = await play(audit, "1", "fix", "yes", "all", "apply", "again", "quit");
  expect(said.filter((line) => line === "The file has changed")).toHaveLength(3);
});

test("a finding is ignored with the reason behind the word, after its comment was shown", async () => {
  const audit = fakeAudit([finding(1), finding(3)]);
  const said = await play(
    audit,
    ...["1", "ignore", "ignore it is meant", "no"],
    ...["1", "ignore it is meant", "yes", "quit"],
  );
  expect(said).toContain("A reason is needed");
  expect(said).toContain("    + # machinist: ignore[rule-1] it is meant");
  expect(said).toContain("ignored rule-1");
  expect(audit.verdict().ignored.map(({ rule }) => rule)).toEqual(["rule-1"]);
});

test("what is ignored is listed with its reason", async () => {
  const verdict = { findings: [], ignored: [ignored(4, "it is meant")], unread: [] };
  const said = await play(fakeAudit([], { verdict: () => verdict }), "ignored", "?", "1", "quit");
  expect(said).toContain("rule-4, .platform.app.yaml:4:5: it is meant");
  expect(said).toContain("No finding is listed; filter alone lists all, quit leaves.");
});

test("manual tells the address of the page and opens it, or says why it can't", async () => {
  const browse = async () => {
    throw new Failure("unexpected", { what: "The page can't be opened from here" });
  };
  const address = "https://manual.example.org/rule-1.html";
  const opened = await play(fakeAudit([finding(1)]), "1", "manual", "quit");
  expect(opened).toContain(address);
  expect(opened).toContain("Opened in the browser.");
  const refused = await play(fakeAudit([finding(1)], { browse }), "1", "manual", "quit");
  expect(refused).toContain(address);
  expect(refused).toContain("The page can't be opened from here");
  const manual = () => undefined;
  const without = await play(fakeAudit([finding(1)], { manual }), "1", "manual", "quit");
  expect(without).toContain("The manual has no page about this; explain tells about the rule.");
});
