import { expect, test } from "vitest";
import { unreadableFile } from "../../src/audit/unreadable.ts";
import { Failure } from "../../src/failure.ts";
import { parseSource } from "../../src/yaml/source.ts";

/** What is told of a file that can't be read. */
function toldOf(text: string) {
  try {
    parseSource({ file: "/shop/app.yaml", shown: "app.yaml" }, text);
  } catch (error) {
    if (error instanceof Failure) return unreadableFile("app.yaml", error);
    throw error;
  }
  throw new Error("it was read");
}

/** Words that only those who wrote the parser understand, and such of somebody who wants to edit. */
const jargon = /implicit|scalar|flow|collection|token|node|indicator|seq\b|edited/iu;

test.each([
  "a: [1, 2\n",
  "a: {b: 1\nc: 2\n",
  "a:\n  - b\n c\n",
  "a: 'b\n",
  "a: b: c\n",
  "a\nb: 1\n",
  "a: 'b' c\n",
  "a: @b\n",
  "a: %b\n",
  "- a\nb: 1\n",
  "a: &x &y 1\n",
  "a: !x !y 1\n",
  'a: "\\q"\n',
  "a: |x\n  b\n",
  "a: 1\na: 2\n",
  "a: [b]c\n",
  "a: ]\n",
  "a: b#c\n  d: e\n",
  "a: [b, , c]\n",
])("a person understands what is wrong with %j", (text) => {
  const { message, location } = toldOf(text);
  expect(message).toMatch(/^The file can't be read with certainty: [A-Z]/u);
  expect(message).not.toMatch(jargon);
  expect(location).toMatchObject({ kind: "file", file: "app.yaml" });
});
