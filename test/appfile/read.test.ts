import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readApp } from "../../src/appfile/read.ts";
import { Failure, type FailureParts } from "../../src/failure.ts";
import { appOf, file, refusalOf } from "./given.ts";

async function refusalOfBytes(bytes: Uint8Array | string): Promise<FailureParts> {
  const path = join(await mkdtemp(join(tmpdir(), "machinist-read-")), "app.yaml");
  await writeFile(path, bytes);
  const location = { file: path, shown: "app.yaml", form: "single", path: [], name: "a" } as const;
  const error: unknown = await readApp(location).catch((cause: unknown) => cause);
  if (error instanceof Failure) return error.parts;
  throw new Error("it was read");
}

test("the parts of an application are found under their names", () => {
  const app = appOf(
    file(
      "name: shop",
      "type: 'php:8.3'",
      "timezone: Europe/Berlin",
      "hooks:",
      "  build: |",
      "    make",
      "  deploy: run",
      '  post_deploy: "run\\n"',
      "crons:",
      "  old: { spec: '1 * * * *', cmd: old }",
      "  new:",
      "    spec: 2 * * * *",
      "    commands:",
      "      start: new",
      "  odd: text",
      "source:",
      "  operations:",
      "    update:",
      "      command: ./update.sh",
    ),
  );
  expect(app).toMatchObject({ name: "shop", type: "php:8.3", timezone: "Europe/Berlin" });
  expect(app.hooks).toMatchObject({
    build: { text: "make\n", style: "literal" },
    deploy: { text: "run", style: "plain" },
    postDeploy: { text: "run\n", style: "quoted" },
  });
  expect(app.crons).toMatchObject([
    { name: "old", key: "cmd", spec: { value: "1 * * * *" }, script: { text: "old" } },
    { name: "new", key: "commands.start", spec: { value: "2 * * * *" }, script: { text: "new" } },
    { name: "odd", key: "commands.start" },
  ]);
  expect(app.sourceOperations).toEqual([{ name: "update", command: "./update.sh" }]);
});

test("what a merge key or an alias brings in counts, and the app's own comes first", () => {
  const app = appOf(
    file(
      ".cmd: &cmd run",
      ".base: &base",
      "  hooks: &hooks",
      "    build: make",
      "    deploy: no",
      "<<: *base",
      "crons:",
      "  a: { cmd: *cmd }",
    ),
  );
  expect(app.hooks.build?.text).toBe("make");
  expect(app.crons[0]?.script?.text).toBe("run");
});

test("a script of another file is no script", () => {
  expect(appOf(file("hooks:", "  build: !include build.sh")).hooks).toEqual({});
});

test("a place counts lines and columns from 1, a byte order mark not at all", () => {
  const app = appOf("\uFEFFname: app\r\ntype: php\r\n");
  expect(app.place(1)).toEqual({ line: 1, column: 1 });
  expect(app.place(app.text.indexOf("php"))).toEqual({ line: 2, column: 7 });
});

