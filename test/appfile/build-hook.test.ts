import { expect, test } from "vitest";
import { addBuildLines } from "../../src/appfile/operations.ts";
import { appOf, file, lines, refusalOf } from "./given.ts";

const added = (text: string): string => addBuildLines(appOf(text), lines).after;

interface Shape {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const pure: readonly Shape[] = [
  {
    name: "a literal block gets the lines at its top",
    before: file("hooks:", "    build: |", "        make", "    deploy: make run"),
    after: file(
      "hooks:",
      "    build: |",
      "        install || exit 1",
      "        platform --version",
      "        make",
      "    deploy: make run",
    ),
  },
  {
    name: "leading comments and set commands stay in front",
    before: file("hooks:", "  build: |", "    # Build.", "    set -e", "    make", "type: php"),
    after: file(
      "hooks:",
      "  build: |",
      "    # Build.",
      "    set -e",
      "    install || exit 1",
      "    platform --version",
      "    make",
      "type: php",
    ),
  },
  {
    name: "a comment after a blank line stays with the command below it",
    before: file("hooks:", "  build: |", "    set -e", "", "    # Make.", "    make"),
    after: file(
      "hooks:",
      "  build: |",
      "    set -e",
      "    install || exit 1",
      "    platform --version",
      "",
      "    # Make.",
      "    make",
    ),
  },
  {
    name: "a comment right above the first command stays with it",
    before: file("hooks:", "  build: |", "    # Make.", "    make"),
    after: file(
      "hooks:",
      "  build: |",
      "    install || exit 1",
      "    platform --version",
      "    # Make.",
      "    make",
    ),
  },
  {
    name: "a comment that a blank line sets apart stays in front",
    before: file("hooks:", "  build: |", "    # Of all.", "", "    # Make.", "    make"),
    after: file(
      "hooks:",
      "  build: |",
      "    # Of all.",
      "    install || exit 1",
      "    platform --version",
      "",
      "    # Make.",
      "    make",
    ),
  },
  {
    name: "a script's first line that names its shell stays the first",
    before: file("hooks:", "  build: |", "    #!/bin/bash", "    # Make.", "    make"),
    after: file(
      "hooks:",
      "  build: |",
      "    #!/bin/bash",
      "    install || exit 1",
      "    platform --version",
      "    # Make.",
      "    make",
    ),
  },
  {
    name: "a script of comments alone gets the lines below them",
    before: file("hooks:", "  build: |", "    # Nothing to build.", "type: php"),
    after: file(
      "hooks:",
      "  build: |",
      "    # Nothing to build.",
      "    install || exit 1",
      "    platform --version",
      "type: php",
    ),
  },
  {
    name: "a set that does more than set is not passed over",
    before: file("hooks:", "  build: |", "    set -e; make"),
    after: file(
      "hooks:",
      "  build: |",
      "    install || exit 1",
      "    platform --version",
      "    set -e; make",
    ),
  },
  {
    name: "a block of comments only gets the lines below them",
    before: file("hooks:", "  build: |-", "    # Nothing yet.", "name: app"),
    after: file(
      "hooks:",
      "  build: |-",
      "    # Nothing yet.",
      "    install || exit 1",
      "    platform --version",
      "name: app",
    ),
  },
  {
    name: "an empty block gets its first lines",
    before: file("hooks:", "    build: |", "    deploy: |", "      run"),
    after: file(
      "hooks:",
      "    build: |",
      "      install || exit 1",
      "      platform --version",
      "    deploy: |",
      "      run",
    ),
  },
  {
    name: "a header with a comment and blanks keeps them",
    before: file("hooks:", "  build: |+   # keep ", "    make", "", "", "name: app"),
    after: file(
      "hooks:",
      "  build: |+   # keep ",
      "    install || exit 1",
      "    platform --version",
      "    make",
      "",
      "",
      "name: app",
    ),
  },
  {
    name: "an indentation indicator counts, not the first line",
    before: file("hooks:", "  build: |2", "      deep", "    flat"),
    after: file(
      "hooks:",
      "  build: |2",
      "    install || exit 1",
      "    platform --version",
      "      deep",
      "    flat",
    ),
  },
  {
    name: "tabs after the block's indentation are kept",
    before: file("hooks:", "   build: |", "        \tmake \t", "        \t\tmake more"),
    after: file(
      "hooks:",
      "   build: |",
      "        install || exit 1",
      "        platform --version",
      "        \tmake \t",
      "        \t\tmake more",
    ),
  },
  {
    name: "CRLF stays CRLF, and a byte order mark stays",
    before: "\uFEFFname: app\r\nhooks:\r\n  build: |\r\n    make # ✓\r\n",
    after:
      "\uFEFFname: app\r\nhooks:\r\n  build: |\r\n    install || exit 1\r\n    platform --version\r\n    make # ✓\r\n",
  },
  {
    name: "in a file of mixed line ends the lines end as the one above them",
    before: "name: app\r\nhooks:\n  build: |\r\n    set -e\n    make\r\n",
    after:
      "name: app\r\nhooks:\n  build: |\r\n    set -e\n    install || exit 1\n    platform --version\n    make\r\n",
  },
  {
    name: "a missing final newline stays missing below the last line",
    before: "hooks:\n  build: |\n    set -e",
    after: "hooks:\n  build: |\n    set -e\n    install || exit 1\n    platform --version",
  },
  {
    name: "quoted keys are the same keys",
    before: file('"hooks":', "  'build': |", "    make"),
    after: file(
      '"hooks":',
      "  'build': |",
      "    install || exit 1",
      "    platform --version",
      "    make",
    ),
  },
  {
    name: "document markers and a directive stay outside",
    before: "%YAML 1.2\n---\nname: app\n...\n",
    after:
      "%YAML 1.2\n---\nname: app\nhooks:\n    build: |\n        install || exit 1\n        platform --version\n...\n",
  },
  {
    name: "a missing build hook comes first, indented as the other hooks",
    before: file("hooks:", "   # After the build.", "   deploy: |", "        run", "name: app"),
    after: file(
      "hooks:",
      "   build: |",
      "        install || exit 1",
      "        platform --version",
      "   # After the build.",
      "   deploy: |",
      "        run",
      "name: app",
    ),
  },
  {
    name: "a deep comment above the first hook does not become part of the script",
    before: file("hooks:", "          # After the build.", "  deploy: run"),
    after: file(
      "hooks:",
      "          # After the build.",
      "  build: |",
      "    install || exit 1",
      "    platform --version",
      "  deploy: run",
    ),
  },
  {
    name: "hooks without content get the build hook, after their comments",
    before: file(
      "hooks:",
      "    # deploy: |",
      "    #   run",
      "",
      "# Web.",
      "web:",
      "    locations: {}",
    ),
    after: file(
      "hooks:",
      "    # deploy: |",
      "    #   run",
      "    build: |",
      "        install || exit 1",
      "        platform --version",
      "",
      "# Web.",
      "web:",
      "    locations: {}",
    ),
  },
  {
    name: "missing hooks stand at the end, before trailing comments, spaced as the sections",
    before: file(
      "name: app",
      "",
      "web:",
      "  root: x",
      "",
      "# Disk.",
      "mounts:",
      "  a: b",
      "",
      "# The end.",
    ),
    after: file(
      "name: app",
      "",
      "web:",
      "  root: x",
      "",
      "# Disk.",
      "mounts:",
      "  a: b",
      "",
      "hooks:",
      "  build: |",
      "    install || exit 1",
      "    platform --version",
      "",
      "# The end.",
    ),
  },
  {
    name: "missing hooks do not cut off a comment that is part of the last section",
    before: "mounts:\n  a: b\n  # c: d",
    after:
      "mounts:\n  a: b\n  # c: d\nhooks:\n  build: |\n    install || exit 1\n    platform --version",
  },
  {
    name: "blank lines that count at the end of a last block stay in it",
    before: file("name: app", "web: |+", "    text", "", ""),
    after: file(
      "name: app",
      "web: |+",
      "    text",
      "",
      "",
      "hooks:",
      "    build: |",
      "        install || exit 1",
      "        platform --version",
    ),
  },
  {
    name: "a hook on a line of its own, empty, gets a block",
    before: file("hooks:", "  build:", "  deploy: run"),
    after: file(
      "hooks:",
      "  build: |",
      "    install || exit 1",
      "    platform --version",
      "  deploy: run",
    ),
  },
];

test.each(pure)("only adds: $name", ({ before, after }) => {
  const patch = addBuildLines(appOf(before), lines);
  expect(patch.after).toBe(after);
  expect(patch.edits.every(({ length }) => length === 0)).toBe(true);
});

const block = ["    install || exit 1", "    platform --version"];

const rewritten: readonly Shape[] = [
  {
    name: "empty braces over two lines give way to a mapping",
    before: file("hooks: {", "}", "mounts:", "  var: {}"),
    after: file("hooks:", "  build: |", ...block, "mounts:", "  var: {}"),
  },
  {
    name: "a plain command keeps the comment behind it",
    before: file("hooks:", "  build: npm ci # Fast.", "  deploy: run"),
    after: file("hooks:", "  build: | # Fast.", ...block, "    npm ci", "  deploy: run"),
  },
  {
    name: "a plain text over several lines is the one line the shell gets",
    before: file("hooks:", "  build: cd web &&", "    make", "  deploy: run"),
    after: file("hooks:", "  build: |", ...block, "    cd web && make", "  deploy: run"),
  },
  {
    name: "a plain text below its key",
    before: file("hooks:", "  build:", "     cd web", "     make", "  deploy: run"),
    after: file("hooks:", "  build: |", ...block, "    cd web make", "  deploy: run"),
  },
  {
    name: "a text in single quotes loses the doubled quotes",
    before: file("hooks:", "  build: 'echo ''hi'''"),
    after: file("hooks:", "  build: |", ...block, "    echo 'hi'"),
  },
  {
    name: "a text in double quotes loses the escapes",
    before: file("hooks:", '  build: "set -e\\nmake \\"x\\"\\n"'),
    after: file("hooks:", "  build: |", "    set -e", ...block, '    make "x"'),
  },
  {
    name: "a folded block becomes the lines it folds to",
    before: file(
      "hooks:",
      "  build: >- # Long.",
      "    set -e &&",
      "    make",
      "",
      "    make more",
      "",
      "name: app",
    ),
    after: file(
      "hooks:",
      "  build: | # Long.",
      ...block,
      "    set -e && make",
      "    make more",
      "",
      "name: app",
    ),
  },
  {
    name: "an empty text in quotes",
    before: file("hooks:", '  build: ""  # Soon.'),
    after: file("hooks:", "  build: |  # Soon.", ...block),
  },
  {
    name: "a null that is written out",
    before: "hooks:\r\n  build: ~",
    after: "hooks:\r\n  build: |\r\n    install || exit 1\r\n    platform --version",
  },
  {
    name: "hooks that are an empty { }",
    before: file("hooks: {} # None.", "web:", "  root: x"),
    after: file("hooks: # None.", "  build: |", ...block, "web:", "  root: x"),
  },
  {
    name: "hooks inside { }",
    before: file('hooks: {deploy: "run", build: make}', "web:", "  root: x"),
    after: file(
      "hooks:",
      '  deploy: "run"',
      "  build: |",
      ...block,
      "    make",
      "web:",
      "  root: x",
    ),
  },
  {
    name: "an alias becomes a copy, so that its other user stays as it is",
    before: file(".make: &make make", "hooks:", "  build: *make", "  deploy: *make"),
    after: file(
      ".make: &make make",
      "hooks:",
      "  build: |",
      ...block,
      "    make",
      "  deploy: *make",
    ),
  },
  {
    name: "a hook that a merge key brings in is copied, not hidden",
    before: file(".base: &base", "  build: make", "hooks:", "  <<: *base", "  deploy: run"),
    after: file(
      ".base: &base",
      "  build: make",
      "hooks:",
      "  build: |",
      ...block,
      "    make",
      "  <<: *base",
      "  deploy: run",
    ),
  },
  {
    name: "hooks that a merge key brings in become the app's own, with all that was in them",
    before: file(
      ".base: &base",
      "  hooks: { build: make, deploy: 'a: b' }",
      "<<: *base",
      "name: app",
    ),
    after: file(
      ".base: &base",
      "  hooks: { build: make, deploy: 'a: b' }",
      "<<: *base",
      "name: app",
      "hooks:",
      "  build: |",
      ...block,
      "    make",
      '  deploy: "a: b"',
    ),
  },
];

test.each(rewritten)("rewrites the hook alone: $name", ({ before, after }) => {
  expect(added(before)).toBe(after);
});

test("the app of a list is edited where it stands, with the width of its dash", () => {
  const text = file("-   name: a", "    type: php", "-   name: b", "    type: php", "# End.");
  const app = appOf(text, { form: "list", path: [0] });
  expect(addBuildLines(app, lines).after).toBe(
    file(
      "-   name: a",
      "    type: php",
      "    hooks:",
      "        build: |",
      "            install || exit 1",
      "            platform --version",
      "-   name: b",
      "    type: php",
      "# End.",
    ),
  );
});

test("the app of a map is edited where it stands", () => {
  const text = file(
    "applications:",
    "  a:",
    "    type: php",
    "",
    "  b:",
    "    type: php",
    "routes: {}",
  );
  const app = appOf(text, { form: "applications", path: ["applications", "a"] });
  expect(addBuildLines(app, lines).after).toBe(
    file(
      "applications:",
      "  a:",
      "    type: php",
      "    hooks:",
      "      build: |",
      "        install || exit 1",
      "        platform --version",
      "",
      "  b:",
      "    type: php",
      "routes: {}",
    ),
  );
});

interface Refusal {
  readonly name: string;
  readonly text: string;
  readonly where: string;
  readonly why: string;
}

const refused: readonly Refusal[] = [
  {
    name: "a script of another file, by its path",
    text: file("hooks:", "  build: !include build.sh"),
    where: "app.yaml:2:3",
    why: "The build hook is in another file, build.sh",
  },
  {
    name: "a script of another file, by a mapping",
    text: file("hooks:", "  build: !include", "    type: string", "    path: ci/build.sh"),
    where: "app.yaml:2:3",
    why: "The build hook is in another file, ci/build.sh",
  },
  {
    name: "hooks of another file",
    text: file("name: app", "hooks: !include hooks.yaml"),
    where: "app.yaml:2:1",
    why: "`hooks` is taken from elsewhere by !include",
  },
  {
    name: "hooks that are a text",
    text: file("hooks: make"),
    where: "app.yaml:1:1",
    why: "`hooks` is not a mapping",
  },
  {
    name: "a hook that is a list",
    text: file("hooks:", "  build:", "    - make"),
    where: "app.yaml:2:3",
    why: "The build hook is not a script",
  },
  {
    name: "a key written with a question mark",
    text: file("hooks:", "  ? build", "  : make"),
    where: "app.yaml:2:5",
    why: "The key is written as `? build`",
  },
  {
    name: "hooks with an alias",
    text: file(".h: &h", "  build: make", "hooks: *h"),
    where: "app.yaml:3:1",
    why: "`hooks` is an alias of `&h`",
  },
  {
    name: "an anchored hook that is used elsewhere",
    text: file("hooks:", "  build: &make |", "    make", "  deploy: *make"),
    where: "app.yaml:3:1",
    why: "The edit would also change `hooks.deploy`, which takes it over through an alias or `<<`",
  },
  {
    name: "a comment that would become part of the script",
    text: file("hooks:", "  build:", "      # make", "  deploy: run"),
    where: "app.yaml:2:9",
    why: "The edit would change a comment",
  },
  {
    name: "control characters",
    text: file("hooks:", '  build: "make \\x07"'),
    where: "app.yaml:2:3",
    why: "The script holds control characters",
  },
  {
    name: "hooks in { } over several lines",
    text: file("hooks: {", "  build: 'make", "    more'", "  }"),
    where: "app.yaml:1:1",
    why: "The hooks are written inside `{ }`",
  },
  {
    name: "an application in { }",
    text: file('{ "name": "app" }'),
    where: "app.yaml:1:1",
    why: "The application is written inside `{ }`",
  },
];

test.each(refused)("is refused with place and reason: $name", ({ text, where, why }) => {
  const parts = refusalOf(() => added(text));
  expect(parts).toMatchObject({ where, why });
  expect(parts.paste).toContain(lines[0]);
});

test("a refused hook that exists names the lines to put into it, and a missing one a whole hook", () => {
  const existing = refusalOf(() => added(file("hooks:", "  build: !include build.sh")));
  expect(existing.paste).toBe(lines.join("\n"));
  const missing = refusalOf(() => added(file("hooks: make")));
  expect(missing.paste).toBe(
    "hooks:\n    build: |\n        install || exit 1\n        platform --version",
  );
});
