import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isAsciiLocale,
  logLine,
  printable,
  printableLines,
  withAsciiMarks,
} from "../src/printable.ts";
import { widthOf } from "../src/tui/text-width.ts";
import { signs, spinner } from "../src/tui/theme.ts";
import { ofTexts } from "./amounts.ts";
import { anyText } from "./any-text.ts";

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
    fc.property(anyText({ maxLength: 60 }), (text) => {
      for (const line of printableLines(text)) expect(line).not.toMatch(/\p{Cc}/u);
    }),
    ofTexts,
  );
});

test("a text with nothing to take out is shown as one that something is taken out of", () => {
  fc.assert(
    fc.property(
      anyText({ maxLength: 60 }),
      fc.constantFrom("", "\t“a” · b…\r\nc – é\u2028d→"),
      (text, mark) => {
        const shown = `${text}${mark}`;
        expect(printableLines(shown)).toEqual(printableLines(`${shown}\u200B`));
      },
    ),
    ofTexts,
  );
  const lowSigns = Array.from({ length: 0x2f00 }, (_, code) => String.fromCharCode(code));
  const other = lowSigns.filter(
    (sign) => printableLines(sign).join("|") !== printableLines(`${sign}\u200B`).join("|"),
  );
  expect(other).toEqual([]);
});

test.each([
  ["a zero-width space", "ad\u200Bmin", "admin"],
  ["a byte order mark in the middle", "ad\uFEFFmin", "admin"],
  ["a soft hyphen", "ad\u00ADmin", "admin"],
  ["a joiner behind a blank", "admin \u200D", "admin "],
  ["text hidden in tags", "shop\u{E0068}\u{E0069}", "shop"],
  ["text hidden in variation selectors", "shop\u{E0100}\u{E0101}\u{E0102}", "shop\u{E0100}"],
])("%s is taken out", (_what, hostile, shown) => {
  expect(printable(hostile)).toBe(shown);
});

test("joiners inside emoji and letters stay", () => {
  for (const text of ["👩‍❤️‍👨", "👩🏽‍💻", "می‌خواهم", "क्‍ष", "1️⃣", "❤️"])
    expect(printable(text)).toBe(text);
});

test.each([
  ["::error::pwned", ": :error::pwned"],
  ["  ::warning file=a::b", "  : :warning file=a::b"],
  ["cron ##[group]x", "cron # #[group]x"],
  ["##vso[task.setvariable]x", "# #vso[task.setvariable]x"],
  ["a::b and # [c] and ## d", "a::b and # [c] and ## d"],
])("in the line %s no CI system finds an order", (line, shown) => {
  expect(logLine(line)).toBe(shown);
});

test.each([
  [{ LANG: "C" }, true],
  [{ LC_ALL: "POSIX", LANG: "de_DE.UTF-8" }, true],
  [{ LC_CTYPE: "de_DE.ISO-8859-1" }, true],
  [{ LANG: "C.UTF-8" }, false],
  [{ LC_ALL: "", LANG: "en_US.utf8" }, false],
  [{}, false],
])("the locale of %j has ASCII marks only: %s", (env, expected) => {
  expect(isAsciiLocale(env)).toBe(expected);
});

test("every mark of the screens has one of ASCII, as wide as itself, and letters stay", () => {
  for (const mark of [...Object.values(signs), ...spinner]) {
    const shown = withAsciiMarks(mark);
    expect(shown).toMatch(/^[ -~]+$/u);
    expect(shown.length).toBe(widthOf(mark));
  }
  expect(withAsciiMarks("❯ ✔ Café — 日本")).toBe("> * Café - 日本");
  expect(withAsciiMarks("· col·lecció a–b “l’été” cut…")).toBe('- col·lecció a–b "l’été" cut~');
});
