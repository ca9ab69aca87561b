import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";

const run = "platform redeploy";
const then = (condition: string) => `if ${condition}; then ${run}; fi`;

/** What is said of the command: the branches and types that are let through, or the kind of guard. */
function said(script: string, texts: Readonly<Record<string, string>> = {}): string {
  const reading = readScript(script, new Map(Object.entries(texts)));
  const commands = [
    ...reading.commands,
    ...[...reading.called.values()].flatMap((called) => called.commands),
  ];
  return commands
    .map(({ guard }) =>
      guard.kind === "guarded"
        ? [guard, ...guard.others]
            .map(({ by }) => (by.kind === "branch" ? by.branch : by.type))
            .join(" and ")
        : guard.kind,
    )
    .join(", ");
}

// The forms in which people write guards, by what dash makes of them.
test.each([
  ["a type", then('[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]'), "production"],
  ["a quoted literal", then('[ "$PLATFORM_ENVIRONMENT_TYPE" = "production" ]'), "production"],
  ["braces", then(`[ "\${PLATFORM_ENVIRONMENT_TYPE}" = production ]`), "production"],
  ["an empty fallback", then(`[ "\${PLATFORM_ENVIRONMENT_TYPE:-}" = production ]`), "production"],
  ["a fallback if unset", then(`[ "\${PLATFORM_ENVIRONMENT_TYPE-}" = production ]`), "production"],
  ["another word where it is set", then(`[ "\${PLATFORM_BRANCH:+main}" = main ]`), "unguarded"],
  ["another word, and never that", then(`[ "\${PLATFORM_BRANCH:+dev}" = main ]`), "never"],
  ["another variable's other word", then(`[ "\${UPDATES:+main}" = main ]`), "unknown"],
  ["turned round", then('[ production = "$PLATFORM_ENVIRONMENT_TYPE" ]'), "production"],
  ["test", then('test "$PLATFORM_BRANCH" = main'), "main"],
  ["&&", `[ "$PLATFORM_BRANCH" = main ] && ${run}`, "main"],
  ["an early exit", `[ "$PLATFORM_BRANCH" = main ] || exit 0\n${run}`, "main"],
  ["an early exit in an if", `if [ "$PLATFORM_BRANCH" != main ]; then exit 0; fi\n${run}`, "main"],
  ["the inverse with ||", `[ "$PLATFORM_BRANCH" != main ] || ${run}`, "main"],
  ["case", `case "$PLATFORM_BRANCH" in main|master) ${run};; esac`, "main and master"],
  ["-o", then('[ "$PLATFORM_BRANCH" = a -o "$PLATFORM_BRANCH" = b ]'), "a and b"],
  ["||", then('[ "$PLATFORM_BRANCH" = a ] || [ "$PLATFORM_BRANCH" = b ]'), "a and b"],
  ["an x in front", then('[ "x$PLATFORM_BRANCH" = "xmain" ]'), "main"],
  ["grep", then('echo "$PLATFORM_BRANCH" | grep -q main'), "unknown"],
  ["==", then('[ "$PLATFORM_BRANCH" == main ]'), "never"],
  ["[[", then('[[ "$PLATFORM_BRANCH" = main ]]'), "never"],
  ["no $, and !=", then('[ "PLATFORM_BRANCH" != "main" ]'), "unguarded"],
  ["no $, and =", then('[ "PLATFORM_BRANCH" = "main" ]'), "never"],
  ["no blanks around =", then('[ "$PLATFORM_BRANCH"=main ]'), "unguarded"],
  ["no blank after [", then('["$PLATFORM_BRANCH" = main ]'), "never"],
  ["single quotes", then("[ '$PLATFORM_BRANCH' = main ]"), "never"],
  ["no quotes, which is an error when empty", then("[ $PLATFORM_BRANCH = main ]"), "main"],
  ["no ; before then", `if [ "$PLATFORM_BRANCH" = main ] then\n${run}\nfi`, "unknown"],
  ["bash of its own", `bash -c '[[ "$PLATFORM_BRANCH" == main ]] && ${run}'`, "main"],
  ["another case", then('[ "$PLATFORM_ENVIRONMENT_TYPE" = Production ]'), "never"],
  ["a variable of the project", then('[ "$PLATFORM_BRANCH" = "$UPDATES" ]'), "unknown"],
  ["a variable of the script", `MAIN=main\n${then('[ "$PLATFORM_BRANCH" = "$MAIN" ]')}`, "main"],
  [
    "a number that a test sets",
    `go=0\n[ "$PLATFORM_BRANCH" = main ] && go=1\n${then('[ "$go" -eq 1 ]')}`,
    "main",
  ],
  [
    "a number that leaves",
    `case $PLATFORM_BRANCH in main) stop=0;; *) stop=3;; esac\n[ $stop -gt 0 ] && exit\n${run}`,
    "main",
  ],
  [
    "a number in bash",
    `bash -c 'n=0; [[ $PLATFORM_BRANCH = main ]] && n=1; [[ $n -ge 1 ]] && ${run}'`,
    "main",
  ],
  [
    "a variable behind what may have ended the script",
    `set -e\nmake\nBR=main\n${then('[ "$PLATFORM_BRANCH" = "$BR" ]')}`,
    "main",
  ],
  [
    "one behind an exit in an if",
    `if ! make; then exit 1; fi\ngo=0\n[ "$PLATFORM_BRANCH" = main ] && go=1\n[ $go = 0 ] || ${run}`,
    "main",
  ],
  [
    "one in a script that is started there",
    `make || exit 1\nsh -c 'BR=main; [ "$PLATFORM_BRANCH" = "$BR" ] && ${run}'`,
    "main",
  ],
  [
    "one behind what may have left a function",
    `f() { make || return; BR=main; }\nf\n${then('[ "$PLATFORM_BRANCH" = "$BR" ]')}`,
    "unknown",
  ],
  [
    "one behind what may have begun the next round",
    `for x in a b; do make $x || continue; BR=main; done\n${then('[ "$PLATFORM_BRANCH" = "$BR" ]')}`,
    "unknown",
  ],
  [
    "a call behind what may have ended the script, on one environment",
    `[ "$PLATFORM_BRANCH" = main ] || make || exit 1\n${run}`,
    "unknown",
  ],
  ["a number that is the same everywhere", `n=1\n${then("[ $n -lt 2 ]")}`, "unguarded"],
  ["a number that never fits", `n=1\n${then("[ $n -ne 1 ]")}`, "never"],
  ["a part of the commands", `${run}\n${then('[ "$PLATFORM_BRANCH" = main ]')}`, "unguarded, main"],
  [
    "an else, which is everywhere else",
    `if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then :; else ${run}; fi`,
    "unknown",
  ],
  ["a branch given another name", `B=$PLATFORM_BRANCH\n${then('[ "$B" = main ]')}`, "main"],
])("a guard with %s", (_form, script, expected) => {
  expect(said(script)).toBe(expected);
});