const broken: readonly (readonly [name: string, text: string, where: string, why: string])[] = [
  ["an empty file", "", "app.yaml:1:1", "It holds no application"],
  ["a file of comments", "# None.\n", "app.yaml:1:1", "It holds no application"],
  ["a text", "app\n", "app.yaml:1:1", "This isn't a mapping that describes an application"],
  ["a tab as indentation", "a:\n\tb: 1\n", "app.yaml:2:1", "A tab is used as indentation"],
  ["a tab on the first line of a block", "a: |\n\tb\n c\n", "app.yaml:2:1", "A tab is used as"],
  ["a no-break space as indentation", "a:\n \u00A0b: 1\n", "app.yaml:2:2", "isn't one"],
  ["a next-line character as indentation", "a:\n\u0085 b: 1\n", "app.yaml:2:1", "isn't one"],
  ["a key that stands twice", "a: 1\na: 2\n", "app.yaml:2:1", "This key stands twice"],
  ["several documents", "a: 1\n---\nb: 2\n", "app.yaml:2:1", "several YAML documents"],
  ["an unquoted star", "spec: */5 * * * *\n", "app.yaml:1:11", "starts with `*`"],
  ["an unquoted colon", "cmd: echo a: b\n", "app.yaml:1:6", "needs quotes"],
  [
    "no space behind a colon",
    "env:\n  A: 1\n  B:2\n",
    "app.yaml:3:3",
    "the space behind the colon, is missing",
  ],
  ["no colon behind a key", "a: 1\nhooks\n", "app.yaml:2:1", "no `key: value`"],
  ["an unclosed bracket", "a: 1\nb: [c\n", "app.yaml:", "A bracket isn't closed"],
  ["an unclosed quote", 'a: "b\n', "app.yaml:1:4", "A quote isn't closed"],
  [
    "an unclosed quote far from the end",
    "a: 'x'\nb: 'y\nc: 1\nd:\n    e: z\n",
    "app.yaml:2:4",
    "A quote isn't closed",
  ],
  ["an unclosed quote in a block", 'a:\n    b: "c\n    d: e\n', "app.yaml:2:8", "A quote isn't"],
  [
    "an unclosed quote behind a mark",
    "\uFEFFa: 'b\nc: d\n",
    "app.yaml:1:4",
    "A quote isn't closed",
  ],
  [
    "a less indented line in a block",
    "h:\n  b: |\n      c\n    d\n",
    "app.yaml:4:1",
    "doesn't fit",
  ],
  [
    "an indentation that doesn't fit behind an empty line",
    "a:\n    b: 1\n\n   \n   c: 2\n",
    "app.yaml:5:1",
    "doesn't fit",
  ],
  [
    "the same with carriage returns",
    "a:\r\n    b: 1\r\n\r\n   c: 2\r\n",
    "app.yaml:4:1",
    "doesn't fit",
  ],
  ["a merge conflict", "a: 1\n<<<<<<< HEAD\nb: 1\n", "app.yaml:2:1", "A merge conflict"],
  ["a template", "{{ if x }}\na: 1\n", "app.yaml:2:1", "Nothing can stand here"],
  ["another template", "a: 1\n<% if x %>\n", "app.yaml:2:1", "It is a template"],
  ["a zero byte", "a: 1\nb: \0\n", "app.yaml:2:4", "It holds a zero byte"],
  ["a carriage return alone", "a: 1\rb: 2\r", "app.yaml:1:5", "carriage return alone"],
  ["an unknown alias", "a: *b\n", "app.yaml:1:4", "no anchor `&b`"],
  ["a merge key for a text", "a: &a x\n<<: *a\n", "app.yaml:1:1", "Merge sources must be maps"],
  [
    "a file that Git LFS keeps",
    "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    "app.yaml:1:1",
    "Git LFS pointer",
  ],
];

test.each(broken)("%s is refused with its place", (_, text, where, why) => {
  const parts = refusalOf(() => appOf(text));
  expect(parts.where).toContain(where);
  expect(parts.why).toContain(why);
});

test("the key applications is refused in a file for one application", () => {
  const parts = refusalOf(() => appOf("applications:\n  a: { type: php }\n"));
  expect(parts).toMatchObject({ where: "app.yaml:1:1" });
});

test("an application that is included from elsewhere is named", () => {
  const text = "- !include one.yaml\n";
  const parts = refusalOf(() => appOf(text, { form: "list", path: [0] }));
  expect(parts.why).toBe(
    "The application is in another file, one.yaml; name that one with --app-file",
  );
});

test("aliases that multiply are not followed to the end", () => {
  const levels = Array.from({ length: 12 }, (_, at) => {
    const items = Array.from({ length: 9 }, () => `*a${at}`).join(", ");
    return `a${at + 1}: &a${at + 1} [${items}]`;
  });
  const parts = refusalOf(() => appOf(file("a0: &a0 lol", ...levels)));
  expect(parts.why).toContain("refers to itself too often");
});

test("brackets without end are not followed to the end", () => {
  expect(refusalOf(() => appOf("[".repeat(100_000))).where).toContain("app.yaml:1:");
});

test("bytes that aren't UTF-8 are refused with their line", async () => {
  const bytes = Buffer.concat([
    Buffer.from("a: ✓\nb: "),
    Buffer.from([0xe9, 0x0a]),
    Buffer.from("c: 1\n"),
  ]);
  expect(await refusalOfBytes(bytes)).toMatchObject({
    where: "app.yaml:2:1",
    why: "This line isn't UTF-8",
  });
});

test("a file beyond all measure is refused unread", async () => {
  expect((await refusalOfBytes("#".repeat(2 * 1024 * 1024 + 1))).why).toContain(
    "larger than 2 MiB",
  );
});

test("a file that is gone is a refusal that says so", async () => {
  const location = {
    file: "/no/such.yaml",
    shown: "such.yaml",
    form: "single",
    path: [],
    name: "a",
  } as const;
  await expect(readApp(location)).rejects.toMatchObject({ parts: { where: "such.yaml" } });
});
