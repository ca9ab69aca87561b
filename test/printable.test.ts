import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, printableLines } from "../src/printable.ts";
import { ofTexts } from "./amounts.ts";

test.each([
  ["colours", "\u001b[31mred\u001b[0m", "red"],
  ["a window title", "\u001b]0;owned\u0007shop", "shop"],
  ["a wiped screen", "a\u001b[3J\u001b[Hb", "ab"],
  ["an 8-bit sequence", "\u009b2Jshop", "shop"],
  ["a carriage return that overwrites", "good\rbad", "good bad"],
  ["an order that is turned round", "a\u202Eb", "ab"],
  ["a tab", "a\tb", "a  b"],
])("%s is made harmless", (_what, hostile, shown) => {
  expect(printable(hostile)).toBe(shown);
});

test("titles in any script stay as they are", () => {
  for (const title of ["Магазин", "お店", "متجر", "Café 🛒 👩‍👩‍👧"])
    expect(printable(title)).toBe(title);
});

test("whatever the text, no control character is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      for (const line of printableLines(text)) expect(line).not.toMatch(/\p{Cc}/u);
    }),
    ofTexts,
  );
});
