import { expect, test } from "vitest";
import { readConfiguration } from "../../src/audit/configuration/read.ts";
import { configuringIgnore } from "../../src/audit/configuration/write.ts";
import { Failure } from "../../src/failure.ts";

const entry = {
  rule: "token-variable-exposed",
  at: "variable env:X on main",
  project: "abcdefghijklm",
  reason: "previews: they test the backup",
};

const written = [
  "    - rule: token-variable-exposed",
  "      at: variable env:X on main",
  "      project: abcdefghijklm",
  "      reason: 'previews: they test the backup'",
];

const other = "rule: token-variable-missing";

function configured(text?: string, ignore: Parameters<typeof configuringIgnore>[1] = entry) {
  const file = { path: "/shop/.machinist.yaml", shown: ".machinist.yaml" };
  return configuringIgnore(text === undefined ? file : { ...file, text }, ignore);
}

test("where there is no configuration, one is made", () => {
  expect(configured()).toMatchObject({
    kind: "file-creation",
    path: "/shop/.machinist.yaml",
    after: `ignore:\n${written.join("\n")}\n`,
    purpose: "ignore token-variable-exposed",
  });
});

test.each([
  [
    "at the end of a file without the list",
    "fail-on: warning\n# end\n",
    "fail-on: warning\n# end\nignore:\nNEW\n",
  ],
  [
    "at the end of a file without a last line end",
    "fail-on: error",
    "fail-on: error\nignore:\nNEW\n",
  ],
  ["in a file of comments", "# nothing yet\n", "# nothing yet\nignore:\nNEW\n"],
  ["in an empty file", "", "ignore:\nNEW\n"],
  [
    "in place of an empty list",
    "ignore: [] # none\nfail-on: error\n",
    "ignore:\nNEW # none\nfail-on: error\n",
  ],
  [
    "after the last entry and its comment",
    `ignore:\n    - ${other}\n      at: here\n      reason: one # so\n\nfail-on: error\n`,
    `ignore:\n    - ${other}\n      at: here\n      reason: one # so\nNEW\n\nfail-on: error\n`,
  ],
  [
    "with the dash and the blanks of the other entries",
    `ignore:\n-   ${other}\n    at: here\n    reason: one\n`,
    `ignore:\n-   ${other}\n    at: here\n    reason: one\n${written.map((line, index) => (index === 0 ? line.replace("    - ", "-   ") : line.slice(2))).join("\n")}\n`,
  ],
  [
    "after an entry in braces",
    `ignore:\n  - { ${other}, at: here, reason: one }\n`,
    `ignore:\n  - { ${other}, at: here, reason: one }\n${written.map((line) => line.slice(2)).join("\n")}\n`,
  ],
  ["with the line ends of the file", "fail-on: error\r\n", `fail-on: error\r\nignore:\r\nNEW\r\n`],
])("the entry goes %s, and all else stays", (_where, text, expected) => {
  const change = configured(text);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  expect(change).toMatchObject({ kind: "file", before: text });
  expect(change.after).toBe(expected.replace("NEW", written.join(eol)));
  expect(readConfiguration(".machinist.yaml", change.after).ignores.at(-1)).toMatchObject(entry);
});

test("a second entry follows the first, and a reason of any words stays that reason", () => {
  const first = configured();
  for (const reason of ["# it's meant", "no", '12 of "them"', "ends with:", "✓ — ümlaut", "'"]) {
    const readable = /[\p{L}\p{N}]/u.test(reason);
    const add = () => configured(first.after, { ...entry, reason });
    if (readable)
      expect(readConfiguration("a", add().after).ignores.map((each) => each.reason)).toEqual([
        entry.reason,
        reason,
      ]);
    else expect(add).toThrow(Failure);
  }
});

test.each<[string, string, (text: string, paste: string) => string]>([
  [
    "a list in brackets",
    `ignore: [{ ${other}, at: here, reason: one }]\n`,
    (text, paste) => text.replace("]", `, ${paste}]`),
  ],
  [
    "a mapping in braces",
    "{ fail-on: error }\n",
    (text, paste) => text.replace("}", `, ${paste} }`),
  ],
  [
    "a dash on a line of its own",
    `ignore:\n  -\n        ${other}\n        at: here\n        reason: one\n`,
    (text, paste) => `${text}${paste}\n`,
  ],
])("%s is left alone, and the entry is shown as it can be pasted there", (_what, text, pasted) => {
  const failure = failureOf(() => configured(text));
  expect(failure).toMatchObject({ reason: "uneditable", parts: { where: ".machinist.yaml" } });
  const { ignores } = readConfiguration("a", pasted(text, failure.parts.paste ?? ""));
  expect(ignores.at(-1)).toMatchObject(entry);
});

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error("it was not refused");
}
