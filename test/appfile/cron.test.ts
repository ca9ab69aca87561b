import { expect, test } from "vitest";
import { addCron, freeCronName } from "../../src/appfile/operations.ts";
import { appOf, file, refusalOf } from "./given.ts";

const backup = { name: "backup", spec: "0 5 * * *", lines: ["if main; then", "    backup", "fi"] };

/** The same as the manual writes it, from its name on. */
const written = [
  "backup:",
  "    spec: '0 5 * * *'",
  "    commands:",
  "        start: |",
  "            if main; then",
  "                backup",
  "            fi",
];

interface Shape {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const shapes: readonly Shape[] = [
  {
    name: "missing crons are added as the manual writes them",
    before: file("name: app"),
    after: file(
      "name: app",
      "crons:",
      "    backup:",
      "        spec: '0 5 * * *'",
      "        commands:",
      "            start: |",
      "                if main; then",
      "                    backup",
      "                fi",
    ),
  },
  {
    name: "a file whose crons use cmd gets cmd, with its indentation, quotes and blank lines",
    before: file(
      "crons:",
      "   first:",
      '     spec: "1 * * * *"',
      "     cmd: |",
      "       run",
      "",
      "   # The second.",
      "   second:",
      '     spec: "2 * * * *"',
      "     cmd: run",
      "   # third:",
      "   #   cmd: run",
      "",
      "web:",
      "    root: x",
    ),
    after: file(
      "crons:",
      "   first:",
      '     spec: "1 * * * *"',
      "     cmd: |",
      "       run",
      "",
      "   # The second.",
      "   second:",
      '     spec: "2 * * * *"',
      "     cmd: run",
      "   # third:",
      "   #   cmd: run",
      "",
      "   backup:",
      '     spec: "0 5 * * *"',
      "     cmd: |",
      "       if main; then",
      "           backup",
      "       fi",
      "",
      "web:",
      "    root: x",
    ),
  },
  {
    name: "a file whose crons use commands.start gets that, and plain specs stay plain",
    before: "crons:\r\n  a:\r\n    spec: H 1 * * *\r\n    commands:\r\n       start: run",
    after:
      "crons:\r\n  a:\r\n    spec: H 1 * * *\r\n    commands:\r\n       start: run\r\n" +
      "  backup:\r\n    spec: 0 5 * * *\r\n    commands:\r\n       start: |\r\n" +
      "          if main; then\r\n              backup\r\n          fi",
  },
  {
    name: "crons without content",
    before: file("crons: # None yet.", "web: {}"),
    after: file(
      "crons: # None yet.",
      "    backup:",
      "        spec: '0 5 * * *'",
      "        commands:",
      "            start: |",
      "                if main; then",
      "                    backup",
      "                fi",
      "web: {}",
    ),
  },
  {
    name: "crons inside { }",
    before: file("crons: { a: {spec: '1 * * * *', cmd: run} } # One.", "web:", "  root: x"),
    after: file(
      "crons: # One.",
      "  a: {spec: '1 * * * *', cmd: run}",
      "  backup:",
      "    spec: '0 5 * * *'",
      "    cmd: |",
      "      if main; then",
      "          backup",
      "      fi",
      "web:",
      "  root: x",
    ),
  },
  {
    name: "blank lines that belong to the last command stay in it",
    before: file(
      "crons:",
      "  a:",
      "    spec: '1 * * * *'",
      "    cmd: |+",
      "      run",
      "",
      "web: {}",
    ),
    after: file(
      "crons:",
      "  a:",
      "    spec: '1 * * * *'",
      "    cmd: |+",
      "      run",
      "",
      "  backup:",
      "    spec: '0 5 * * *'",
      "    cmd: |",
      "      if main; then",
      "          backup",
      "      fi",
      "web: {}",
    ),
  },
  {
    name: "a block that ends with the file stays there, since a line below would end its last one",
    before: "name: app\n\nweb:\n  root: x\n\n# Migrations.\nhooks:\n  deploy: |\n    migrate",
    after:
      "name: app\n\nweb:\n  root: x\n\ncrons:\n  backup:\n    spec: '0 5 * * *'\n    commands:\n      start: |\n" +
      "        if main; then\n            backup\n        fi\n\n# Migrations.\nhooks:\n  deploy: |\n    migrate",
  },
  {
    name: "the only cron, whose block ends with the file, comes after the new one",
    before: "crons:\n  # Each hour.\n  a:\n    spec: '1 * * * *'\n    cmd: >+\n      run",
    after:
      "crons:\n  backup:\n    spec: '0 5 * * *'\n    cmd: |\n      if main; then\n          backup\n      fi\n" +
      "  # Each hour.\n  a:\n    spec: '1 * * * *'\n    cmd: >+\n      run",
  },
  {
    name: "below a block whose header says that its last line has no end, the lines are added",
    before: "crons:\n  a:\n    spec: '1 * * * *'\n    cmd: |-\n      run",
    after:
      "crons:\n  a:\n    spec: '1 * * * *'\n    cmd: |-\n      run\n" +
      "  backup:\n    spec: '0 5 * * *'\n    cmd: |\n      if main; then\n          backup\n      fi",
  },
];

test.each(shapes)("$name", ({ before, after }) => {
  expect(addCron(appOf(before), backup).after).toBe(after);
});

test("a single command stands on the line of its key", () => {
  const before = file("crons:", "  a:", "    spec: '1 * * * *'", '    cmd: "run \\"x\\""');
  const cron = { name: "b", spec: "*/5 * * * *", lines: ['echo "it\'s"'] };
  expect(addCron(appOf(before), cron).after).toBe(
    `${before}${file("  b:", "    spec: '*/5 * * * *'", '    cmd: "echo \\"it\'s\\""')}`,
  );
});

test.each([
  ["1 * * * *", "* * * * *", "'* * * * *'"],
  ["1 * * * *", "1 2 * * *", "1 2 * * *"],
])("next to the plain spec %s, the spec %s is written %s", (other, spec, written) => {
  const before = file("crons:", "  a:", `    spec: ${other}`, "    cmd: run");
  expect(addCron(appOf(before), { name: "b", spec, lines: ["run"] }).after).toBe(
    `${before}${file("  b:", `    spec: ${written}`, "    cmd: run")}`,
  );
});

test("a name that YAML would read as something else is quoted", () => {
  const { after } = addCron(appOf("name: app\n"), {
    name: "on",
    spec: "0 5 * * *",
    lines: ["run"],
  });
  expect(after).toContain("\n    'on':\n");
});

test("a taken name is a wrong answer, not a change", () => {
  const app = appOf(file("crons:", "  backup:", "    spec: '1 * * * *'"));
  expect(refusalOf(() => addCron(app, backup))).toMatchObject({
    what: "There is a cron named backup already",
    where: "app.yaml",
  });
});

test("a free name gets the first number that nobody has", () => {
  const app = appOf(file("crons:", "  backup: {}", "  backup-2: {}", "  7: {}"));
  expect(freeCronName(app, "backup")).toBe("backup-3");
  expect(freeCronName(app, "7")).toBe("7-2");
  expect(freeCronName(app, "other")).toBe("other");
});

test("what was added is not added again", () => {
  const { after } = addCron(appOf("name: app\n"), backup);
  expect(freeCronName(appOf(after), "backup")).toBe("backup-2");
  expect(refusalOf(() => addCron(appOf(after), backup)).what).toContain("already");
});

test.each([
  [
    "crons of another file",
    file("crons: !include crons.yaml"),
    "taken from elsewhere by !include",
    ", in crons.yaml",
    written,
  ],
  [
    "crons that are a text",
    file("crons: none"),
    "`crons` is not a mapping",
    ", in place of `crons`",
    ["crons:", ...written.map((line) => `    ${line}`)],
  ],
  [
    "crons in { } over several lines",
    file("crons: {", "  a: {spec: x,", "  cmd: y}}"),
    "inside `{ }`",
    ", between the { } of `crons`",
    [
      String.raw`backup: { spec: '0 5 * * *', commands: { start: "if main; then\n    backup\nfi\n" } }`,
    ],
  ],
  [
    "crons that come through a merge key and are a list",
    file(".x: &x", "    crons: []", "<<: *x"),
    "comes through `<<` and is no mapping",
    "",
    ["crons:", ...written.map((line) => `    ${line}`)],
  ],
])("%s are refused with the cron to paste", (_, text, why, where, paste) => {
  const parts = refusalOf(() => addCron(appOf(text), backup));
  expect(parts.why).toContain(why);
  expect(parts.next).toBe(`give the application this cron${where}`);
  expect(parts.paste).toBe(paste.join("\n"));
});

test("crons that two apps share by an anchor are refused, because both would run the new one", () => {
  const text = file("a: &a", "  type: php", "  crons: {}", "b:", "  <<: *a", "  type: php");
  const app = appOf(text, { form: "map", path: ["a"] });
  expect(refusalOf(() => addCron(app, backup)).why).toBe(
    "The edit would also change `b`, which takes it over through an alias or `<<`",
  );
});

test("crons that a merge key brings in become the app's own, with the new one after them", () => {
  const text = file(
    ".x: &x",
    "  crons:",
    "    a: { spec: '1 * * * *', cmd: a }",
    "<<: *x",
    "name: app",
  );
  expect(addCron(appOf(text), { name: "b", spec: "2 * * * *", lines: ["b"] }).after).toBe(
    `${text}${file("crons:", "  a:", "    spec: 1 * * * *", "    cmd: a", "  b:", "    spec: 2 * * * *", "    cmd: b")}`,
  );
});
