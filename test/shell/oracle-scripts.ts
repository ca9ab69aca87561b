import fc from "fast-check";

const variable = fc.constantFrom(
  '"$PLATFORM_BRANCH"',
  '"$PLATFORM_ENVIRONMENT_TYPE"',
  "$PLATFORM_BRANCH",
  `"\${PLATFORM_BRANCH:-}"`,
  "'$PLATFORM_BRANCH'",
  '"PLATFORM_BRANCH"',
  '"$UPDATES"',
  `"\${PLATFORM_BRANCH:-main}"`,
  `"\${PLATFORM_BRANCH:+main}"`,
  `"\${PLATFORM_ENVIRONMENT_TYPE}"`,
  '"$PLATFORM_ENVIRONMENT"',
  "$PLATFORM_ENVIRONMENT",
  '"$PLATFORM_TYPE"',
  "$PLATFORM_TYPE",
  '"$(PLATFORM_BRANCH)"',
);
const literal = fc.constantFrom(
  "main",
  '"main"',
  "production",
  "'production'",
  "Production",
  "master",
  "ma*",
  '""',
  "main-bvxea6i",
  "1",
  "[lmn]ain",
);
const operator = fc.constantFrom("=", "!=", "==", "=~", "===", "-eq", "-ne", "-gt", "eq");
const comparison = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("=", "!=") },
      { weight: 1, arbitrary: operator },
    ),
    variable,
    literal,
    fc.boolean(),
  )
  .map(([operator, left, right, turned]) =>
    turned ? `${right} ${operator} ${left}` : `${left} ${operator} ${right}`,
  );
/** A variable that the script gets from its own, set once or in each way. */
const renamed = fc
  .tuple(fc.constantFrom("NAME", "B"), variable, fc.constantFrom("=", "!="), literal)
  .map(
    ([name, value, operator, right]) =>
      `{ ${name}=${value}; [ "$${name}" ${operator} ${right} ]; }`,
  );
