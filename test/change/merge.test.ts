import fc from "fast-check";
import { expect, test } from "vitest";
import type { FileChange } from "../../src/change/change.ts";
import { mergeChanges } from "../../src/change/merge.ts";
import { applyEdits, inverseEdits } from "../../src/yaml/edit.ts";
import { ofTexts } from "../amounts.ts";
import { access, invitation } from "./changes.ts";

function change(path: string, before: string, after: string): FileChange {
  const edits = [{ offset: 0, length: before.length, text: after }];
  return { kind: "file", path, shown: path, before, after, edits, purpose: `make it ${after}` };
}

test("the changes of a file become one, from its first text to its last, by edits that can be taken back", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "😀") }), {
    minLength: 2,
    maxLength: 5,
  });
  fc.assert(
    fc.property(texts, (versions) => {
      const changes = versions
        .slice(1)
        .map((after, index) => change("/app.yaml", versions[index] ?? "", after));
      const [merged, ...others] = mergeChanges(changes);
      if (merged?.kind !== "file") throw new Error("a file change was expected");
      const { before, after, edits } = merged;
      expect(others).toEqual([]);
      expect([before, after]).toEqual([versions[0], versions.at(-1)]);
      expect(applyEdits(before, edits)).toBe(after);
      expect(applyEdits(after, inverseEdits(before, edits))).toBe(before);
    }),
    ofTexts,
  );
});

test("other files and requests stay changes of their own, in their order", () => {
  const [one, two] = [change("/a", "1", "2"), change("/a", "2", "3")];
  const other = change("/b", "x", "y");
  expect(mergeChanges([one, invitation, other, two, access])).toEqual([
    { ...change("/a", "1", "3"), purpose: "make it 2; make it 3" },
    invitation,
    other,
    access,
  ]);
});

test("a change alone stays as it is", () => {
  const one = change("/a", "1", "2");
  expect(mergeChanges([one])).toEqual([one]);
});
