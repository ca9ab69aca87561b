import { expect, test } from "vitest";
import { calledScripts, readScript } from "../../src/shell/script.ts";
import { processorTime } from "../processor-time.ts";

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
  expect(calledScripts("npm run check", new Map()).paths).toEqual(["package.json"]);
  expect(calledScripts("npm run check", files).paths).toEqual(["bin/check.sh"]);
  expect(calledScripts("cd web\nnpm run check", files).paths).toContain("web/bin/check.sh");
  expect(calledScripts("npm run check").paths).toEqual([]);
});

/** What is found of the call in a target of a Makefile: how it is guarded, or "a gap" where that isn't told. */
function inMakefile(text: string, call = "make job"): string {
  const { commands, gaps } = readScript(call, new Map([["Makefile", text]]));
  const guards = commands.map(({ guard }) =>
    guard.kind === "guarded" && guard.by.kind === "branch" ? guard.by.branch : guard.kind,
  );
  return gaps.length > 0 ? "a gap" : guards.join(", ");
}

const run = "platform redeploy";
const onMain = `[ "$$PLATFORM_BRANCH" = main ] && ${run}`;

test.each([
  ["a recipe beside its target", `job: ; ${run}\n`, "unguarded"],
  [
    "a comment behind a value",
    `B=main#prod\njob:\n\t[ "$$PLATFORM_BRANCH" = "$(B)" ] && ${run}\n`,
    "main",
  ],
  ["a guard variable that make sets", `PLATFORM_BRANCH=main\njob:\n\t${onMain}\n`, "a gap"],
  ["one that it exports", `export PLATFORM_BRANCH=main\njob:\n\t${onMain}\n`, "a gap"],
  ["a default for one", `PLATFORM_BRANCH?=main\njob:\n\t${onMain}\n`, "a gap"],
  [
    "a variable of the target",
    `B=main\njob: B=dev\njob:\n\t[ "$(B)" = main ] && ${run}\n`,
    "a gap",
  ],
  [
    "a variable that is set too early",
    `B:=$(A)\nA=main\njob:\n\t[ "$(B)" = main ] || ${run}\n`,
    "a gap",
  ],
  ["a variable that is added to", `B=ma\nB+=in\njob:\n\t[ "$(B)" = main ] && ${run}\n`, "a gap"],
  ["a rule for a kind of files", `job: x.o\n\t${onMain}\n%.o:\n\t${run}\n`, "a gap"],
  ["failures that don't count", `.IGNORE:\njob:\n\t${onMain}\n`, "a gap"],
  ["a condition that is indented", `  ifeq (a,a)\njob:\n\t${run}\n  endif\n`, "a gap"],
  ["a shell that make itself runs", `X := $(shell ${run})\njob:\n\ttrue\n`, "a gap"],
])("of a Makefile with %s no more is said than is known", (_what, text, expected) => {
  expect(inMakefile(text)).toBe(expected);
});

test.each([
  "make -fbuild.mk job",
  "make --file=build.mk job",
  "make -i job",
  "npm run job --ignore-scripts",
])("%s isn't taken for what the usual file says of the task", (call) => {
  const texts = new Map([
    ["Makefile", `job:\n\t${run}\n`],
    ["package.json", JSON.stringify({ scripts: { prejob: "false", job: run } })],
  ]);
  expect(readScript(call, texts).gaps).not.toEqual([]);
});

test("what declares itself, or grows with each step, is given up soon", () => {
  const own = { scripts: { job: Array.from({ length: 9 }, () => "@job") } };
  const grown = Array.from({ length: 9 }, (_, at) => `A${at}=${`$(A${at + 1})`.repeat(9)}`);
  const texts = new Map([
    ["composer.json", JSON.stringify(own)],
    ["Makefile", [...grown, `A9=${"x".repeat(99)}`, "job:", "\techo $(A0)", ""].join("\n")],
  ]);
  for (const call of ["composer job", "make job"])
    expect(readScript(call, texts).gaps).not.toEqual([]);
});

/** What is found of the calls of a script: how they are guarded, or what is said where that isn't told. */
function told(script: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const { commands, called, gaps } = readScript(script, new Map(Object.entries(texts)));
  const all = [...commands, ...[...called.values()].flatMap((one) => one.commands)];
  const guards = all.map(({ guard }) =>
    guard.kind === "guarded" && guard.by.kind === "branch" ? guard.by.branch : guard.kind,
  );
  return [...guards, ...gaps.map(({ says }) => says)];
}

