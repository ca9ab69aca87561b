import fc from "fast-check";
import { expect, test } from "vitest";
import { breakAnywhere, clip, widthOf, wrap } from "../../src/tui/text-width.ts";
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

test("broken text fits the columns and loses nothing", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 2, max: 20 }),
      (text, columns) => {
        const lines = breakAnywhere(text, columns);
        expect(lines.join("")).toBe(text);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      },
    ),
    ofTexts,
  );
});
