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