const composerInstalls = (scripts: unknown) => ({ "composer.json": JSON.stringify({ scripts }) });
const npmInstalls = (scripts: unknown) => ({ "package.json": JSON.stringify({ scripts }) });

test.each([
  ["npm install", npmInstalls({ postinstall: run }), ["unguarded"]],
  ["npm ci --omit=dev", npmInstalls({ preinstall: "true", prepare: run }), ["unguarded"]],
  ['cd "$D" && npm ci', {}, ["runs npm ci in a folder that isn't known"]],
  [
    "php -d memory_limit=-1 composer.phar install",
    composerInstalls({ "post-install-cmd": [run] }),
    ["unguarded"],
  ],
  ["./composer.phar install", composerInstalls({ "post-install-cmd": [run] }), ["unguarded"]],
  ["npm ci --ignore-scripts", npmInstalls({ postinstall: run }), []],
  ["npm install -g yarn", npmInstalls({ postinstall: run }), []],
  ["npm install left-pad", npmInstalls({ postinstall: run }), ["unknown"]],
  ["yarn", npmInstalls({ postinstall: run }), ["unguarded"]],
  ["pnpm install", npmInstalls({ postinstall: "npm run job", job: run }), ["unguarded"]],
  ["composer install", composerInstalls({ "post-install-cmd": [run] }), ["unguarded"]],
  ["composer install", composerInstalls({ "post-update-cmd": [run] }), ["unknown"]],
  ["composer update", composerInstalls({ "post-update-cmd": "@job", job: run }), ["unguarded"]],
  ["composer install --no-scripts", composerInstalls({ "post-install-cmd": [run] }), []],
  ["composer dump-autoload", composerInstalls({ "post-autoload-dump": [run] }), ["unguarded"]],
  [
    "composer install",
    composerInstalls({ "post-install-cmd": ["Shop\\Install::run"] }),
    ["runs composer install, and that more than composer.json tells"],
  ],
  [
    "composer install",
    composerInstalls({
      "post-install-cmd": ["@auto-scripts", "Illuminate\\Foundation\\ComposerScripts::done"],
      "auto-scripts": { "cache:clear": "symfony-cmd" },
    }),
    [],
  ],
  ["composer install", {}, []],
  ["npm ci", npmInstalls({ build: run }), []],
])("what a package manager runs by the way is followed: %s, %j", (script, texts, expected) => {
  expect(told(script, texts)).toEqual(expected);
});

test.each([
  ["npm", ["main"]],
  ["bun", ["main"]],
  // They leave out what stands around a script, in some releases.
  ["yarn", ["unknown"]],
  ["pnpm", ["unknown"]],
])("a guard in the script before another one holds where %s runs it", (program, expected) => {
  const scripts = { prejob: '[ "$PLATFORM_BRANCH" = main ]', job: run };
  expect(told(`${program} run job`, npmInstalls(scripts))).toEqual(expected);
});

test("what composer puts into the environment is there for what follows", () => {
  const job = [
    "@putenv B=main",
    "@putenv CLI=platform",
    '[ "$PLATFORM_BRANCH" = "$B" ]',
    "$CLI redeploy",
  ];
  expect(told("composer job", composerInstalls({ job }))).toEqual(["main"]);
});

test("a huge file that declares tasks is read once, and no more often than a script is long", () => {
  const names = Array.from({ length: 2_000 }, (_, at) => `job${at}`);
  const scripts = Object.fromEntries(names.map((name) => [name, "true"]));
  const texts = new Map([
    ["package.json", JSON.stringify({ scripts })],
    ["composer.json", JSON.stringify({ scripts })],
    ["Makefile", names.map((name) => `${name}:\n\ttrue\n`).join("")],
  ]);
  const calls = names.flatMap((name) => [`npm run ${name}`, `composer ${name}`, `make ${name}`]);
  const seconds = processorTime();
  readScript(calls.join("\n"), texts);
  calledScripts(calls.join("\n"), texts);
  expect(seconds()).toBeLessThan(5);
});
