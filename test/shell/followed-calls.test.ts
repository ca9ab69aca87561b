import { expect, test } from "vitest";
import { calledScripts, readScript } from "../../src/shell/script.ts";

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
  ["an alias of an alias", "alias p=platform\nalias r='p redeploy'\nr --yes", "r --yes"],
  ["an alias of its own name", "alias platform='platform redeploy'\nplatform", "platform"],
  ["an alias", "alias p='platform --yes'\np redeploy", "p redeploy"],
  ["arguments", 'set -- platform redeploy\n"$@"', "platform redeploy"],
  ["a wrapper", 'run() { echo "$*"; "$@"; }\nrun platform redeploy -y', "platform redeploy -y"],
  ["two wrappers", 'a() { "$@"; }\nb() { a "$@"; }\nb platform redeploy', "platform redeploy"],
  ["a program with its first words", 'p() { platform "$@" --yes; }\np redeploy', "p redeploy"],
  ["one argument", 'p() { platform "$1" -y; }\np redeploy', 'platform "$1" -y'],
  ["a local variable", 'p() { local c=$1; platform "$c"; }\np redeploy', 'platform "$c"'],
  ["shift", 'p() { shift; platform "$@"; }\np quiet redeploy', "p quiet redeploy"],
  ["busybox", "busybox sh -c 'platform redeploy'", "platform redeploy"],
  ["nice and timeout", "nice -n 5 timeout 60 platform redeploy", "platform redeploy"],
])("a call is followed through %s", (_way, script, where) => {
  expect(found(script)).toEqual([`environment:redeploy in ${where}: unguarded`]);
});

test.each([
  ["a pipe", "echo 'platform redeploy' | sh", "platform redeploy"],
  ["a pipe of a variable", "JOB='platform redeploy'\necho \"$JOB\" | sh", '"$JOB"'],
  ["printf", "printf 'platform %s\\n' redeploy | sh", "'platform %s\\n' redeploy"],
  ["two pipes", "echo 'platform redeploy' | cat | command sh", "platform redeploy"],
  ["a pipe into a group", "echo 'platform redeploy' | { sh; }", "platform redeploy"],
  ["a here-document", "timeout 5 sh -s <<'E'\nplatform redeploy\nE", "platform redeploy"],
  ["the input of a function", "f() { sh; }\nf <<'E'\nplatform redeploy\nE", "platform redeploy"],
  ["/dev/stdin", "echo 'platform redeploy' | . /dev/stdin", "platform redeploy"],
  ["a written file", "cat > x.sh <<'E'\nplatform redeploy\nE\nsh ./x.sh", "platform redeploy"],
  [
    "a file with a made-up name",
    'F=$(mktemp)\ncat > "$F" <<\'E\'\nplatform redeploy\nE\nsh "$F"',
    "platform redeploy",
  ],
  [
    "a file that is made to be run",
    "echo 'platform redeploy' > x.sh\nchmod +x x.sh\n./x.sh",
    "platform redeploy",
  ],
  ["tee", "echo 'platform redeploy' | tee a.sh b.sh\nsh b.sh", "platform redeploy"],
  ["a file that is sourced", "echo 'CLI=platform' > v\n. ./v\n$CLI redeploy", "$CLI redeploy"],
  ["script", "script -qc 'platform redeploy' /dev/null", "platform redeploy"],
  ["env -S", "env -S 'platform redeploy'", "platform redeploy"],
  [
    "a function of the same name",
    'platform() { command platform "$@" -y; }\nplatform redeploy',
    "platform redeploy",
  ],
])("a call is followed through %s, and nothing is left open", (_way, script, where) => {
  expect(found(script)).toEqual([`environment:redeploy in ${where}: unguarded`]);
  expect(readScript(script).gaps).toEqual([]);
});

