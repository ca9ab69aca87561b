import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { columnsOf } from "../../src/commands/terminal/io.ts";
import { wrappedColumn, wrappedLine } from "../../src/commands/terminal/wrapped-line.ts";

const command =
  "machinist setup '/home/jo/my shop' --project shopq4m2v7xk3 --command 'platform backup:list --all' --schedule 'custom=0 5 * * *' --report /tmp/r.md --yes";

test("a line that fits, one without a terminal, and code stay as they are", () => {
  const long = "a word ".repeat(20);
  expect(wrappedLine("done: it fits", 60)).toEqual(["done: it fits"]);
  expect(wrappedLine(long, undefined)).toEqual([long]);
  expect(wrappedLine(`    ${long}`, 60)).toEqual([`    ${long}`]);
});

test("a terminal that was opened without a size breaks no line, as what is no terminal", () => {
  expect(columnsOf({ isTTY: true, columns: 0 })).toBeUndefined();
  expect(columnsOf({ isTTY: false, columns: 80 })).toBeUndefined();
  expect(columnsOf({ isTTY: true, columns: 80 })).toBe(80);
});

test("a sentence is broken between words, and its further lines stand deeper", () => {
  expect(
    wrappedLine("done: Invited operator+shop-backup@example.org to project shopq4m2v7xk3", 50),
  ).toEqual(["done: Invited operator+shop-backup@example.org to", "  project shopq4m2v7xk3"]);
  expect(wrappedLine("  why: it was changed by somebody else meanwhile", 30)).toEqual([
    "  why: it was changed by",
    "    somebody else meanwhile",
  ]);
});

test("what stands in the second of two columns goes on there, and below its name where that is narrow", () => {
  const found = "the audit finds 1 error, 3 warnings, 1 note; machinist audit lists them";
  expect(wrappedColumn("Set up", found, 10, 50)).toEqual([
    "Set up    the audit finds 1 error, 3 warnings, 1",
    "          note; machinist audit lists them",
  ]);
  expect(wrappedColumn("", found, 10, 50)[0]).toBe(
    "          the audit finds 1 error, 3 warnings, 1",
  );
  expect(wrappedColumn("Set up", "a sentence that is longer", 10, 25)).toEqual([
    "Set up    a sentence that",
    "  is longer",
  ]);
  expect(wrappedColumn("Set up", found, 10, undefined)).toEqual([`Set up    ${found}`]);
});

test("a sentence about a command is no command to copy", () => {
  expect(wrappedLine("now: machinist logout forgets it; then sign in again", 30)).toEqual([
    "now: machinist logout forgets",
    "  it; then sign in again",
  ]);
});

test.each([30, 40, 60, 80, 120])("a command in %i columns is still the same command", (columns) => {
  const [said, ...lines] = wrappedLine(`to go on: ${command}`, columns);
  expect(said).toBe("to go on:");
  const read = (text: string) =>
    execFileSync("sh", ["-c", `machinist() { printf '%s\\n' "$@"; }; ${text}`], {
      encoding: "utf8",
    });
  expect(read(lines.join("\n"))).toBe(read(command));
});

test("the lines of a command are broken before its flags, and fit", () => {
  expect(wrappedLine(`to go on: ${command}`, 60)).toEqual([
    "to go on:",
    "  machinist setup '/home/jo/my shop' \\",
    "  --project shopq4m2v7xk3 \\",
    "  --command 'platform backup:list --all' \\",
    "  --schedule 'custom=0 5 * * *' --report /tmp/r.md --yes",
  ]);
});
