import fc from "fast-check";
import { expect, test } from "vitest";
import {
  breakAnywhere,
  characters,
  clip,
  widthOf,
  wrap,
  wrapCode,
} from "../../src/tui/text-width.ts";
import { ofTexts } from "../amounts.ts";

test.each([
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["日本", 4],
  ["🙂", 2],
  ["👩‍💻", 2],
  ["✔ done", 6],
])("%s takes %i columns", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test("a text that is cut says so and fits", () => {
  expect(clip("abcdef", 4)).toBe("abc…");
  expect(clip("日本語", 4)).toBe("日…");
  expect(clip("abcd", 4)).toBe("abcd");
});

test("wrapped text breaks between words, and inside a word only when it must", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrap("a abcdefgh b", 4)).toEqual(["a", "abcd", "efgh", "b"]);
  expect(wrap("", 4)).toEqual([""]);
});

test("a line of code that goes on keeps every blank but the one that the break stands for", () => {
  expect(wrapCode("echo 'a      b' && x", 9)).toEqual(["echo 'a", "       b'", "  && x"]);
  expect(wrapCode("  - platform redeploy --no-wait", 20)).toEqual([
    "  - platform",
    "    redeploy",
    "    --no-wait",
  ]);
});

test("broken text fits the columns and loses nothing", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 2, max: 20 }),
      (text, columns) => {
        const lines = breakAnywhere(text, columns);
        expect(lines.join("")).toBe(text);
        // What a person sees as one character isn't broken, however wide it is.
        for (const line of lines.filter((one) => characters(one).length > 1))
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
      },
    ),
    ofTexts,
  );
});

test("what is counted at once is as wide as by Unicode's rules, and falls apart as by these", () => {
  // Next to a wide character, a text is taken apart by the rules.
  const all = Array.from({ length: 0x600 }, (_, at) => (at < 0x300 ? at : at + 0x2000 - 0x300));
  // Control characters are in no text that is shown.
  const units = all.filter((unit) => unit >= 0x20);
  const ofUnits = (widthIn: (text: string) => number) =>
    units.map((unit) => `${unit.toString(16)}: ${widthIn(String.fromCharCode(unit))}`);
  expect(ofUnits(widthOf)).toEqual(ofUnits((text) => widthOf(`日${text}`) - 2));
  expect(breakAnywhere("\r\nab", 1)).toEqual(["\r\n", "a", "b"]);
});
