import { expect, test } from "vitest";
import type { AppFile, Script } from "../../src/appfile/app-file.ts";
import { replaceInScript } from "../../src/appfile/operations.ts";
import { appOf, file, refusalOf } from "./given.ts";

function buildOf(app: AppFile): Script {
  if (app.hooks.build === undefined) throw new Error("there is no build hook");
  return app.hooks.build;
}

/** The file after `from`, in the build hook, was replaced. */
function replaced(text: string, from: string, by: string): string {
  const app = appOf(text);
  const script = buildOf(app);
  const start = script.text.indexOf(from);
  return replaceInScript(script, { start, end: start + from.length, text: by }).after;
}

const wait = "backup:create";
const noWait = "backup:create --no-wait";

test.each([
  ["a literal block", file("hooks:", "  build: |", "    set -e", "", `    platform ${wait} # ✓`)],
  ["a literal block with CRLF", `hooks:\r\n  build: |\r\n    set -e\r\n    platform ${wait}`],
  ["a folded block", file("hooks:", "  build: >", "    set -e;", `    platform ${wait}`)],
  ["a plain text", file("hooks:", `  build: platform ${wait}`)],
  ["a plain text over several lines", file("hooks:", "  build: platform", `     ${wait}`)],
  ["a text in single quotes", file("hooks:", `  build: 'echo ''x''; platform ${wait}'`)],
  ["a text in double quotes", file("hooks:", `  build: "echo \\"x\\"; platform ${wait}"`)],
  ["a text in quotes over several lines", file("hooks:", '  build: "set -e;', `     ${wait}"`)],
])("only the replaced part of %s changes", (_, text) => {
  expect(replaced(text, wait, noWait)).toBe(text.replace(wait, noWait));
});

test("new lines in a literal block get its indentation and line ends", () => {
  const text = "hooks:\r\n  build: |\r\n      a\r\n      b\r\n";
  expect(replaced(text, "a", "if x; then\n    a\nfi")).toBe(
    "hooks:\r\n  build: |\r\n      if x; then\r\n          a\r\n      fi\r\n      b\r\n",
  );
});

test("a part over several lines of a literal block is replaced whole", () => {
  const text = file("hooks:", "  build: |", "    if x; then", "      a", "    fi", "    b");
  expect(replaced(text, "if x; then\n  a\nfi", "a")).toBe(
    file("hooks:", "  build: |", "    a", "    b"),
  );
});

test("quotes in the new text are written as the quotes around it need", () => {
  expect(replaced("hooks: { build: 'echo x' }\n", "x", "'y'")).toBe(
    "hooks: { build: 'echo ''y''' }\n",
  );
  expect(replaced('hooks: { build: "echo x" }\n', "x", '"y"')).toBe(
    'hooks: { build: "echo \\"y\\"" }\n',
  );
});

test("a plain text on one line is put in quotes where the new one can't stand without", () => {
  const text = "hooks:\r\n  build: &b make all # it\r\n  deploy: x";
  const quoted = (script: string) => text.replace("make all", script);
  expect(replaced(text, "make all", "{ make 'all'; }")).toBe(quoted("'{ make ''all''; }'"));
  expect(replaced(text, "all", "a: b #c")).toBe(quoted("'make a: b #c'"));
  expect(replaced("hooks: { build: make }", "make", "a, b")).toBe("hooks: { build: 'a, b' }");
});

test("text is inserted at the very end", () => {
  const app = appOf("hooks:\n  build: make");
  const end = { start: 4, end: 4, text: " all" };
  expect(replaceInScript(buildOf(app), end).after).toBe("hooks:\n  build: make all");
});

test.each([
  [
    "new lines outside a literal block",
    "make",
    ["make", "a\nb", "  build: |\n      a\n      b"],
    "More lines can be put only",
  ],
  [
    "a comment that isn't one in the shell",
    "make\n    it",
    ["make it", "a #b", "  build: 'a #b'"],
    "change a comment",
  ],
  [
    "text that YAML reads otherwise",
    "make\n    it",
    ["make it", "a: b", "  build: 'a: b'"],
    "could not be read",
  ],
])("%s is refused with the script to paste, as the file takes it", (_, build, edit, why) => {
  const [from = "", by = "", pasted] = edit;
  const parts = refusalOf(() => replaced(`hooks:\n  build: ${build}\n`, from, by));
  expect(parts.where).toBe("app.yaml:2:10");
  expect(parts.why).toContain(why);
  expect(parts.paste).toBe(pasted);
});

test("the place between folded lines can't be replaced by itself, but together with both", () => {
  const text = "hooks:\n  build: a\n    b\n";
  expect(refusalOf(() => replaced(text, " ", "; ")).paste).toBe("  build: 'a; b'");
  expect(replaced(text, "a b", "a; b")).toBe("hooks:\n  build: a; b\n");
});

test("a script that another hook shares is refused", () => {
  const text = file("hooks:", "  build: &make make", "  deploy: *make");
  expect(refusalOf(() => replaced(text, "make", "b")).why).toBe(
    "The edit would also change `hooks.deploy`, which takes it over through an alias or `<<`",
  );
});

test("every unit of a literal block is found in the file", () => {
  const app = appOf("hooks:\r\n  build: |\r\n    a ✓\r\n\r\n      😀b\r\n");
  const script = buildOf(app);
  const units = [...Array(script.text.length).keys()].map((index) => {
    const offset = script.toOffset(index) ?? -1;
    return app.text.startsWith("\r\n", offset) ? "\n" : app.text.charAt(offset);
  });
  expect(units.join("")).toBe(script.text);
});
