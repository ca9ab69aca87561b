import type { AndOr, Command, Statement, Word } from "unbash";
import { foreignExpansion } from "../parse/dialect.ts";
import { isAboutEnvironment, type Judge } from "./compare.ts";
import { place, repairOf } from "./flaws.ts";
import type { Scope } from "./scope.ts";
import { fixedText, wordValue } from "./word.ts";
import { guardKind } from "./world.ts";

/** Notes what a test of one word can't have been meant to be: it is true for any text but an empty one. */
export function noteOneWord(word: Word, judge: Judge): void {
  noteQuotedTest(word, judge);
  noteSpokenFalsehood(word, judge);
}

/** `[ "$X = main" ]`: the quotes make one text of the test. */
function noteQuotedTest(word: Word, judge: Judge): void {
  const [, left, sign, right] =
    /^"(\$\w+|\$\{\w+\})\s+(={1,3}|!=)\s+'?([\w/.-]+)'?"$/u.exec(word.text) ?? [];
  if (left === undefined || sign === undefined || right === undefined) return;
  const operator = sign === "!=" ? "!=" : "=";
  judge.flawed({
    says: "is always true, because its quotes make one text of it",
    isGuard: isAboutEnvironment(word, judge),
    ...repairOf(word, `"${left}" ${operator} ${right}`, true),
  });
}

/** `[ $IS_MAIN ]`, where the script has set that to `false`. */
function noteSpokenFalsehood(word: Word, judge: Judge): void {
  const name = /^"?\$\{?(\w+)\}?"?$/u.exec(word.text)?.[1];
  const value = wordValue(word, judge);
  if (name === undefined || value.kind !== "text" || value.from !== undefined) return;
  if (!/^(?:false|no|0)$/u.test(value.text)) return;
  const yes = value.text === "false" ? "true" : value.text === "no" ? "yes" : "1";
  judge.flawed({
    says: `is always true, because ${value.text} is a text that isn't empty`,
    isGuard: judge.isDecided(name),
    ...repairOf(word, `"$${name}" = ${yes}`, false),
  });
}

/** `[ is_main ]`, where that is a function of the script: brackets call nothing. */
export function noteFunctionAsText(
  test: Command,
  [word, second]: readonly Word[],
  { functions, source }: Scope,
  judge: Judge,
): void {
  const text = word === undefined || second !== undefined ? undefined : fixedText(word);
  const body = text === undefined ? undefined : functions.get(text)?.[0];
  if (text === undefined || body === undefined || source !== body.origin.source) return;
  const said = source.slice(body.node.pos, body.node.end);
  judge.flawed({
    says: `is always true, because brackets take the name of the function ${text} for a text`,
    isGuard: [...said.matchAll(/\w+/gu)].some(([name]) => guardKind(name) !== undefined),
    start: test.pos,
    end: test.end,
    repair: { start: test.pos, end: test.end, text, isSure: true },
  });
}

