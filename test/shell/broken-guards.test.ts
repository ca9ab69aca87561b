import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";

const run = "platform redeploy";
const then = (condition: string) => `if ${condition}; then ${run}; fi`;
const early = (condition: string) => `${condition} && exit 0\n${run}`;
const branch = '"$PLATFORM_BRANCH"';

/** What is said of the command's guard, and the script with all that has to be written instead. */
function told(script: string): { readonly guard: string; readonly repaired: string | undefined } {
  const guard = readScript(script).commands[0]?.guard;
  const repairs = (guard?.flaws ?? []).flatMap(({ repair }) => repair ?? []);
  const repaired = repairs
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end),
      script,
    );
  return {
    guard: guard?.kind ?? "",
    repaired: repairs.length === 0 ? undefined : repaired,
  };
}

// What a guard was meant to be, where dash takes it for something else.
test.each([
  ["==", then(`[ ${branch} == main ]`), "never", then(`[ ${branch} = main ]`)],
  ["===", then(`[ ${branch} === main ]`), "never", then(`[ ${branch} = main ]`)],
  ["eq", then(`[ ${branch} eq main ]`), "never", then(`[ ${branch} = main ]`)],
  ["a regular expression", then(`[ ${branch} =~ ^main$ ]`), "never", then(`[ ${branch} = main ]`)],
  ["bash's own", then(`[[ ${branch} =~ ^main$ ]]`), "never", then(`[ ${branch} = main ]`)],
  [
    "bash's own with an or",
    then(`[[ ${branch} == main || ${branch} == trunk ]]`),
    "never",
    then(`[ ${branch} = main ] || [ ${branch} = trunk ]`),
  ],
  ["a number's operator", then(`[ ${branch} -eq main ]`), "never", then(`[ ${branch} = main ]`)],
  ["its opposite", early(`[ ${branch} -ne main ]`), "unguarded", early(`[ ${branch} != main ]`)],
  ["no blank before =", then(`[ ${branch}= main ]`), "never", then(`[ ${branch} = main ]`)],
  ["no blank behind =", then(`[ ${branch} =main ]`), "never", then(`[ ${branch} = main ]`)],
  ["no bracket", then(`${branch} = main`), "never", then(`[ ${branch} = main ]`)],
  [
    "a word that nothing is compared with",
    then(`[ ${branch} = main -o trunk ]`),
    "unguarded",
    then(`[ ${branch} = main -o ${branch} = trunk ]`),
  ],
  [
    "the same behind ||",
    then(`[ ${branch} = main || trunk ]`),
    "never",
    then(`[ ${branch} = main ] || [ ${branch} = trunk ]`),
  ],
  [
    "-o outside of the brackets",
    then(`[ ${branch} = main ] -o [ ${branch} = trunk ]`),
    "never",
    then(`[ ${branch} = main ] || [ ${branch} = trunk ]`),
  ],
  [
    "two names it can't have at once",
    then(`[ ${branch} = main ] && [ ${branch} = trunk ]`),
    "never",
    then(`[ ${branch} = main ] || [ ${branch} = trunk ]`),
  ],
  [
    "two names it never has both of",
    early(`[ ${branch} != main -o ${branch} != trunk ]`),
    "never",
    early(`[ ${branch} != main -a ${branch} != trunk ]`),
  ],
  [
    "the machine name",
    then('[ "$PLATFORM_ENVIRONMENT" = main ]'),
    "never",
    then(`[ ${branch} = main ]`),
  ],
  [
    "a variable that isn't there",
    then('[ "$PLATFORM_TYPE" = production ]'),
    "never",
    then('[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]'),
  ],
  [
    "a variable that isn't there, with nothing in its place",
    then(`[ "\${PLATFORM_ENV:-}" = production ]`),
    "never",
    then('[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]'),
  ],
  [
    "two letters changed over",
    then('[ "$PLATFROM_BRANCH" = main ]'),
    "never",
    then(`[ ${branch} = main ]`),
  ],
  ["parentheses", then("[ $(PLATFORM_BRANCH) = main ]"), "never", then(`[ ${branch} = main ]`)],
  [
    "a short type",
    then('[ "$PLATFORM_ENVIRONMENT_TYPE" = prod ]'),
    "never",
    then('[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]'),
  ],
  [
    "a blank within the quotes",
    then(`[ ${branch} = "main " ]`),
    "guarded",
    then(`[ ${branch} = main ]`),
  ],
  [
    "the quotes of a word processor",
    then(`[ ${branch} = “main” ]`),
    "guarded",
    then(`[ ${branch} = main ]`),
  ],
  [
    "such quotes around a type",
    then('[ "$PLATFORM_ENVIRONMENT_TYPE" = ‘production’ ]'),
    "never",
    then('[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]'),
  ],
  ["small letters", then('[ "$platform_branch" = main ]'), "never", then(`[ ${branch} = main ]`)],
  ["a pattern, where there are none", then(`[ ${branch} = "release*" ]`), "guarded", undefined],
  [
    "a bar within the quotes",
    `case ${branch} in "main|trunk") ${run};; esac`,
    "guarded",
    `case ${branch} in main | trunk) ${run};; esac`,
  ],
  [
    "a case without $",
    `case PLATFORM_BRANCH in main) ${run};; esac`,
    "never",
    `case ${branch} in main) ${run};; esac`,
  ],
  ["== and an exit", early(`[ ${branch} == main ]`), "unguarded", early(`[ ${branch} = main ]`)],
  ["[[ and an exit", early(`[[ ${branch} == main ]]`), "unguarded", early(`[ ${branch} = main ]`)],
  [
    "no blank and an exit",
    early(`[${branch} = main ]`),
    "unguarded",
    early(`[ ${branch} = main ]`),
  ],
  [
    "an exit in a function",
    `here() { [ ${branch} == main ] || exit 0; }\nhere\n${run}`,
    "never",
    `here() { [ ${branch} = main ] || exit 0; }\nhere\n${run}`,
  ],
  [
    "&>",
    then(`[ ${branch} = main ] &> /dev/null`),
    "unguarded",
    then(`[ ${branch} = main ] > /dev/null 2>&1`),
  ],
  ["a single &", `[ ${branch} = main ] & ${run}`, "unguarded", `[ ${branch} = main ] && ${run}`],
  [
    "quotes around all of it",
    then('[ "$PLATFORM_BRANCH = main" ]'),
    "unguarded",
    then(`[ ${branch} = main ]`),
  ],
  [
    "such quotes and an exit",
    early(`[ "\${PLATFORM_BRANCH} != 'main'" ]`),
    "never",
    early(`[ "\${PLATFORM_BRANCH}" != main ]`),
  ],
  ["no blank behind !", then(`![ ${branch} != main ]`), "never", then(`! [ ${branch} != main ]`)],
  [
    "no blank behind the ! within",
    then(`[ !${branch} = x ]`),
    "never",
    then(`[ ! ${branch} = x ]`),
  ],
  [
    "a blank that holds together",
    then(`[\u00a0${branch} = x ]`),
    "never",
    then(`[ ${branch} = x ]`),
  ],
  ["! apart from =", early(`[ ${branch} ! = main ]`), "unguarded", early(`[ ${branch} != main ]`)],
  ["=!", early(`[ ${branch} =! main ]`), "unguarded", early(`[ ${branch} != main ]`)],
  ["<>", early(`[ ${branch} <> main ]`), "unknown", early(`[ ${branch} != main ]`)],
  ["no sign at all", then(`[ ${branch} main ]`), "never", then(`[ ${branch} = main ]`)],
  ["a word for the sign", then(`[ ${branch} like main ]`), "never", then(`[ ${branch} = main ]`)],
  [
    "braces around the name",
    then('[ "{$PLATFORM_BRANCH}" = x ]'),
    "never",
    then(`[ ${branch} = x ]`),
  ],
  ["percent signs", then('[ "%PLATFORM_BRANCH%" = main ]'), "never", then(`[ ${branch} = main ]`)],
  ["an assignment", then("PLATFORM_BRANCH=main"), "unguarded", then(`[ ${branch} = main ]`)],
  ["(( ))", then("(( $PLATFORM_BRANCH == main ))"), "unknown", then(`[ ${branch} = main ]`)],
  [
    "a word by itself behind ||",
    then(`[ ${branch} = main ] || [ trunk ]`),
    "unguarded",
    then(`[ ${branch} = main ] || [ ${branch} = trunk ]`),
  ],
  [
    "a function's name in brackets",
    `here() { [ ${branch} = main ]; }\n${then("[ here ]")}`,
    "unguarded",
    `here() { [ ${branch} = main ]; }\n${then("here")}`,
  ],
  [
    "a text that says false",
    `here=false\n[ ${branch} = main ] && here=true\n${then("[ $here ]")}`,
    "unguarded",
    `here=false\n[ ${branch} = main ] && here=true\n${then('[ "$here" = true ]')}`,
  ],
  [
    "the flaw of what a variable was set by",
    `here=no\n[ ${branch} == main ] && here=yes\n${then('[ "$here" = yes ]')}`,
    "never",
    `here=no\n[ ${branch} = main ] && here=yes\n${then('[ "$here" = yes ]')}`,
  ],
  [
    "the flaw of what a program's name was set by",
    `here=false\n[ ${branch} == main ] && here=true\n$here && ${run}`,
    "never",
    `here=false\n[ ${branch} = main ] && here=true\n$here && ${run}`,
  ],
  ["no && behind it", `[ ${branch} = main ] ${run}`, "never", `[ ${branch} = main ] && ${run}`],
  ["a written &&", `[ ${branch} = x ] \\&\\& ${run}`, "never", `[ ${branch} = x ] && ${run}`],
  [
    "nothing behind it",
    `[ ${branch} = x ];\n${run}`,
    "unguarded",
    `[ ${branch} = x ] || exit 0;\n${run}`,
  ],
  [
    "a failure that is passed over",
    `set -e\n[ ${branch} = main ] || true\n${run}`,
    "unguarded",
    `set -e\n[ ${branch} = main ] || exit 0\n${run}`,
  ],
  ["capitals as bash makes them", then(`[ "\${PLATFORM_BRANCH^^}" = MAIN ]`), "never", undefined],
  [
    "a part as bash takes it",
    `B=\${PLATFORM_BRANCH:0:4}\n${then("[ $B = main ]")}`,
    "never",
    undefined,
  ],
  [
    "bash's own, in a case",
    `case \${PLATFORM_BRANCH,,} in main) ${run};; esac`,
    "never",
    undefined,
  ],
  [
    "a pattern in quotes",
    `case ${branch} in "x-*") exit;; esac\n${run}`,
    "unknown",
    `case ${branch} in x-*) exit;; esac\n${run}`,
  ],
  [
    "blanks between names",
    `case ${branch} in "main trunk") ${run};; esac`,
    "guarded",
    `case ${branch} in main | trunk) ${run};; esac`,
  ],
  [
    "bash's own with a length",
    then(`[[ -n ${branch} && ${branch} == x ]]`),
    "never",
    then(`[ -n ${branch} ] && [ ${branch} = x ]`),
  ],
  ["an exit that nobody avoids", early(`[ ${branch} = main ] || echo no`), "never", undefined],
  ["an exit of a subshell", `( [ ${branch} = main ] || exit )\n${run}`, "unguarded", undefined],
])("a guard that is broken by %s is told, and what was meant", (_by, script, guard, repaired) => {
  expect(told(script)).toEqual({ guard, repaired });
});

