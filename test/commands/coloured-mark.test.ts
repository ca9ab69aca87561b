import { expect, test } from "vitest";
import { withColouredMark } from "../../src/commands/terminal/io.ts";

const colours = { green: 32, yellow: 33, red: 31 };

test.each([
  ["✔", colours.green],
  ["▲", colours.yellow],
  ["?", colours.yellow],
  ["✖", colours.red],
])(
  "the mark %s at the beginning of a line has its colour, and nothing else has one",
  (mark, colour) => {
    const line = `  ${mark} a ${mark} b`;
    expect(withColouredMark(line, [line, `    ${mark} c`])).toEqual([
      `  \u001b[${colour}m${mark}\u001b[39m a ${mark} b`,
      `    ${mark} c`,
    ]);
  },
);

test("what stands for the mark in ASCII has its colour", () => {
  expect(withColouredMark("✖ wrong", ["x wrong"])).toEqual(["\u001b[31mx\u001b[39m wrong"]);
});

test.each(["In the file:", "x y", "1. ✔ done", "", "✔", "·  later"])(
  "%j stays as it is",
  (line) => {
    expect(withColouredMark(line, [line])).toEqual([line]);
  },
);