const atom = fc.oneof(
  { weight: 1, arbitrary: renamed },
  {
    weight: 1,
    arbitrary: fc
      .tuple(variable, fc.constantFrom("=", "!="), variable)
      .map(([left, operator, right]) => `[ ${left} ${operator} ${right} ]`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(comparison, fc.constantFrom("&&", "||"), comparison)
      .map(([a, o, b]) => `[ ${a} ${o} ${b} ]`),
  },
  { weight: 1, arbitrary: comparison.map((text) => `[ "$MAIN" = main -a ${text} ]`) },
  { weight: 6, arbitrary: comparison.map((text) => `[ ${text} ]`) },
  { weight: 1, arbitrary: comparison.map((text) => `test ${text}`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(comparison, fc.constantFrom("-a", "-o"), comparison)
      .map(([a, o, b]) => `[ ${a} ${o} ${b} ]`),
  },
  { weight: 1, arbitrary: comparison.map((text) => `[ ! ${text} ]`) },
  { weight: 1, arbitrary: comparison.map((text) => `[[ ${text} ]]`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(comparison, fc.constantFrom("&&", "||"), comparison)
      .map(([a, o, b]) => `[[ ${a} ${o} ${b} ]]`),
  },
  { weight: 1, arbitrary: comparison.map((text) => `bash -c '[[ ${text.replaceAll("'", "")} ]]'`) },
  { weight: 1, arbitrary: comparison.map((text) => `sh -c '[ ${text.replaceAll("'", "")} ]'`) },
  {
    weight: 1,
    arbitrary: comparison.map((text) => `sh -c "[ ${text.replaceAll(/["`\\]/gu, "\\$&")} ]"`),
  },
  { weight: 1, arbitrary: comparison.map((text) => `sh -c "[ ${text.replaceAll('"', "")} ]"`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("-c '[ \"$1\" = main ]' sh", "-sc '[ main = $1 ]' --"), variable)
      .map(([shell, value]) => `sh ${shell} ${value}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '[ "$PLATFORM_BRANCH"=main ]',
      '["$PLATFORM_BRANCH" = main ]',
      '[ "$PLATFORM_BRANCH" = main]',
      '[ "$PLATFORM_BRANCH" =main ]',
      '[ "$PLATFORM_BRANCH"= main ]',
      '[ "$PLATFORM_BRANCH" = main -o master ]',
      '[ "$PLATFORM_BRANCH" = main || master ]',
      '[ "$PLATFORM_BRANCH" = main ] -o [ "$PLATFORM_BRANCH" = other ]',
      '[ "$PLATFORM_BRANCH" != main -o "$PLATFORM_BRANCH" != other ]',
      '[ "$PLATFORM_BRANCH" != main ] || [ "$PLATFORM_BRANCH" != other ]',
      '[ "$PLATFORM_BRANCH" = main ] || echo elsewhere',
      '"$PLATFORM_BRANCH" = main',
      '[[ "$PLATFORM_BRANCH" =~ ^main$ ]]',
      '[ "$PLATFORM_BRANCH" = main ] &> /dev/null',
      '[ "$PLATFORM_BRANCH" = main ] & true',
      '[ -n "$PLATFORM_BRANCH" ]',
      '[ -z "$PLATFORM_BRANCH" ]',
      '[ "x$PLATFORM_BRANCH" = xmain ]',
      "[ $? -eq 0 ]",
      '[ "$(date +%Y)" = 1 ]',
      "[ -f /nowhere ]",
      '[ "$PLATFORM_BRANCH = main" ]',
      '![ "$PLATFORM_BRANCH" != main ]',
      '[ !"$PLATFORM_BRANCH" = main ]',
      '[ "$PLATFORM_BRANCH" ! = main ]',
      '[ "$PLATFORM_BRANCH" =! main ]',
      '[ "$PLATFORM_BRANCH" main ]',
      '[ "{$PLATFORM_BRANCH}" = main ]',
      '[ "%PLATFORM_BRANCH%" = main ]',
      '[ "$PLATFORM_BRANCH" = main ] || [ other ]',
      '[ "$PLATFORM_BRANCH" != main ] && [ other ]',
      '[ "$PLATFORM_BRANCH" = main ] \\&\\& platform @',
      '[ "$PLATFORM_BRANCH" = main ] platform @',
      `[ "\${PLATFORM_BRANCH^^}" = MAIN ]`,
      `{ B=\${PLATFORM_BRANCH:0:4}; [ "$B" = main ]; }`,
      `{ B=$(echo "\${PLATFORM_BRANCH:0:4}"); [ "$B" = main ]; }`,
      "PLATFORM_BRANCH=main",
      "[ is_it ]",
      "(( $PLATFORM_BRANCH == main ))",
      'ls "/nowhere/$PLATFORM_BRANCH"',
      'cd "/$PLATFORM_BRANCH"',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "true",
      "false",
      ":",
      "cd /",
      "./nothing",
      'echo "$PLATFORM_BRANCH" | grep -q main',
      "is_it",
      "both_ways",
      "command -v platform",
    ),
  },
);

const { script } = fc.letrec<{ script: string; statement: string; condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { weight: 5, arbitrary: atom },
    { weight: 1, arbitrary: tie("condition").map((c) => `! ${c}`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
        .map(([a, o, b]) => `${a} ${o} ${b}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
        .map(([a, o, b]) => `{ ${a} ${o} ${b}; }`),
    },
    { weight: 1, arbitrary: tie("script").map((s) => `( ${s} )`) },
    { weight: 1, arbitrary: tie("script").map((s) => `[ -n "$( ${s} )" ]`) },
  ),
  statement: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { weight: 4, arbitrary: fc.constant("platform @") },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "exit",
        "exit 0",
        "set -e",
        "set +e",
        "return 0",
        "return 1",
        "break",
        "continue",
        "PLATFORM_BRANCH=main",
        "MAIN=main",
        "sh guard.sh || exit 0",
        "bash guard.sh && platform @",
        ". ./leave.sh",
        "./job.sh",
        "unset PLATFORM_ENVIRONMENT_TYPE",
        "export PLATFORM_BRANCH",
        "exec true",
        "helper",
        "sub 2>/dev/null",
        "true &",
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'wrapped() { "$@"; }\nwrapped platform @',
        'p() { platform "$@"; }\np @\np @',
        'first() { shift; platform "$1"; }\nfirst x @ @',
        'on() { [ "$PLATFORM_BRANCH" = "$1" ] || return 0; shift; "$@"; }\non main platform @',
        'own() { local name="$1"; platform "$name"; }\nown @',
        "for name in @ @; do platform $name; done",
        'for name in @ @; do [ "$PLATFORM_BRANCH" = main ] || continue; platform "$name"; done',
        "for name in @ @; do platform $name; exit; done",
        'set -- platform @\n"$@"',
        "JOB='platform @'\n$JOB",
        "JOB='platform @'\neval \"$JOB\"",
        "eval '[ \"$PLATFORM_BRANCH\" = main ]' && platform @",
        "JOB='platform @'\nsh -c \"$JOB\"",
        "CLI=$(command -v platform)\n$CLI @",
        `\${CLI:-platform} @`,
        `: "\${CLI:=platform}"\n$CLI @`,
        "alias again='platform @'\nagain",
        "alias never='platform @'; never",
        "again",
        "flock ./lock -c 'platform @'",
        "nice -n 1 timeout 5 platform @",
        "while [ $# -gt 0 ]; do shift; done\nplatform @",
        "echo 'platform @' | sh",
        "printf 'platform %s\\n' @ @ | sh",
        "printf '%s\\n' 'platform @' | cat | sh -e",
        "JOB='platform @'\necho \"$JOB\" | sh",
        "echo 'platform @' | { sh; }",
        "echo guard.sh | xargs sh && platform @",
        "cat guard.sh | sh && platform @",
        "sh < guard.sh && platform @",
        "echo '[ \"$PLATFORM_BRANCH\" = main ]' | sh || exit 0",
        "cat > w.sh <<'E'\n[ \"$PLATFORM_BRANCH\" = main ] || exit 3\nplatform @\nE\nsh w.sh && platform @",
        "echo 'platform @' > w.sh\nchmod +x w.sh\n./w.sh",
        "echo 'platform @' > w.sh; echo 'exit 1' >> w.sh\nsh w.sh || platform @",
        "cp guard.sh w.sh\nsh w.sh && platform @",
        'F=$(mktemp -p .)\ncat > "$F" <<\'E\'\nplatform @\nE\n. "$F"',
        'platform() { command platform "$@"; }\nplatform @',
        "make -s main && platform @",
        "make -s all || platform @",
        "PLATFORM_BRANCH=main sh -c '[ \"$PLATFORM_BRANCH\" = main ] && platform @'",
        'PLATFORM_BRANCH=main sh -c "[ \\"$PLATFORM_BRANCH\\" = main ] && platform @"',
        `sh -c 'platform "$@"' sh @ @`,
        "sh -c 'shift; \"$0\" $1' platform @ @",
        "sh -ec 'platform $1'",
        "sh -c -e 'false; platform @' || platform @",
        'b=$PLATFORM_BRANCH\nsh -c \'[ "$1" = main ] && platform @\' sh "$b" && exit',
        'sh -s main <<\'E\'\n[ "$PLATFORM_BRANCH" = "$1" ] || exit 3\nplatform @\nE',
        'sh -s -- "$PLATFORM_BRANCH" <<\'E\'\n[ "$1" = main ] && platform @\nE',
        'sh <<E\n[ "$PLATFORM_BRANCH" = main ] && platform @\nE',
        "sh <<E && platform @\nPLATFORM_BRANCH=other\n[ \\$PLATFORM_BRANCH = $PLATFORM_BRANCH ]\nE",
        "sh <<E && exit\n[ '$PLATFORM_BRANCH' = main ]\nE",
        "while read -r name; do platform $name; done <<'E'\n@\n@\nE",
        "while read b; do\n[ \"$PLATFORM_BRANCH\" = $b ] && platform @\ndone <<'E'\nmain\nmaster\nE",
        'echo main other | while read a b; do [ "$PLATFORM_BRANCH" = "$b" ] || platform @; done',
        "printf '%s\\n' @ | while read name; do platform $name; exit; done",
        "printf 'main' | while read name; do platform @; done",
        "printf 'a\\nb\\n' | while read name; do cat; platform @; done",
        "while read name; do platform @; break; done <<'E'\nE",
        "while read name; do platform @; done < guard.sh",
        "{ read a; while read b; do platform @; done; } <<'E'\na\nE",
        'while IFS= read -r l; do eval "$l"; done <<\'E\'\n[ "$PLATFORM_BRANCH" = main ] && platform @\nE',
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          tie("condition"),
          fc.constantFrom(
            ["f=/nowhere", "f=guard.sh", '[ -s "$f" ] || exit 0'],
            ["d=/nowhere", "d=/", "cd $d && platform @"],
            ["rm -f on", ": > on", "if [ -f on ]; then platform @; fi"],
            ["rm -f on", "touch on", "test -e on || exit\nplatform @"],
            ["YES=false", "YES=true", '[ "$YES" = true ] && platform @'],
            ["YES=false", "YES=true", "$YES && platform @"],
            ["YES=false", "YES=true", "[ $YES ] && platform @"],
            ["YES=0", "YES=1", "if [ $YES -eq 1 ]; then platform @; fi"],
            ["KIND=dev", "KIND=prod", "case $KIND in prod) platform @;; esac"],
          ),
        )
        .map(([c, [no, yes, asked]]) => `${no}\nif ${c}; then ${yes}; fi\n${asked}`),
    },
    { weight: 3, arbitrary: tie("condition").map((c) => `${c} && platform @`) },
    { weight: 2, arbitrary: tie("condition").map((c) => `${c} || exit 0`) },
    { weight: 2, arbitrary: tie("condition") },
    {
      weight: 3,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"))
        .map(([c, s]) => `if ${c}; then\n${s}\nfi`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"), tie("script"))
        .map(([c, a, b]) => `if ${c}; then\n${a}\nelse\n${b}\nfi`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"), tie("condition"), tie("script"))
        .map(([c, a, d, b]) => `if ${c}; then\n${a}\nelif ${d}; then\n${b}\nfi`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(variable, literal, literal, tie("script"), tie("script"))
        .map(([v, l, m, a, b]) => `case ${v} in\n${l}|${m}) ${a}\n;;\n*) ${b}\n;;\nesac`),
    },
    { weight: 1, arbitrary: tie("script").map((s) => `for i in 1 2; do\n${s}\ndone`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"))
        // A `continue` would go round for ever.
        .map(([c, s]) => `until ${c}; do\n${s.replaceAll("continue", "break")}\nbreak\ndone`),
    },
    { weight: 1, arbitrary: tie("script").map((s) => `(\n${s}\n)`) },
    { weight: 1, arbitrary: tie("script").map((s) => `{\n${s}\n}`) },
    { weight: 1, arbitrary: tie("script").map((s) => `helper() {\n${s}\n}`) },
    { weight: 1, arbitrary: tie("condition").map((c) => `is_it() { ${c}; }`) },
    {
      weight: 1,
      arbitrary: tie("condition").map((c) => `both_ways() { ${c} && return 0; return 1; }`),
    },
    { weight: 1, arbitrary: tie("script").map((s) => `sh -c '${s.replaceAll("'", "")}'`) },
  ),
  script: fc.array(tie("statement"), { minLength: 1, maxLength: 2 }).map((all) => all.join("\n")),
}));

function numbered(text: string): string {
  let count = 0;
  return text.replaceAll(/(?<!\$)@/gu, () => {
    count += 1;
    return `c${count}`;
  });
}

/** Scripts with guards of every form, right and wrong; each call of the CLI has a name of its own. */
export const guardScript = script.map(numbered);

/** Scripts that those may call, by their paths; the commands in them have names that no other script has. */
export const calledScripts: ReadonlyMap<string, string> = new Map([
  ["guard.sh", '[ "$PLATFORM_BRANCH" = main ]'],
  ["leave.sh", 'case "$PLATFORM_ENVIRONMENT_TYPE" in production) ;; *) exit 0;; esac'],
  [
    "Makefile",
    'all: main\n\t@false\nmain:\n\t@[ "$$PLATFORM_BRANCH" = main ]\n\t-@false\n\t@platform from-make\n',
  ],
  ["job.sh", '#!/bin/sh\nif [ "$PLATFORM_BRANCH" = main ]; then platform job; fi'],
]);