const onMain = '[ "$PLATFORM_BRANCH" = main ]';

// An error in a test is the end of it: neither a ! nor an -o makes it true, and both kinds of environment go the other way.
test.each([
  [
    "a ! before an error",
    `case "$PLATFORM_BRANCH" in\nmain) ;;\n*) [ ! "$PLATFORM_BRANCH" -ne main ] || ${run};;\nesac`,
    "unknown",
  ],
  ["a ! before a text as a number", `[ ! "" -eq "$PLATFORM_BRANCH" ] || ${run}`, "unguarded"],
  [
    "an error in a part of a script",
    `[ -n "$( if { [ "$PLATFORM_BRANCH" != "" && "$PLATFORM_TYPE" = x ] || [ ! "" -eq "$PLATFORM_BRANCH" ]; }; then :; else ${run}; fi )" ]`,
    "unguarded",
  ],
  [
    "an -o before what may be an error",
    `until [ "$PLATFORM_BRANCH" != main -o "$PLATFORM_BRANCH" -ne 1 ]; do ${run}; break; done`,
    "unknown",
  ],
  [
    "an -o before an error",
    `until [ "$PLATFORM_BRANCH" != main -o "$PLATFORM_BRANCH" -ne main ]; do ${run}; break; done`,
    "unguarded",
  ],
  ["a parenthesis that isn't closed", `[ ! \\( "$PLATFORM_BRANCH" = main ] || ${run}`, "unguarded"],
])("%s", (_what, script, expected) => {
  expect(said(script)).toBe(expected);
});

