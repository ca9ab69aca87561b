import fc from "fast-check";

const call = fc.constantFrom(
  "platform backup:create --yes",
  "platform backup:create --yes --no-wait",
  "platform redeploy --no-wait",
  "platform sync data --yes",
);
const program = fc.constantFrom(
  "drush cron",
  "drush updb -y",
  'drush state "$NAME"',
  "drush state $NAME",
  'drush cim "$PWD"',
  'notify "$?"',
  'notify "$1" "$#"',
  'notify "$@"',
  "notify done >/dev/null 2>&1",
  "LEVEL=high notify up",
  "env A=b drush status",
  "exec notify last",
  'notify "$(drush list)"',
  `notify "\${NAME:-none}" "\${OTHER:=set}"`,
  `notify \${#NAME} "\${NAME%a*}" "\${NAME##*p}"`,
  'notify "$((COUNT + 1))"',
);
const simple = fc.constantFrom(
  "cd web",
  "cd web/..",
  "cd nowhere",
  // In one pair of braces: where it came from before the first cd, only the shell that it is started by knows.
  "{ cd web && cd -; }",
  "cd",
  "NAME=shop",
  'NAME="two words"',
  "NAME=$(drush list)",
  "COUNT=$((COUNT + 1))",
  "export NAME=app",
  "unset NAME",
  "local NAME=own",
  "set -e",
  "set +e",
  "set -u",
  "set -- one two",
  "shift",
  "exit",
  "exit 3",
  "return 4",
  "break",
  "continue",
  "break 2",
  "true",
  "false",
  ":",
  "job",
  "job first 'second one'",
  "sh job.sh",
  "sh -e job.sh one",
  "./job.sh",
  ". ./leave.sh",
  ". ./set.sh",
  "sh -c 'drush inner && false'",
  "eval 'drush eval; false'",
  "trap 'notify trapped' EXIT",
  "trap 'notify trapped; exit 9' EXIT",
  "trap - EXIT",
  "exec >/dev/null",
  "command drush direct",
  "[ $? -eq 0 ]",
);
const test = fc.constantFrom(
  '[ "$PLATFORM_BRANCH" = main ]',
  '[ "$PLATFORM_ENVIRONMENT_TYPE" != production ]',
  '[ "$NAME" = shop ]',
  '[ -n "$NAME" ]',
  "[ $NAME = shop ]",
  '[ -z "$NAME" -o "$COUNT" = 1 ]',
  '[ ! "$COUNT" = 1 ]',
  '[ "$#" -gt 1 ]',
  "[ -f here.txt ]",
  "[ ! -f missing.txt ]",
  "test -d web",
  "drush check",
  "drush check | notify piped",
  "! drush check",
  "job",
  '[ "$PLATFORM_BRANCH" == main ]',
);

const { script } = fc.letrec<{ script: string; statement: string; condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 5, arbitrary: test },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
        .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    },
    { weight: 1, arbitrary: tie("script").map((body) => `( ${body} )`) },
  ),
  statement: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 4, arbitrary: call },
    { weight: 4, arbitrary: program },
    { weight: 4, arbitrary: simple },
    {
      weight: 3,
      arbitrary: fc
        .tuple(tie("condition"), fc.constantFrom("&&", "||"), fc.oneof(call, program, simple))
        .map(([condition, operator, then]) => `${condition} ${operator} ${then}`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(call, fc.constantFrom("&&", "||", "|"), program)
        .map(([first, operator, second]) => `${first} ${operator} ${second}`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"), tie("script"))
        .map(
          ([condition, then, otherwise]) =>
            `if ${condition}; then\n${then}\nelse\n${otherwise}\nfi`,
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"))
        .map(([condition, then]) => `if ${condition}; then\n${then}\nfi`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('"$PLATFORM_BRANCH"', '"$NAME"', "$#", "two-words"),
          fc.constantFrom("main", "s*p", '"s*"', "two*|1", "?", '"$1"'),
          tie("script"),
          tie("script"),
        )
        .map(([word, pattern, a, b]) => `case ${word} in\n${pattern}) ${a}\n;;\n*) ${b}\n;;\nesac`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("a b", '"$@"', '"x y"', "$NAME"), tie("script"))
        .map(([words, body]) => `for ITEM in ${words}; do\nnotify "$ITEM"\n${body}\ndone`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("condition"), tie("script"))
        // A `continue` would go round for ever.
        .map(
          ([condition, body]) =>
            `until ${condition}; do\n${body.replaceAll("continue", "break")}\nbreak\ndone`,
        ),
    },
    { weight: 1, arbitrary: tie("script").map((body) => `(\n${body}\n)`) },
    { weight: 1, arbitrary: tie("script").map((body) => `{\n${body}\n} 2>/dev/null`) },
    { weight: 2, arbitrary: tie("script").map((body) => `job() {\n${body}\n}`) },
  ),
  script: fc
    .array(tie("statement"), { minLength: 1, maxLength: 3 })
    .map((statements) => statements.join("\n")),
}));

/** Scripts of several commands as crons have them, and stranger: loops, functions, traps, pipes, changes of folder. */
export const playedScript = fc
  .array(script, { minLength: 1, maxLength: 3 })
  .map((parts) => ["export NAME=given COUNT=1", 'job() { notify job "$@"; }', ...parts].join("\n"));

const leave = 'case "$PLATFORM_ENVIRONMENT_TYPE" in production) ;; *) return 6;; esac';
const set = "NAME=sourced\ncd web || exit 5\n";

/** Scripts that those may call, by their paths. */
export const playedFiles: ReadonlyMap<string, string> = new Map([
  ["job.sh", '#!/bin/sh\nnotify from-job "$1"\nplatform backup:create --yes\ndrush "$NAME"'],
  ["web/job.sh", "#!/bin/sh -e\nfalse\nnotify never"],
  ["leave.sh", leave],
  ["web/leave.sh", leave],
  ["set.sh", set],
  ["web/set.sh", set],
]);
