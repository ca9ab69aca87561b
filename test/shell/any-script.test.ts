import fc from "fast-check";
import { expect, test } from "vitest";
import { installations } from "../../src/shell/installation.ts";
import { readScript } from "../../src/shell/script.ts";
import { ofTexts, someOf } from "../amounts.ts";
import { anyText } from "../any-text.ts";
import { findingsIn, withCron } from "../audit/app.ts";
import { processorTime } from "../processor-time.ts";

const pieces = [
  "$(",
  "${",
  "$((",
  "`",
  "(",
  "((",
  "{ ",
  "[[ ( ",
  "[[ ! ",
  "if ",
  "while a; do ",
  "case $PLATFORM_BRANCH in a) ",
  "f() { ",
  "f()",
  "function f ",
  "coproc ",
  '"$(',
  "<<A ",
  "bash <<A\n",
  "! ",
  "a | ",
  '[ "$PLATFORM_BRANCH" = a ] && ',
  "platform redeploy\n",
  "platform multi '",
  "sh -c '",
  'sh -c "',
  "eval ",
  "xargs ",
  "env ",
  "A=$A$A;",
  "@(",
  "x=(",
  "{a,",
];

function secondsOf(work: () => void): number {
  const seconds = processorTime();
  work();
  return seconds();
}

test.each(someOf(pieces))("%j 20,000 times in a row is given up in time", (piece) => {
  const script = piece.repeat(20_000);
  expect(secondsOf(() => readScript(script))).toBeLessThan(5);
  expect(secondsOf(() => findingsIn(withCron(script.replaceAll("\n", ";"))))).toBeLessThan(20);
});

test("a script that makes one file and asks for it 4,000 times is read in time", () => {
  const script = "touch on\n[ -f on ] && cp on off\n".repeat(4000);
  expect(secondsOf(() => readScript(script))).toBeLessThan(5);
});

test("any bytes are read as a script, without an error and in time", () => {
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(...pieces, "then ", "fi\n", ";;", "esac", "}", ")", "'"),
    },
    { weight: 1, arbitrary: anyText({ maxLength: 8 }) },
  );
  const script = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(script, (text) => {
      expect(secondsOf(() => readScript(text))).toBeLessThan(5);
    }),
    ofTexts,
  );
});

test("a list of a hundred options, and a pattern of a hundred stars, are read in time", () => {
  const program = `run(["platform", ${'"-a", '.repeat(100)}"x"])`;
  expect(secondsOf(() => readScript("node job.js", new Map([["job.js", program]])))).toBeLessThan(
    5,
  );
  const download = "curl -fsS https://platform.sh/cli/installer -o";
  const script = `${download} ${"a".repeat(100)}; sh ${"*a".repeat(100)}b`;
  expect(secondsOf(() => installations(script))).toBeLessThan(5);
});