test("a call isn't unguarded where on some branches another command decides", () => {
  const leaves = `( ! ( eval '${onMain}' && platform a ) || exit 0\n( platform b ) && ${run} )`;
  expect(said(leaves)).toBe("main, unknown, unknown");
  const otherwise = `( platform a ) || exit 0\nif ${onMain} && platform b; then :; else ${run}; fi`;
  expect(said(otherwise)).toBe("unguarded, main, unknown");
  const failing = `set -e\ncd /app\nif ${onMain}; then platform a; fi\n${run}`;
  expect(said(failing)).toBe("main, unknown");
});

test.each([
  ["sleep infinity", "main"],
  ["exec sleep inf", "main"],
  ["tail -f /dev/null", "main"],
  ["sleep infinity &", "unguarded"],
  ["timeout 60 sleep infinity", "unguarded"],
  ["sleep 60", "unguarded"],
  ["tail -n 1 log", "unguarded"],
])("what stands behind `%s` on other branches is %s", (waits, expected) => {
  expect(said(`if [ "$PLATFORM_BRANCH" != main ]; then\n${waits}\nfi\n${run}`)).toBe(expected);
});

test("a loop ends as its last round does, or as nothing where it may have none", () => {
  expect(said(`for i in 1 2; do ${onMain}; done && ${run}`)).toBe("main");
  expect(said(`while read x; do ${onMain}; done < list && ${run}`)).toBe("unknown");
  expect(said(`for i in 1 2; do echo "$i"; done && ${run}`)).toBe("unguarded");
  expect(said(`if for i in 1 2; do ${onMain}; done; then ${run}; else ${run}; fi`)).toBe(
    "main, unknown",
  );
});

test("where a loop is left early, or its next round begun, no more is said than is known", () => {
  const skips = `for a in dev main; do case $a in dev) continue;; esac; ${run}; done`;
  expect(said(skips)).toBe("unknown");
  const left = `for a in 1 2; do if [ "$a" = 1 ]; then continue; fi; ${onMain} || exit; done; ${run}`;
  expect(said(left)).not.toBe("unguarded");
  const both = `for a in 1 2; do for b in 1 2; do ${onMain} || break 2; done; false; done && ${run}`;
  expect(said(both)).toBe("unknown");
});

test("a status of 00 is none that fails", () => {
  expect(said(`f() { ${onMain} || return 00; }\nf && ${run}`)).toBe("unguarded");
});

test("a variable that isn't there at build isn't handed on because it is set", () => {
  const apart = `sh -c 'case $PLATFORM_BRANCH in main) ;; *) ${run};; esac'`;
  expect(said(`PLATFORM_BRANCH=main\n${apart}`)).toBe("unknown");
  expect(said(`PLATFORM_BRANCH=main ${apart}`)).toBe("never");
});

test("what a branch doesn't get to changes nothing there", () => {
  const production = `[ "$PLATFORM_ENVIRONMENT_TYPE" = production ] && ${run}`;
  expect(said(`if ${onMain}; then eval "$JOB"; else ${production}; fi`)).toBe("production");
  expect(said(`if ${onMain}; then eval "$JOB"; fi\n${production}`)).toBe("main and production");
});

test("a call is unguarded where the same commands decide on each branch", () => {
  expect(said(`cd /app || exit 1\n${onMain} && platform a\n${run}`)).toBe("main, unguarded");
  expect(said(`cd /app && platform a && ${run}`)).toBe("unguarded, unguarded");
  expect(said(`f() { platform a && ${run}; }\n${onMain} && f\nf`)).toBe("unguarded, unguarded");
});

test("a guard in a called script, or around its call", () => {
  const guarded = { "x.sh": then('[ "$PLATFORM_BRANCH" = main ]') };
  expect(said("sh x.sh", guarded)).toBe("main");
  expect(said(then('[ "$PLATFORM_BRANCH" = main ]').replace(run, "sh x.sh"), { "x.sh": run })).toBe(
    "main",
  );
});

