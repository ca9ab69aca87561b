import { expect, test } from "vitest";
import { applyEdits, inverseEdits } from "../../src/yaml/edit.ts";

const text = "0123456789";
const edits = [
  { offset: 0, length: 0, text: "<" },
  { offset: 2, length: 3, text: "x" },
  { offset: 5, length: 0, text: "yy" },
  { offset: 10, length: 0, text: ">" },
];

test("every edit is made at its own place in the text before", () => {
  expect(applyEdits(text, edits)).toBe("<01xyy56789>");
});

test("the inverse takes back what was made", () => {
  const after = applyEdits(text, edits);
  const inverse = inverseEdits(text, edits);
  expect(applyEdits(after, inverse)).toBe(text);
  expect(applyEdits(text, inverseEdits(after, inverse))).toBe(after);
});

test.each([
  [
    "out of order",
    [
      { offset: 4, length: 0, text: "" },
      { offset: 2, length: 0, text: "" },
    ],
  ],
  [
    "overlapping",
    [
      { offset: 2, length: 3, text: "" },
      { offset: 4, length: 1, text: "" },
    ],
  ],
  ["beyond the end", [{ offset: 9, length: 2, text: "" }]],
  ["before the start", [{ offset: -1, length: 2, text: "" }]],
])("edits that are %s are not made", (_, wrong) => {
  expect(() => applyEdits(text, wrong)).toThrow(RangeError);
});
