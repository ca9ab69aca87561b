import { expect, test } from "vitest";
import { decode } from "../../../src/appfile/files/bytes.ts";
import type { Finding } from "../../../src/audit/finding.ts";
import {
  everything,
  filterWords,
  findingsThrough,
  nextSeverity,
} from "../../../src/audit/guided/filter.ts";
import { isStillThere, pointAfter } from "../../../src/audit/guided/same-finding.ts";
import { sourceLines } from "../../../src/audit/guided/source-lines.ts";
import { whatIsLeft } from "../../../src/audit/guided/summary.ts";
import { recordOf } from "../../../src/change/kinds/kind-of.ts";
import { previewOf } from "../../../src/change/preview.ts";
import { finding, ignored } from "./fake-audit.ts";

function place(line: number, column: number, endLine: number, endColumn: number) {
  return { kind: "file", file: "a.yaml", line, column, endLine, endColumn } as const;
}

function marks(text: string, location: ReturnType<typeof place>): readonly string[] {
  return sourceLines(text, location).map(
    ({ number, before, marked, after, hit, skipped }) =>
      `${hit ? ">" : " "}${number} ${before}[${marked}]${after}${skipped > 0 ? ` +${skipped}` : ""}`,
  );
}

const ten = Array.from({ length: 10 }, (_, index) => `  line ${index + 1}`).join("\n");

test("a place within a line is marked, with two lines before and after it", () => {
  expect(marks(ten, place(5, 3, 5, 7))).toEqual([
    " 3 []  line 3",
    " 4 []  line 4",
    ">5   [line] 5",
    " 6 []  line 6",
    " 7 []  line 7",
  ]);
});

test("a place over several lines is marked without the blanks at their beginnings", () => {
  expect(marks(ten, place(9, 1, 10, 7))).toEqual([
    " 7 []  line 7",
    " 8 []  line 8",
    ">9   [line 9]",
    ">10   [line] 10",
  ]);
});

test("a place that ends before the first character of a line leaves that line out", () => {
  expect(marks(ten, place(1, 1, 2, 1))).toEqual([
    ">1   [line 1]",
    " 2 []  line 2",
    " 3 []  line 3",
  ]);
});

test("of a long place the beginning is shown, and how much is left out", () => {
  expect(marks(ten, place(1, 1, 9, 4)).slice(-2)).toEqual([">6   [line 6] +3", " 10 []  line 10"]);
});

test("line ends of every kind part the lines, and a place beyond the text shows nothing", () => {
  expect(marks("a\r\nb\rc\nd", place(3, 1, 3, 2)).map((line) => line.slice(1))).toEqual([
    "1 []a",
    "2 []b",
    "3 [c]",
    "4 []d",
  ]);
  expect(marks("a", place(9, 1, 9, 2))).toEqual([]);
});

test("a token that stands in the file is shown nowhere of it, wherever the mark is", () => {
  const token = "kT0w3JdVq8yRz5Lx2NfHc7Bt";
  const text = `    PLATFORMSH_CLI_TOKEN: '${token}'`;
  const app = decode("a.yaml", Buffer.from(text));
  for (const [from, to] of [
    [5, 25],
    [28, 30],
    [27, 60],
  ] as const)
    expect(JSON.stringify(sourceLines(app, place(1, from, 1, to)))).not.toContain("JdVq8y");
  const after = text.replace("    ", "  ");
  const edits = [{ offset: 0, length: 4, text: "  " }];
  const change = { kind: "file", path: "/a", shown: "a", before: text, after, edits, purpose: "x" };
  expect(JSON.stringify(previewOf({ ...change, kind: "file" }))).not.toContain("JdVq8y");
  expect(JSON.stringify(recordOf({ ...change, kind: "file" }))).not.toContain("JdVq8y");
});

test("the pointer stays with its finding when lines above it come and go", () => {
  const before = [1, 3, 5].map((number) => finding(number));
  const moved = { ...finding(3), location: place(40, 1, 40, 2) };
  const known = [{ ...finding(3), location: place(3, 1, 3, 2) }];
  expect(pointAfter([...known, ...before], 0, [finding(9), moved])).toBe(1);
});

test("the pointer goes to the next finding when its own is gone, else to the one before", () => {
  const [one, two, three] = [finding(1), finding(3), finding(5)];
  expect(pointAfter([one, two, three], 1, [one, three])).toBe(1);
  expect(pointAfter([one, two, three], 2, [one, two])).toBe(1);
  expect(pointAfter([one, two, three], 1, [finding(7)])).toBe(0);
});

test("of two findings alike, one that is fixed counts as gone", () => {
  const twin: Finding = { ...finding(1) };
  expect(isStillThere(twin, [finding(1), twin], [finding(1)])).toBe(false);
  expect(isStillThere(twin, [finding(1), twin], [finding(1), twin])).toBe(true);
});

test("a filter needs every word, and looks at rule, message, place, severity and certainty", () => {
  const all = [1, 2, 3, 6].map((number) => finding(number));
  const found = (text: string) =>
    findingsThrough(all, { ...everything, text }).map(({ rule }) => rule);
  expect(found("likely warning")).toEqual(["rule-6"]);
  expect(found("ERROR app.yaml:3")).toEqual(["rule-3"]);
  expect(found("  ")).toHaveLength(4);
  expect(found("cron nowhere")).toEqual([]);
});

test("the severities to show go round: all, errors, errors and warnings", () => {
  const errors = nextSeverity(everything);
  const both = nextSeverity(errors);
  expect([errors, both, nextSeverity(both)].map((filter) => filterWords(filter))).toEqual([
    ["errors only"],
    ["errors and warnings"],
    [],
  ]);
});

test("what is left is told a line a finding, with its place, or that nothing is", () => {
  expect(
    whatIsLeft({
      findings: [finding(1), finding(2)],
      ignored: [ignored(3, "it is meant")],
      unread: [],
    }),
  ).toEqual([
    "Left: 1 error, 1 warning, 1 ignored.",
    "  error rule-1: The cron number 1 has no guard. (.platform.app.yaml:1:5)",
    "  warning rule-2: The cron number 2 has no guard. (.platform.app.yaml:2:5)",
  ]);
  expect(whatIsLeft({ findings: [], ignored: [], unread: [] })).toEqual([
    "Nothing is left to put right.",
  ]);
});

test("what wasn't looked at is told at the end, with what it costs", () => {
  const variables = {
    what: "the variables of main",
    why: "this account may not read it",
    rules: ["rule-1", "rule-2"],
    byChoice: false,
  };
  expect(whatIsLeft({ findings: [], ignored: [], unread: [variables] })).toEqual([
    "Nothing is left to put right in what was looked at.",
    "Not looked at: the variables of main: this account may not read it (2 rules need it)",
  ]);
});
