import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";

/** What is found in a script: each call as it is made, the text in which it stands, and what the guard lets through. */
function found(script: string): readonly string[] {
  return readScript(script).commands.map(({ name, start, end, guard }) => {
    const where =
      guard.kind === "guarded" && guard.by.kind === "branch" ? guard.by.branch : guard.kind;
    return `${name} in ${script.slice(start, end)}: ${where}`;
  });
}

test.each([
  ["command -v", "CLI=$(command -v platform)\n$CLI redeploy", "$CLI redeploy"],
  ["which", "CLI=`which platform`\n$CLI redeploy", "$CLI redeploy"],
  ["a default", `\${CLI:-platform} redeploy`, `\${CLI:-platform} redeploy`],
  ["a default that stays", `: "\${CLI:=platform}"\n"$CLI" redeploy`, '"$CLI" redeploy'],
  ["a variable in a variable", "A=platform\nB=$A\n$B redeploy", "$B redeploy"],
  ["a whole command", "JOB='platform redeploy'\n$JOB --yes", "$JOB --yes"],
  ["eval", 'JOB="platform redeploy"\neval "$JOB"', '"$JOB"'],
  ["eval of words", "eval platform redeploy", "platform redeploy"],
  ["a shell for a known text", 'JOB="platform redeploy"\nsh -c "$JOB"', '"$JOB"'],
  ["flock", "flock /tmp/lock -c 'platform redeploy'", "platform redeploy"],
  ["an alias", "alias p='platform --yes'\np redeploy", "p redeploy"],
  ["arguments", 'set -- platform redeploy\n"$@"', "platform redeploy"],
  ["a wrapper", 'run() { echo "$*"; "$@"; }\nrun platform redeploy -y', "platform redeploy -y"],
  ["two wrappers", 'a() { "$@"; }\nb() { a "$@"; }\nb platform redeploy', "platform redeploy"],
  ["a program with its first words", 'p() { platform "$@" --yes; }\np redeploy', "p redeploy"],
  ["one argument", 'p() { platform "$1" -y; }\np redeploy', 'platform "$1" -y'],
  ["a local variable", 'p() { local c=$1; platform "$c"; }\np redeploy', 'platform "$c"'],
  ["shift", 'p() { shift; platform "$@"; }\np quiet redeploy', "p quiet redeploy"],
  ["nice and timeout", "nice -n 5 timeout 60 platform redeploy", "platform redeploy"],
])("a call is followed through %s", (_way, script, where) => {
  expect(found(script)).toEqual([`environment:redeploy in ${where}: unguarded`]);
});

test("of two programs that a variable may name, neither is claimed", () => {
  const either = "if [ -x bin/tool ]; then CLI=platform; else CLI=drush; fi\n$CLI redeploy";
  expect(found(either)).toEqual([]);
  expect(readScript(either).gaps).toMatchObject([{ says: "runs $CLI" }]);
  const same = "CLI=platform\nif [ -x bin/platform ]; then CLI=bin/platform; fi\n$CLI redeploy";
  expect(found(same)).toEqual(["environment:redeploy in $CLI redeploy: unguarded"]);
});

test("a loop calls the CLI once for each of its words", () => {
  expect(found('for task in backup:create redeploy; do platform "$task"; done')).toEqual([
    'backup:create in platform "$task": unguarded',
    'environment:redeploy in platform "$task": unguarded',
  ]);
});

test("each call of a wrapper is one of its own, with its own guard", () => {
  const script = [
    'p() { platform "$@"; }',
    '[ "$PLATFORM_BRANCH" = main ] && p redeploy',
    "p backup:list",
  ];
  expect(found(script.join("\n"))).toEqual([
    "environment:redeploy in p redeploy: main",
    "backup:list in p backup:list: unguarded",
  ]);
});

test("a wrapper may hold the guard, and get its branch", () => {
  const script = 'on() { [ "$PLATFORM_BRANCH" = "$1" ] || return 0; shift; "$@"; }';
  expect(found(`${script}\non main platform redeploy`)).toEqual([
    "environment:redeploy in platform redeploy: main",
  ]);
});

test("an alias counts from the next line on, and never in bash", () => {
  expect(found("alias p=platform; p redeploy")).toEqual([]);
  expect(found("if true; then alias p=platform\np redeploy\nfi")).toEqual([]);
  expect(found("bash -c 'alias p=platform\np redeploy'")).toEqual([]);
});

test("a case of two hundred branches is followed", () => {
  const arms = Array.from({ length: 200 }, (_, index) => `site-${index}) TARGET=${index};;`);
  expect(found(`case "$PLATFORM_BRANCH" in\n${arms.join("\n")}\nesac\nplatform redeploy`)).toEqual([
    "environment:redeploy in platform redeploy: unguarded",
  ]);
});

test.each([
  ["make deploy", "runs make deploy"],
  ["make -j2", "runs make"],
  ["cd web && /usr/bin/make", "runs make"],
  ["python3 build/prepare.py", "runs python3 build/prepare.py"],
  ["yarn install; yarn build", "runs yarn build"],
  ["npm run deploy", "runs npm run"],
  ["composer deploy", "runs composer deploy"],
  ["$THING deploy", "runs $THING"],
  ['eval "$THING"', "runs $THING"],
  ['platform "$TASK"', "calls platform with $TASK"],
  ['for task in $TASKS; do platform "$task"; done', "calls platform with $task"],
])("the reading of %s stops, and says why", (script, says) => {
  expect(readScript(script).gaps.map((gap) => gap.says)).toEqual([says]);
});

test.each([
  "composer --version",
  "python3 -c 'print(1)'",
  "# make build",
  'echo "make build"',
  "composer install",
  "npm ci",
  "JOB=true\n$JOB",
  'eval "echo here"',
  '[ -n "$THING" ]',
])("the reading of %s doesn't stop", (script) => {
  expect(readScript(script).gaps).toEqual([]);
});

test.each([
  "$( [[ a eq b ]] || exit 0\nplatform first )",
  "`[[ a eq b ]] || exit 0\nplatform first`",
])("what can't be read within %j is told, and nothing that follows is called certain", (inner) => {
  const { commands, problem } = readScript(`FOUND="${inner}"\nplatform second`);
  expect(problem).toContain("unexpected token 'eq'");
  expect(commands.map(({ guard }) => guard.kind)).toEqual(["unknown"]);
});

test("an alias that may not be set is followed, and what it calls isn't called certain", () => {
  const maybe = 'until ! [ "$MAIN" = main ]; do\nbreak\ndone\n';
  const set = "alias again='platform second'\n";
  for (const script of [`${maybe}${set}again`, `if [ "$MAIN" = main ]; then\n${set}fi\nagain`])
    expect(found(script)).toEqual(["second in again: unknown"]);
});