/** `![ … ]` and `["$X" …`: the shell looks for a program of that name. */
export function noteGluedBracket(first: Word, rest: readonly Word[], judge: Judge): boolean {
  const [, before, blank] = /^(!?\[|!test)([\u00a0\u2007\u202f]?)/u.exec(first.text) ?? [];
  if (before === undefined || first.text === "[") return false;
  const isNegated = before.startsWith("!");
  if (!isNegated && !/^\[[\u00a0\u2007\u202f]?["$]/u.test(first.text)) return false;
  const at = first.pos + 1;
  judge.flawed({
    says: `is never true, because there is no blank after ${isNegated ? "!" : "["}`,
    isGuard: [first, ...rest].some((word) => isAboutEnvironment(word, judge)),
    ...place(first),
    repair: {
      start: at,
      end: at + (isNegated ? 0 : (blank ?? "").length),
      text: " ",
      isSure: true,
    },
  });
  return true;
}

/** `[ !"$X" = y ]`: the sign is a part of the text. */
export function noteGluedNegation(word: Word, judge: Judge): void {
  if (!/^!["$]/u.test(word.text) || !isAboutEnvironment(word, judge)) return;
  judge.flawed({
    says: "compares the ! as well, because there is no blank after it",
    isGuard: true,
    ...place(word),
    repair: { start: word.pos + 1, end: word.pos + 1, text: " ", isSure: true },
  });
}

/** `"{$X}"` and `"'$X'"`: what stands around the variable within the quotes is compared, too. */
export function noteWrappedName(word: Word, other: Word, judge: Judge): void {
  const [, open, inner, close] = /^"([{'(<%])(\$\w+|\$\{\w+\})([}')>%])"$/u.exec(word.text) ?? [];
  if (inner === undefined || open === undefined || !isAboutEnvironment(word, judge)) return;
  if (fixedText(other)?.startsWith(open) !== false) return;
  judge.flawed({
    says: `compares the ${open} and the ${close} within the quotes as well`,
    isGuard: true,
    ...repairOf(word, `"${inner}"`, true),
  });
}

/** `[ "$X" <> y ]`: outside of SQL, that opens a file. */
export function noteFileInTest({ name, args, redirects }: Command, judge: Judge): void {
  const last = args.at(-1);
  for (const each of redirects) {
    if (each.type !== "Redirect" || each.operator !== "<>" || each.target === undefined) continue;
    if (name?.text !== "[" || last === undefined || each.pos > last.pos) continue;
    const to = each.target.pos;
    judge.flawed({
      says: `opens the file ${each.target.text}, because <> is no sign of a test`,
      isGuard: args.some((word) => word.type === "Word" && isAboutEnvironment(word, judge)),
      start: each.pos,
      end: each.target.end,
      repair: { start: each.pos, end: to, text: "!= ", isSure: true },
    });
  }
}

/** `if PLATFORM_BRANCH=main; then`: without a test, that sets the variable. */
export function noteAssignmentAsTest({ prefix, pos, end }: Command, judge: Judge): void {
  const [only, second] = prefix;
  if (only?.type !== "Assignment" || second !== undefined) return;
  const { value } = only;
  if (
    value.type !== "Word" ||
    fixedText(value) === undefined ||
    guardKind(only.name) === undefined ||
    only.append === true
  )
    return;
  judge.flawed({
    says: `always holds, because it sets ${only.name}`,
    isGuard: true,
    start: pos,
    end,
    repair: { start: pos, end, text: `[ "$${only.name}" = ${value.text} ]`, isSure: false },
  });
}

/** `(( $X == main ))`: in dash, two subshells in which a program has the name of the environment. */
export function noteArithmetic(
  { pos: start, end }: { readonly pos: number; readonly end: number },
  source: string,
  judge: Judge,
): boolean {
  const text = source.slice(start, end);
  const [, name, sign, right] =
    /^\(\(\s*"?\$?\{?(\w+)\}?"?\s*(={1,2}|!=)\s*["']?([\w/.-]+)["']?\s*\)\)$/u.exec(text) ?? [];
  if (name === undefined || guardKind(name) === undefined) return false;
  judge.flawed({
    says: "is never true, because dash doesn't know (( ))",
    isGuard: true,
    start,
    end,
    repair: {
      start,
      end,
      text: `[ "$${name}" ${sign === "!=" ? "!=" : "="} ${right} ]`,
      isSure: true,
    },
  });
  return true;
}

/** `[ "$X" = a ] || [ b ]`: `b` alone is true because it isn't empty. */
export function noteLoneWordBeside({ commands, operators }: AndOr, judge: Judge): void {
  for (const [index, operator] of operators.entries()) {
    const [before, after] = [commands[index], commands[index + 1]];
    if (before?.type !== "Command" || after?.type !== "Command") continue;
    if (before.name?.text !== "[" || after.name?.text !== "[") continue;
    const [subject, sign] = before.args;
    const [word, closing, more] = after.args;
    if (subject?.type !== "Word" || word?.type !== "Word" || more !== undefined) continue;
    if (closing?.text !== "]" || sign?.text !== (operator === "||" ? "=" : "!=")) continue;
    const text = fixedText(word);
    if (text === undefined || text === "" || !isAboutEnvironment(subject, judge)) continue;
    judge.flawed({
      says: `counts the word ${text} as true, because nothing is compared with it`,
      isGuard: true,
      ...repairOf(word, `${subject.text} ${sign.text} ${word.text}`, true),
    });
  }
}

/** `[ "${PLATFORM_BRANCH^^}" = MAIN ]`: dash ends the script there. */
export function noteForeignExpansion(words: readonly Word[], judge: Judge): boolean {
  const found = foreignExpansion(words);
  if (found === undefined) return false;
  const kind = guardKind(found.parameter.replace(/^\{?\s*/u, ""));
  if (kind !== undefined || judge.isDecided(found.parameter))
    judge.flawed({
      says: `stops dash, which doesn't know ${found.text}`,
      isGuard: true,
      start: found.pos,
      end: found.end,
    });
  return true;
}

/** `[ … ] platform …`: without && between them, all of it is one test that isn't closed. */
export function noteMissingJoint(
  before: readonly Word[],
  closing: Word,
  [first]: readonly Word[],
  judge: Judge,
): void {
  const isJoint = first !== undefined && joints.has(first.value);
  judge.flawed({
    says: `is never true, because ${isJoint ? `${first.text} is a text there and no &&` : "no && stands behind its ]"}`,
    isGuard: before.some((word) => isAboutEnvironment(word, judge)),
    start: closing.pos,
    end: isJoint ? first.end : closing.end,
    repair: isJoint
      ? { ...place(first), text: "&&", isSure: false }
      : { start: closing.end, end: closing.end, text: " &&", isSure: false },
  });
}

/** What people write for `&&`, where the shell takes it for a text. */
export const joints: ReadonlySet<string> = new Set(["&&", "and", "AND", "then", ","]);

/** Whether a statement is a test alone, or one whose failure is passed over. */
function isIdle(node: Statement["command"]): boolean {
  if (node.type === "Command") return node.name?.text === "[" || node.name?.text === "test";
  if (node.type !== "AndOr") return false;
  const [test, nothing, more] = node.commands;
  const isNothing = nothing?.type === "Command" && /^(?:true|:)$/u.test(nothing.name?.text ?? "");
  return (
    test?.type === "Command" &&
    isIdle(test) &&
    isNothing &&
    more === undefined &&
    node.operators[0] === "||"
  );
}

/**
 * Notes a test whose status nothing asks for.
 *
 * @param next the statement behind it
 */
export function noteIdleTest(
  { command, end }: Statement,
  next: Statement | undefined,
  source: string,
  judge: Judge,
): boolean {
  if (next === undefined || !isIdle(command)) return false;
  if (/\$\{?\?/u.test(source.slice(next.pos, next.end))) return false;
  const last = command.type === "AndOr" ? command.commands[1] : undefined;
  judge.flawed({
    says: "decides nothing, because the script goes on whatever it says",
    isGuard: true,
    start: command.pos,
    end: command.end,
    repair:
      last === undefined
        ? { start: command.end, end: command.end, text: " || exit 0", isSure: false }
        : { start: last.pos, end, text: "exit 0", isSure: false },
  });
  return true;
}
