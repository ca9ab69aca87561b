import { expect, test } from "vitest";
import { calledScripts, readScript } from "../../src/shell/script.ts";

const packages = JSON.stringify({
  scripts: {
    predeploy: "platform backup:create",
    deploy: '[ "$PLATFORM_BRANCH" = main ] && platform redeploy',
    build: "npm run deploy",
    check: "sh bin/check.sh",
    round: "npm run round",
  },
});
const composer = JSON.stringify({
  scripts: {
    deploy: ["@putenv A=b", "@backup", "platform redeploy"],
    backup: "platform backup:create",
    php: ["Shop\\\\Deploy::run", "platform redeploy"],
  },
});
const makefile = `CLI = platform
.PHONY: all
all: before # and then
\t@$(CLI) redeploy \\
\t  --yes
before:
\t-false
\t[ "$$PLATFORM_BRANCH" = main ]
fails:
\tfalse
\tplatform redeploy
`;

const files = new Map([
  ["package.json", packages],
  ["web/package.json", packages],
  ["composer.json", composer],
  ["Makefile", makefile],
  ["bin/check.sh", "platform backup:list"],
]);

function found(script: string): readonly string[] {
  return readScript(script, files).commands.map(({ name, start, end, guard }) => {
    const where =
      guard.kind === "guarded" && guard.by.kind === "branch" ? guard.by.branch : guard.kind;
    return `${name} in ${script.slice(start, end)}: ${where}`;
  });
}

test.each([
  [
    "npm run deploy",
    ["backup:create in npm run deploy: unguarded", "environment:redeploy in npm run deploy: main"],
  ],
  [
    "cd web && yarn -s build",
    ["backup:create in yarn -s build: unguarded", "environment:redeploy in yarn -s build: main"],
  ],
  ["npm --prefix web run round", []],
  [
    "composer run-script deploy",
    [
      "backup:create in composer run-script deploy: unguarded",
      "environment:redeploy in composer run-script deploy: unguarded",
    ],
  ],
  ["make", ["environment:redeploy in make: main"]],
  ["make -s fails", ["environment:redeploy in make -s fails: never"]],
])("what the project declares is followed where it is called: %s", (script, calls) => {
  expect(found(script)).toEqual(calls);
  expect(readScript(script, files).gaps).toEqual([]);
});

test.each([
  ["npm run deploy -- --dry", "runs npm run deploy"],
  ["npm run none", "runs npm run none"],
  ["composer php", "runs composer php, and that more than composer.json tells"],
  ["make none", "runs make none"],
  ["make all SHOP=1", "runs make all"],
  ["cd $WHERE && make", "runs make"],
  ["make -f build.mk", "runs make build.mk"],
])("where a task can't be followed, it is said: %s", (script, says) => {
  expect(readScript(script, files).gaps.map((gap) => gap.says)).toEqual([says]);
});

test("a file that makes nothing of itself is no task", () => {
  for (const text of ["{", "[]", '{"scripts":[1]}', '{"scripts":{"deploy":1}}', "null"]) {
    const { gaps } = readScript("npm run deploy", new Map([["package.json", text]]));
    expect(gaps.map(({ says }) => says)).toEqual(["runs npm run deploy"]);
  }
  for (const text of ["include other.mk\nall:\n\ttrue\n", "all:\n\t$(shell x)\n"])
    expect(readScript("make all", new Map([["Makefile", text]])).gaps).not.toEqual([]);
});

test("a task calls scripts too, once its file is known", () => {
  expect(calledScripts("npm run check", new Map())).toEqual(["package.json"]);
  expect(calledScripts("npm run check", files)).toEqual(["bin/check.sh"]);
  expect(calledScripts("cd web\nnpm run check", files)).toContain("web/bin/check.sh");
  expect(calledScripts("npm run check")).toEqual([]);
});