test.each([
  ["a test that only says something", `[ ${branch} == main ] && echo here\n${run}`],
  [
    "a test in a function that returns",
    `here() { [ ${branch} == main ] || return; }\nhere\n${run}`,
  ],
])("a flaw stays where it is: in %s", (_where, script) => {
  expect(readScript(script).commands[0]?.guard).toEqual({ kind: "unguarded", flaws: [] });
});

test("the machine name of an environment may be asked for, with its suffix", () => {
  const [command] = readScript(then('[ "$PLATFORM_ENVIRONMENT" = main-bvxea6i ]')).commands;
  expect(command?.guard).toMatchObject({ kind: "unknown", flaws: [] });
});

test.each([
  ["is under set -e", `set -e\n[ ${branch} = main ]\n${run}`],
  ["is a function's last", `here() { [ ${branch} = main ]; }\nhere && ${run}`],
  ["has its status read", `[ ${branch} = main ]\n[ $? = 0 ] && ${run}`],
  ["sets a variable", `on=0\n[ ${branch} = main ] && on=1\n[ $on -eq 1 ] && ${run}`],
  ["ends the shell", `[ ${branch} = main ] || kill $$\n${run}`],
])("a guard that %s decides something", (_how, script) => {
  const { guard } = readScript(script).commands[0] ?? {};
  expect(guard?.flaws).toEqual([]);
  expect(guard?.kind).not.toBe("unguarded");
});

