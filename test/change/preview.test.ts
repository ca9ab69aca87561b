import { expect, test } from "vitest";
import type { FileChange } from "../../src/change/change.ts";
import { diffLines } from "../../src/change/kinds/diff-lines.ts";
import { type Preview, previewOf } from "../../src/change/preview.ts";
import { Secret } from "../../src/secret.ts";

const signs = { added: "+", removed: "-", context: " ", place: "", fact: "", field: "" };

/** A preview as it reads on a terminal. */
function read({ title, lines }: Preview): string[] {
  return [title, ...lines.map(({ kind, text }) => signs[kind] + text)];
}

function replacement(before: string, after: string): FileChange {
  const edits = [{ offset: 0, length: before.length, text: after }];
  const shown = ".platform.app.yaml";
  return { kind: "file", path: `/shop/${shown}`, shown, before, after, edits, purpose: "edit it" };
}

const flags = {
  sensitive: true,
  enabled: true,
  inheritable: true,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};
const variable = {
  project: "abcdefgh12345",
  environment: "main",
  name: "env:PLATFORMSH_CLI_TOKEN",
};

test("a file is shown as a diff with three lines around each change, under the line it is at", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);
  const after = [...lines.slice(0, 9), "new\n", ...lines.slice(9, 19), "last\n"];
  expect(read(previewOf(replacement(lines.join(""), after.join(""))))).toEqual([
    ".platform.app.yaml: edit it",
    "@@ .platform.app.yaml:10 @@",
    " line 7",
    " line 8",
    " line 9",
    "+new",
    " line 10",
    " line 11",
    " line 12",
    "@@ .platform.app.yaml:21 @@",
    " line 17",
    " line 18",
    " line 19",
    "-line 20",
    "+last",
  ]);
});

test("the carriage returns of a file with Windows line ends are not printed", () => {
  const preview = previewOf(replacement("a\r\nb\r\nc", "a\r\nnew\r\nb\r\nc"));
  expect(read(preview).slice(2)).toEqual([
    " a",
    "+new",
    " b",
    " c",
    " (no line end at the end of the file)",
  ]);
});

test("a line that ends unlike its neighbours shows its carriage return", () => {
  expect(read(previewOf(replacement("a\r\nb\n", "a\r\nb\r\n"))).slice(2)).toEqual([
    " a␍",
    "-b",
    "+b␍",
  ]);
});

test("a missing final line end is said", () => {
  expect(read(previewOf(replacement("a", "a\n"))).slice(2)).toEqual([
    "-a",
    " (no line end at the end of the file)",
    "+a",
  ]);
});

test("escape sequences and the byte order mark of a file don't reach the terminal", () => {
  const { lines } = previewOf(
    replacement("\uFEFFname: \u001B[2Japp\n", "\uFEFFname: \u001B]0;x\u0007shop\r.\n"),
  );
  expect(lines.map(({ text }) => text).slice(1)).toEqual(["name: app", "name: shop ."]);
});

test("an invitation is one sentence", () => {
  const preview = previewOf({
    kind: "invitation",
    project: "abcdefgh12345",
    email: "bot@example.org",
    permissions: ["viewer", "production:admin"],
  });
  expect(preview.title).toBe(
    "Invite bot@example.org to project abcdefgh12345 as viewer, admin on production",
  );
});

test("another role is shown before and after", () => {
  const preview = previewOf({
    kind: "access",
    project: "abcdefgh12345",
    user: "some-id",
    email: "bot@example.org",
    before: ["admin"],
    after: ["viewer", "production:contributor"],
  });
  expect(read(preview)).toEqual([
    "Change the role of bot@example.org in project abcdefgh12345",
    "-project admin",
    "+viewer, contributor on production",
  ]);
});

test("a new variable is shown with every flag in words, and never with its value", () => {
  const value = new Secret("canary-of-the-preview");
  const preview = previewOf({ kind: "variable-creation", ...variable, value, flags });
  expect(read(preview)).toEqual([
    "Create the variable env:PLATFORMSH_CLI_TOKEN on main of project abcdefgh12345",
    "value: the machine user's token",
    "sensitive: yes, its value can't be read back",
    "enabled: yes, the apps get it",
    "inheritable: yes, child environments get it too",
    "visible at build: no, builds can't read it",
    "visible at runtime: yes, crons and the running app can read it",
    "apps: all",
  ]);
});

test("an update shows what changes of a variable before and after, and what stays", () => {
  const after = { ...flags, inheritable: false, applicationScope: ["app", "worker"] };
  const preview = previewOf({ kind: "variable-update", ...variable, before: flags, after });
  expect(read(preview).slice(1)).toEqual([
    "value: stays as it is",
    "sensitive: yes, its value can't be read back",
    "enabled: yes, the apps get it",
    "inheritable: no, only this environment gets it (yes now)",
    "visible at build: no, builds can't read it",
    "visible at runtime: yes, crons and the running app can read it",
    "apps: app, worker (all now)",
  ]);
});

test("names from the API are shown without control characters", () => {
  const preview = previewOf({
    kind: "variable-deletion",
    ...variable,
    flags,
    environment: "main\u001B[31m\nof evil",
  });
  expect(preview.title).toBe(
    "Delete the variable env:PLATFORMSH_CLI_TOKEN on main of evil of project abcdefgh12345",
  );
});

test("before a value is replaced it is said that the old one can't come back", () => {
  const value = new Secret("canary-of-the-preview");
  const change = { kind: "variable-update", ...variable, before: flags, after: flags } as const;
  const preview = read(previewOf({ ...change, value }));
  expect(preview).toContain("the old value is kept nowhere: undo can't bring it back");
  expect(preview.join("\n")).not.toContain("canary");
  expect(read(previewOf(change)).join("\n")).not.toContain("undo can't");
});

test("a change in a long file is shown as in a short one, under its own line", () => {
  const line = (index: number) => `    - line ${index % 7} of a long file that goes on and on`;
  const above = Array.from({ length: 3000 }, (_, index) => line(index));
  const below = Array.from({ length: 3000 }, (_, index) => line(index + 2));
  for (const [from, to] of [
    [["old"], ["new", "newer"]],
    [[line(4)], [line(4), line(4)]],
    [[line(4), line(4)], [line(4)]],
    [
      ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
      ["A", "b", "c", "d", "e", "f", "g", "h", "I"],
    ],
  ] as const)
    for (const [before, after] of [
      [above, below],
      [[], below],
      [above, []],
    ] as const) {
      const text = (lines: readonly string[]) => [...before, ...lines, ...after].join("\n");
      const short = (lines: readonly string[]) =>
        [...before.slice(-40), ...lines, ...after.slice(0, 40)].join("\n");
      const shown = ".platform.app.yaml";
      const edit = {
        offset: before.length === 0 ? 0 : before.join("\n").length + 1,
        length: from.join("\n").length,
        text: to.join("\n"),
      };
      const edits = [edit];
      const long = diffLines({ shown, before: text(from), after: text(to), edits });
      const moved = diffLines({ shown, before: short(from), after: short(to) }).map((each) => ({
        ...each,
        text:
          each.kind === "place"
            ? each.text.replace(/\d+(?= @@)/u, (number) =>
                String(Number(number) + Math.max(0, before.length - 40)),
              )
            : each.text,
      }));
      expect(long).toEqual(moved);
    }
});
