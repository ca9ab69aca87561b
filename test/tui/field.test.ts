import { expect, test } from "vitest";
import { edit, type FieldAction, fieldOf, typeInto } from "../../src/tui/components/field.ts";

/** The text with `|` at the cursor. */
function after(text: string, ...actions: readonly FieldAction[]): string {
  const { text: edited, cursor } = actions.reduce(edit, fieldOf(text));
  return `${edited.slice(0, cursor)}|${edited.slice(cursor)}`;
}

test.each([
  [["left"], "one tw|o"],
  [["first"], "|one two"],
  [["first", "right"], "o|ne two"],
  [["erase"], "one tw|"],
  [["first", "erase"], "|one two"],
  [["first", "erase-right"], "|ne two"],
  [["erase-word"], "one |"],
  [["erase-word", "erase-word"], "|"],
  [["left", "clear"], "|o"],
  [["first", "clear-right"], "|"],
  [["first", "last"], "one two|"],
] as const)("%s makes of 'one two|' %s", (actions, expected) => {
  expect(after("one two", ...actions)).toBe(expected);
});

test("one Backspace erases what people see as one character", () => {
  expect(after("a👩‍💻", "erase")).toBe("a|");
  expect(after("ae\u0301", "erase")).toBe("a|");
});

test("a paste goes in at the cursor, in one line and without its edges", () => {
  const field = edit(fieldOf("ad"), "left");
  expect(typeInto(field, { kind: "paste", text: "\n b\r\nc \u001B[2J\n" })).toEqual({
    text: "ab c d",
    cursor: 5,
  });
});