test.each([
  ["path", "f=/x", "f=job.txt", '[ -s "$f" ] || exit'],
  ["folder", "d=/x", "d=/app", "cd $d || exit"],
  ["file", "rm -f on", "touch on", "[ -f on ] || exit"],
  ["file that is written", "rm -f on", "date > on", "if ! test -e on; then exit; fi"],
])("a guard that chooses a %s isn't told as missing", (_what, no, yes, asks) => {
  const kind = (condition: string) =>
    readScript(`${no}\n${condition} && ${yes}\n${asks}\n${run}`).commands[0]?.guard.kind;
  expect(kind(`[ ${branch} = main ]`)).toBe("unknown");
  expect(kind(`echo ${branch} | grep -q main`)).toBe("unknown");
  expect(kind("true")).toBe("unguarded");
});

test.each([
  [`ls "flags/$PLATFORM_BRANCH" || exit`, "unknown"],
  [`cd "sites/$PLATFORM_BRANCH" || exit`, "unknown"],
  [`date > "/tmp/$PLATFORM_BRANCH.log"`, "unguarded"],
  [`echo "$PLATFORM_BRANCH" > /tmp/log`, "unguarded"],
])(
  "what %s looks for may be there in some environments only, or it looks for nothing",
  (line, kind) => {
    expect(readScript(`${line} || exit\n${run}`).commands[0]?.guard.kind).toBe(kind);
  },
);

test("a text that is compared with what nobody set is told with the test that it was set by", () => {
  const script = `KIND=dev\n[ ${branch} = main ] && KIND=prod\n[ "$KIND" = production ] && ${run}`;
  const { guard } = readScript(script).commands[0] ?? {};
  expect(guard).toMatchObject({ kind: "never", test: { text: `[ ${branch} = main ]` } });
});