test("a call from a written file may run wherever it isn't known what is in such a file", () => {
  const writes = `F=$(mktemp -p .)\ncat > "$F" <<'E'\n${run}\nE\n`;
  const twice = `if ! ${onMain}; then\n${writes}. "$F"\nfi\nif ( platform a ); then\n${writes}. "$F"\nfi`;
  expect(said(twice)).toBe("unknown, unguarded, unguarded");
  const added = `echo '${run}' > w.sh; echo 'exit 1' >> w.sh\nsh w.sh`;
  expect(said(`case $PLATFORM_BRANCH in\nproduction|ma*) ${added};;\nesac`)).toBe("unknown");
  const elsewhere = `echo '${run}' > w.sh\nif ${onMain}; then sh w.sh; else date >> w.sh; sh w.sh; fi`;
  expect(said(elsewhere)).toBe("unknown");
  const named = `if ${onMain}; then echo 'f() { ${run}; }' > w.sh; else date > w.sh; fi\n. ./w.sh\nf`;
  expect(said(named)).toBe("unknown");
  const trapped = `echo '${run}' > w.sh\ntrap '. ./w.sh' EXIT\nif ${onMain}; then date > w.sh; fi`;
  expect(said(trapped)).toBe("unknown");
  expect(said(`echo '${run}' > w.sh\ntrap '. ./w.sh' EXIT\ndate > times.txt`)).toBe("unguarded");
  // A file that is written and isn't run says nothing of those that are.
  expect(said(`if ${onMain}; then ${added}; fi\ndate > times.txt`)).toBe("main");
});

const byWords = `set -eu
backup=0
where=staging
while [ $# -gt 0 ]; do
    case "$1" in
        --backup) backup=1; shift ;;
        --on) where="$2"; shift 2 ;;
        --on=*) echo no; shift ;;
        --) shift; break ;;
        *) echo "unknown: $1"; exit 2 ;;
    esac
done
if [ "$backup" -eq 1 ] && [ "$PLATFORM_BRANCH" = "$where" ] && [ $# -eq 0 ]; then ${run}; fi`;

const byLetters = `backup=no
while getopts "vbo:" option; do
    case $option in
        b) backup=yes ;;
        o) where=$OPTARG ;;
        v) set -x ;;
        *) exit 64 ;;
    esac
done
shift $((OPTIND - 1))
if [ $backup = yes ] && [ "$PLATFORM_BRANCH" = "$where" ] && [ "$1" = now ]; then ${run}; fi`;

const lastOfAll = `until [ $# -eq 1 ]; do shift; done
[ "$PLATFORM_BRANCH" = "$1" ] && ${run}`;

// What a script is called with decides what it does.
test.each([
  ["words", "sh x.sh --on main --backup", byWords, "main"],
  ["words that leave it out", "sh x.sh --on main", byWords, "never"],
  ["words without a value of their own", "sh x.sh --backup", byWords, "staging"],
  ["words with an end", "sh x.sh --backup --", byWords, "staging"],
  ["words behind the end", "sh x.sh --backup -- more", byWords, "never"],
  ["a word that it doesn't know", "sh x.sh --backup --of main", byWords, "never"],
  ["words that aren't known", "sh x.sh --on main $MORE", byWords, "unknown"],
  ["letters", "sh x.sh -b -o main now", byLetters, "main"],
  ["letters in one word", "sh x.sh -vbomain -- now", byLetters, "main"],
  ["letters without one", "sh x.sh -v -o main now", byLetters, "never"],
  ["letters, and another word", "sh x.sh -bo main later", byLetters, "never"],
  ["a letter that it doesn't know", "sh x.sh -bz -o main now", byLetters, "unknown"],
  ["a letter without its value", "sh x.sh -b -o", byLetters, "unknown"],
  ["letters that aren't known", 'sh x.sh -b "$HOW" now', byLetters, "unknown"],
  ["one word after the other", "sh x.sh a b main", lastOfAll, "main"],
  ["more words than are gone through", `sh x.sh ${"a ".repeat(60)}main`, lastOfAll, "unknown"],
])("a script does what it is called with: %s", (_form, call, script, expected) => {
  expect(said(call, { "x.sh": script })).toBe(expected);
});