test("a script that is written after a trap was set to run it is left open", () => {
  const sets = (before: string, after: string) =>
    readScript(`${before}\ntrap 'sh ./x.sh' EXIT\n${after}`).gaps.map(({ says }) => says);
  const written = "echo 'platform redeploy' > x.sh";
  const says = "runs a file at its end that it writes after it has set the trap";
  expect(sets("echo true > x.sh", written)).toEqual([says]);
  expect(sets(written, "rm x.sh")).toEqual([says]);
  expect(sets(written, "echo done > x.log")).toEqual([]);
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

test.each([
  [`sh -c 'platform "$@"' sh redeploy --yes`, "environment:redeploy: unguarded"],
  ["sh -c '\"$0\" $1' platform redeploy", "environment:redeploy: unguarded"],
  ["sh -c -e 'platform $1' sh redeploy", "environment:redeploy: unguarded"],
  [`sh -c '[ "$1" = main ] && platform redeploy' sh "$PLATFORM_BRANCH"`, "redeploy: main"],
  [`sh -c '[ "$2" = main ] && platform redeploy' sh "$PLATFORM_BRANCH"`, "redeploy: never"],
  [`b=$PLATFORM_BRANCH\nsh -c '[ "$1" = main ] && platform redeploy' sh "$b"`, "redeploy: main"],
  ["bash -s <<'E'\n[ \"$PLATFORM_BRANCH\" = main ] && platform redeploy\nE", "redeploy: main"],
  [
    'sh -s -- main <<\'E\'\n[ "$PLATFORM_BRANCH" = "$1" ] && platform redeploy\nE',
    "redeploy: main",
  ],
  ['sh <<E\n[ "$PLATFORM_BRANCH" = main ] && platform redeploy\nE', "redeploy: main"],
  ['sh <<E\n[ "\\$PLATFORM_BRANCH" = main ] && platform redeploy\nE', "redeploy: main"],
  [`sh -c "[ $PLATFORM_BRANCH = main ] && platform redeploy"`, "redeploy: main"],
  [`sh -c "PLATFORM_BRANCH=main; [ $PLATFORM_BRANCH = main ] && platform redeploy"`, "unknown"],
  [`PLATFORM_BRANCH=x sh -c "[ $PLATFORM_BRANCH = main ] && platform redeploy"`, "unknown"],
  [`sh -c "[ '$PLATFORM_BRANCH' = main ] && platform redeploy"`, "unknown"],
  [`sh -c '[ "$2" = main ] && platform redeploy' sh $LIST "$PLATFORM_BRANCH"`, "unknown"],
])("a text that a shell is given is followed with what it is called with: %s", (script, says) => {
  const [only, second] = readScript(script).commands.map(({ name, guard }) => {
    const isBranch = guard.kind === "guarded" && guard.by.kind === "branch";
    return `${name}: ${isBranch ? guard.by.branch : guard.kind}`;
  });
  expect(second).toBeUndefined();
  expect(only).toContain(says);
});

test.each([
  ["while read task; do platform $task; done <<'E'\nredeploy -y\nbackup:create\nE", 2, "unguarded"],
  ["echo redeploy | while read task; do platform $task; done", 1, "unguarded"],
  [
    "while read b; do [ \"$PLATFORM_BRANCH\" = $b ] && platform redeploy; done <<'E'\nmain\nE",
    1,
    "guarded",
  ],
  ["while read a; do platform redeploy; done < jobs.txt", 1, "unguarded"],
  [
    "platform environments --pipe | grep -v x | while read e; do platform redeploy -e $e; done",
    2,
    "unguarded",
  ],
  ["for e in $(platform environments --pipe); do platform redeploy -e $e; done", 2, "unguarded"],
  // What these read may be another thing on each environment.
  ["platform activity:list --pipe | while read a; do platform redeploy; done", 2, "unknown"],
  ['echo "$PLATFORM_BRANCH" | while read b; do platform redeploy; done', 1, "unknown"],
  ["while read b; do platform redeploy; done < /tmp/jobs", 1, "unknown"],
])("a loop that reads lines runs for those that there are: %s", (script, calls, kind) => {
  const { commands } = readScript(script);
  expect(commands).toHaveLength(calls);
  expect(commands.at(-1)?.guard.kind).toBe(kind);
});

test("a loop over known lines leaves nothing open, and one that reads on by itself does", () => {
  const loop = (body: string) =>
    readScript(`while read task; do ${body}platform $task; done <<'E'\nredeploy\nE`).gaps.length;
  expect([loop(""), loop("read next; ")]).toEqual([0, 1]);
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
  ["npm run deploy", "runs npm run deploy"],
  ["composer deploy", "runs composer deploy"],
  ["$THING deploy", "runs $THING"],
  ['"$(pwd)/job.sh"', 'runs "$(pwd)/job.sh"'],
  ['for f in bin/*.sh; do sh "$f"; done', 'runs "$f"'],
  ['cd "$WHERE" && ./job.sh', "runs ./job.sh in a folder that isn't known"],
  ["sh /tmp/job.sh", "runs /tmp/job.sh, which isn't in the repository"],
  ["sh job.sh", "calls job.sh, which isn't in the repository"],
  ["sed 's/^/ /' job.txt | sh", "runs what sed prints"],
  ["curl -fsS https://example.com/x.sh | sh", "runs what curl prints"],
  ["jobs() { cat jobs.txt; }\njobs | sh", "runs what jobs prints"],
  ["echo job.sh | xargs sh", "runs scripts that only the run finds"],
  ["find bin -name '*.sh' -exec {} \\;", "runs what only the run finds"],
  ["xargs -a jobs.txt platform", "calls platform with words that only the run knows"],
  ["echo redeploy | xargs -I% sh -c 'platform %'", "runs a text that only the shell knows"],
  [
    "python3 - <<'E'\nos.system('platform redeploy')\nE",
    "gives python3 a program, which calls platform redeploy",
  ],
  [
    "php <<'E'\n<?php exec('platform backup:create');\nE",
    "gives php a program, which calls platform backup:create",
  ],
  ["run-parts jobs", "runs run-parts jobs"],
  [`perl -e 'system("platform redeploy")'`, "runs perl with a program that mentions the CLI"],
  [`awk 'BEGIN { system("platform redeploy") }'`, "runs awk with a program that mentions the CLI"],
  [
    "sed -i s/a/b/ job.sh\nsh job.sh",
    "runs a file that it writes itself, with a text that only the shell knows",
  ],
  ['eval "$THING"', "runs $THING"],
  ['platform "$TASK"', "calls platform with $TASK"],
  ['for task in $TASKS; do platform "$task"; done', "calls platform with $task"],
])("the reading of %s stops, and says why", (script, says) => {
  expect(readScript(script).gaps.map((gap) => gap.says)).toEqual([says]);
});

test.each([
  "composer --version",
  "python3 - <<'E'\nprint('platform')\nE",
  "python3 -c 'print(1)'",
  "# make build",
  'echo "make build"',
  "composer install",
  "npm ci",
  "JOB=true\n$JOB",
  'eval "echo here"',
  '[ -n "$THING" ]',
  "vendor/bin/drush cr",
  "cd $WHERE && ../vendor/bin/drush cr",
  "awk '{ print $1 }' log",
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash",
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh\nbash /tmp/i.sh",
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

test("nothing is sure to be passed where dash reads [[ … && … ]] as two commands, a definition neither", () => {
  const halves = 'true || [[ x = y && drush != z ]] && [ "$PLATFORM_BRANCH" != main ]';
  const body = 'job() { platform "$1"; }\njob redeploy';
  expect(found(`if ${halves}; then :; else\n${body}\nfi`)).toEqual([
    'environment:redeploy in platform "$1": unknown',
  ]);
});

test("an alias that may not be set is followed, and what it calls isn't called certain", () => {
  const maybe = 'until ! [ "$MAIN" = main ]; do\nbreak\ndone\n';
  const set = "alias again='platform second'\n";
  for (const script of [`${maybe}${set}again`, `if [ "$MAIN" = main ]; then\n${set}fi\nagain`])
    expect(found(script)).toEqual(["second in again: unknown"]);
});

test.each([
  "echo guard.sh | xargs sh && platform redeploy",
  "echo x | xargs sh guard.sh && platform redeploy",
  "echo x | xargs sh guard.sh || platform redeploy",
])("what a program that starts others ends with may be a guard: %j", (text) => {
  const files = new Map([["guard.sh", '[ "$PLATFORM_BRANCH" = main ]']]);
  const { commands } = readScript(text, files);
  expect(commands.map(({ name, guard }) => [name, guard.kind])).toEqual([
    ["environment:redeploy", "unknown"],
  ]);
});

test.each([
  'case $PLATFORM_BRANCH in\nlive|[lmn]ain)\n  set -- platform redeploy\n  "$@"\n  ;;\nesac',
  'call() { shift; platform "$1"; }\ncase $PLATFORM_BRANCH in\nlive|[lmn]ain) call x redeploy ;;\nesac',
])(
  "a call that is passed on is kept to no branch where what is passed on isn't always known: %j",
  (text) => {
    const kinds = readScript(text).commands.flatMap(({ name, guard }) =>
      name === "environment:redeploy" ? [guard.kind] : [],
    );
    expect(kinds).toEqual(["unknown"]);
  },
);

test("the reading stops at a text within a script that isn't complete: calls behind it may be left out", () => {
  const text = "if ( if [[ x === 1 ]]; then :; fi ); then\nplatform redeploy\nfi";
  const says =
    "runs a text that can't be followed to its end, because it isn't complete: expected ']]' to close '[['";
  for (const script of [`sh -c '${text}'`, `eval '${text}'`])
    expect(readScript(script).gaps.map((gap) => gap.says)).toEqual([says]);
  const { gaps } = readScript("sh x.sh", new Map([["x.sh", text]]));
  expect(gaps.map((gap) => [gap.in, gap.says])).toEqual([["x.sh", says]]);
});

test.each([
  ["may be replaced", "[ -e no ] && cp b.sh f.sh\nsh f.sh"],
  ["gets more lines", "echo 'platform list' >> f.sh\nsh f.sh"],
])(
  "a file of the repository that %s isn't taken for what the script puts there",
  (_what, script) => {
    const texts = new Map([
      ["f.sh", "platform redeploy"],
      ["b.sh", "true"],
    ]);
    expect(readScript(script, texts).gaps).not.toEqual([]);
  },
);

const here = new Map([
  ["job.sh", "platform redeploy"],
  ["bin/job.sh", "platform redeploy"],
]);

test.each([
  ["copied", "cp job.sh /tmp/a.sh\nsh /tmp/a.sh"],
  ["moved", "mv job.sh /tmp\nsh /tmp/job.sh"],
  ["in a folder that is copied", "rm -rf /tmp/a\ncp -r bin /tmp/a\nsh /tmp/a/job.sh"],
  ["among files that are copied", "mkdir /tmp/a\ncp bin/* /tmp/a\nsh /tmp/a/job.sh"],
  ["beside files that are deleted", "rm -f *.log\nsh job.sh"],
  ["on the input that exec opens", "exec < job.sh\nsh"],
  ["on the input of the shell itself", "exec < job.sh\n. /dev/stdin"],
])("a script is followed that is %s", (_what, script) => {
  expect(calledScripts(script).paths.some((path) => here.has(path))).toBe(true);
  const { called, gaps } = readScript(script, here);
  expect([...called.values()].flatMap(({ commands }) => commands)).toHaveLength(1);
  expect(gaps).toEqual([]);
});

test.each([
  ["deleted", "rm -f job.sh\nsh job.sh", "deletes"],
  ["deleted with others", "rm -f *.sh\nsh job.sh", "deletes"],
  ["deleted with its folder", "rm -rf bin\nsh bin/job.sh", "deletes"],
  ["deleted once it was written", "echo 'platform list' > a.sh\nrm a.sh\nsh a.sh", "deletes"],
  ["moved", "mv job.sh a.sh\nsh job.sh", "moves"],
  ["moved with its folder", "mv bin a\nsh bin/job.sh", "moves"],
])("of a script that was %s nothing is claimed", (_what, script, does) => {
  const { called, gaps } = readScript(script, here);
  expect([...called.values()].flatMap(({ commands }) => commands)).toEqual([]);
  expect(gaps.map(({ says }) => says)).toEqual([`runs a file that it ${does} before`]);
});

test.each([
  "exec < job.sh; sh -c sh",
  "exec < job.sh; cd bin; sh -c sh",
  "exec < job.sh; sh run.sh",
  "sh run.sh < job.sh",
  "cat job.sh | sh -c sh",
])(
  "a script is followed that an inner shell reads from the input of the outer one: %s",
  (script) => {
    expect(calledScripts(script).paths).toContain("job.sh");
    const texts = new Map([...here, ["run.sh", "sh"]] as const);
    const { called } = readScript(script, texts);
    expect(called.get("job.sh")?.commands.map(({ name }) => name)).toEqual([
      "environment:redeploy",
    ]);
  },
);

test("a shell that takes its script from its input leaves nothing there", () => {
  expect(readScript("echo sh | sh", here)).toMatchObject({ gaps: [], commands: [] });
});

const several = new Map([
  ["deploy.sh", "platform redeploy"],
  [".hidden/deploy.sh", "platform redeploy"],
  ["bin/deploy.sh", "platform bin"],
  ["src/deploy.sh", "platform src"],
  ["src/.deploy.sh", "platform hidden"],
]);

/** The commands that a script may call through others, by their names, and what is said of the rest. */
function mayRun(script: string) {
  const { called, gaps } = readScript(script, several);
  return {
    calls: [...called.values()].flatMap(({ commands }) => commands.map(({ name }) => name)).sort(),
    gaps: gaps.map(({ says, what }) => `${what}: ${says}`),
  };
}

const redeploys = ["environment:redeploy"];

test.each([
  [
    "[ -f stale ] && rm -f deploy.sh\nsh deploy.sh",
    ["text: runs a file that it may delete before"],
  ],
  ['rm -f "*.sh"\nsh deploy.sh', ["text: runs a file that it may delete before"]],
  ["mv -n deploy.sh a.sh\nsh deploy.sh", ["text: runs a file that it may move before"]],
  [
    "echo deploy.sh | xargs rm deploy.sh\nsh deploy.sh",
    ["text: runs a file that it may delete before"],
  ],
  ['cd "$D"; rm -rf *; cd /app; sh deploy.sh', []],
  ["rm -rf *; sh .hidden/deploy.sh", []],
  ["rm -f *; sh .hidden/deploy.sh", []],
  ["echo 'platform redeploy' > /tmp/x.sh; rm -rf *; sh /tmp/x.sh", []],
  ["rm -rf bin/*; sh deploy.sh", []],
  ["rm bin; sh bin/deploy.sh", []],
  [
    "sed -i s/a/b/ deploy.sh; sh deploy.sh",
    ["text: runs a file that it writes itself, with a text that only the shell knows"],
  ],
  [
    "curl -o deploy.sh https://example.com/x; sh deploy.sh",
    ["text: runs a file that it writes itself, with a text that only the shell knows"],
  ],
  [
    "echo 'echo done' >> deploy.sh; sh deploy.sh",
    ["text: runs a file that it writes itself, with a text that only the shell knows"],
  ],
  [
    'cd "$D"; echo true > deploy.sh; cd /app; sh deploy.sh',
    ["text: runs a file in a folder that isn't known"],
  ],
])("a script that may still be there is followed: %s", (script, gaps) => {
  const found = mayRun(script);
  const bin = script.includes("sh bin/");
  const calls = script.includes("/tmp/x.sh") ? [] : bin ? ["bin"] : redeploys;
  expect(found).toEqual({ calls, gaps });
});

test.each([
  ["deleted with its folder, named with a slash", "rm -rf bin/\nsh bin/deploy.sh", "deletes"],
  ["deleted by a pattern that names the dot", "rm -rf .h*\nsh .hidden/deploy.sh", "deletes"],
  ["moved to where an option says", "mv -t bin deploy.sh\nsh deploy.sh", "moves"],
])("of a script that is %s, it is said that it is gone", (_what, script, does) => {
  expect(mayRun(script)).toEqual({ calls: [], gaps: [`gone: runs a file that it ${does} before`] });
});

test("what is deleted, and was never there, is another thing than what is there later", () => {
  expect(mayRun("rm -rf vendor\ncomposer install --no-scripts\nvendor/bin/drush cr").gaps).toEqual(
    [],
  );
  expect(mayRun("rm -rf a\ncp -r bin a\nsh a/deploy.sh")).toEqual({ calls: ["bin"], gaps: [] });
});

const both = { calls: ["bin", "src"], gaps: ["text: runs a file that it may replace before"] };
const fromSrc = { calls: ["src"], gaps: [] };

test.each([
  ["cp -r src bin; sh bin/deploy.sh", both],
  ["mv src bin; sh bin/deploy.sh", both],
  ["cp -rn src/. bin/; sh bin/deploy.sh", both],
  ["rsync -a --exclude=deploy.sh src/ bin/; sh bin/deploy.sh", both],
  [
    "rsync -a --exclude deploy.sh src/ bin; sh bin/deploy.sh",
    { ...both, calls: ["bin", "environment:redeploy", "src"] },
  ],
  ["if [ -d src ]; then cp -r src/* bin/; fi; sh bin/deploy.sh", both],
  ["ln src/deploy.sh bin/deploy.sh; sh bin/deploy.sh", both],
  ["cp -r src .; sh deploy.sh", { calls: redeploys, gaps: [] }],
  ["cp -r src bin; sh bin/src/deploy.sh", fromSrc],
  ["cp -r src/. bin; sh bin/deploy.sh", fromSrc],
  ["cp -r src/* bin; sh bin/deploy.sh", fromSrc],
  ["cp src/*.sh bin; sh bin/deploy.sh", fromSrc],
  ["rsync -a src/ bin; sh bin/deploy.sh", fromSrc],
  ["rm -rf bin; cp -r src bin; sh bin/deploy.sh", fromSrc],
  ["cp -t bin src/deploy.sh; sh bin/deploy.sh", fromSrc],
  ["install -m 755 src/deploy.sh bin/deploy.sh; sh bin/deploy.sh", fromSrc],
  ["cp -r src /tmp/a; cp -r /tmp/a/. new; sh new/deploy.sh", fromSrc],
  ["cp -r src/. new; sh new/.deploy.sh", { calls: ["hidden"], gaps: [] }],
  ["cp * new; sh bin/deploy.sh", { calls: ["bin"], gaps: [] }],
])("where files are copied, each one is followed that may run: %s", (script, expected) => {
  expect(mayRun(script)).toEqual(expected);
});

test("a file that isn't known to be there may not be copied: the one at its place is followed too", () => {
  expect(mayRun("cp dist/x.sh bin/deploy.sh; sh bin/deploy.sh").calls).toEqual(["bin"]);
});

test("a script that copies beyond measure is followed no further, and that is said", () => {
  const moves = Array.from({ length: 300 }, (_, at) => `cp -r src d${at}`);
  expect(mayRun([...moves, "sh bin/deploy.sh"].join("\n"))).toEqual({
    calls: ["bin"],
    gaps: ["text: runs a file that it changes too often to follow"],
  });
  const chain = Array.from({ length: 9 }, (_, at) => `cp -r d${at} d${at + 1}`);
  const { gaps } = mayRun(["cp -r src d0", ...chain, "sh d9/deploy.sh"].join("\n"));
  expect(gaps).toEqual(["text: runs a file that it changes too often to follow"]);
});

test.each(["exec 3< job.sh\nsh <&3", "[ -e no ] && exec < job.sh\nsh"])(
  "what a shell reads from elsewhere is a gap: %s",
  (script) => {
    expect(readScript(script, here).gaps.map(({ says }) => says)).toEqual([
      "runs a text that comes in from elsewhere",
    ]);
  },
);
