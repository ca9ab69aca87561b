import type { TestCommand, TestExpression, Word } from "unbash";
import { eachNode } from "../parse/tree.ts";
import { type Flaw, isAboutEnvironment, type Judge } from "./compare.ts";
import { joined } from "./joined-tests.ts";
import { fixedText } from "./word.ts";

/**
 * What is left over behind a test that dash has read, as a place and a repair: an operator that dash doesn't know, or a
 * blank that is missing. The test is an error then, whatever came before.
 *
 * @param words all words of the test
 * @param next the place of the first one that is left over
 */
export function noteLeftOver(words: readonly Word[], next: number, judge: Judge): void {
  const [before, word, after] = [words[next - 1], words[next], words[next + 1]];
  if (word === undefined) return;
  judge.flawed({
    isGuard: words.some((each) => isAboutEnvironment(each, judge)),
    ...(splitOperator(word, after) ??
      unknownOperator(word, after) ??
      outsideBrackets(words.slice(next)) ??
      missingBlank(word) ??
      (before && missingBlank(before)) ??
      missingOperator(words, next) ?? {
        says: `is never true, because dash doesn't know what to make of ${word.text} in it`,
        ...place(word),
      }),
  });
}

type Said = Omit<Flaw, "isGuard">;

function unknownOperator(word: Word, right: Word | undefined): Said | undefined {
  const text = fixedText(word) ?? word.text;
  const says = `is never true, because dash knows = and not ${text}`;
  if (/^={2,}$/u.test(text) || /^(?:eq|equals?|is|like)$/u.test(text))
    return { says, ...repairOf(word, "=", true) };
  if (/^!={2,}$/u.test(text)) return { says, ...repairOf(word, "!=", true) };
  if (text !== "=~") return undefined;
  const [, start, literal, end] = /^["']?(\^?)([\w/-]+)(\$?)["']?$/u.exec(right?.text ?? "") ?? [];
  const place = { start: word.pos, end: (right ?? word).end };
  const isSure = start === "^" && end === "$";
  return {
    says,
    ...place,
    ...(literal === undefined ? {} : { repair: { ...place, text: `= ${literal}`, isSure } }),
  };
}

/** `! =` and `=!`, where `!=` was meant. */
function splitOperator(word: Word, after: Word | undefined): Said | undefined {
  const isApart = word.text === "!" && after !== undefined && /^==?$/u.test(after.text);
  if (word.text !== "=!" && !isApart) return undefined;
  const place = { start: word.pos, end: isApart ? after.end : word.end };
  return {
    says: `is never true, because dash knows != and not ${isApart ? `! ${after.text}` : word.text}`,
    ...place,
    repair: { ...place, text: "!=", isSure: true },
  };
}

/** `[ "$X" main ]`. */
function missingOperator(words: readonly Word[], next: number): Said | undefined {
  const [word, other] = [words[next], words[next + 1]];
  if (next !== 1 || word === undefined || other !== undefined) return undefined;
  if (!/^["']?[\w/.-]+["']?$/u.test(word.text) || word.text.startsWith("-")) return undefined;
  return {
    says: `is never true, because nothing says how ${word.text} is compared`,
    ...place(word),
    repair: { start: word.pos, end: word.pos, text: "= ", isSure: false },
  };
}

/** `[ … ] -o [ … ]`. */
function outsideBrackets([closing, operator, opening]: readonly Word[]): Said | undefined {
  if (closing?.text !== "]" || operator === undefined || opening?.text !== "[") return undefined;
  if (operator.text !== "-o" && operator.text !== "-a") return undefined;
  const place = { start: closing.pos, end: opening.end };
  const text = operator.text === "-o" ? "] || [" : "] && [";
  return {
    says: `is never true, because ${operator.text} stands outside of the brackets`,
    ...place,
    repair: { ...place, text, isSure: true },
  };
}

/** `"$X" =main` and `"$X"= main`. */
function missingBlank({ parts, text, pos, end }: Word): Said | undefined {
  const says = "is never true, because a blank is missing beside its =";
  const glued = /^(?:==?|!=)(?=[^=])/u.exec(text)?.[0];
  if (glued !== undefined)
    return { says, start: pos, end, repair: insertion(pos + glued.length, " ") };
  const last = parts?.at(-1);
  if (last?.type !== "Literal" || !/^!?=$/u.test(last.text)) return undefined;
  return { says, start: pos, end, repair: insertion(last.pos, " ") };
}

/** `[ "$X"=y ]`: one word, which is true because it isn't empty. */
export function noteLoneWord(word: Word, judge: Judge): void {
  const [first, second] = word.parts ?? [];
  if (first === undefined || second?.type !== "Literal") return;
  const operator = /^(?:=|==|!=)(?=.)/u.exec(second.text)?.[0];
  if (operator === undefined && second.text !== "=" && second.text !== "!=") return;
  const written = operator ?? second.text;
  judge.flawed({
    says: `is always true, because there are no blanks around ${written}`,
    isGuard: isAboutEnvironment(word, judge),
    ...place(word),
    repair: {
      start: second.pos,
      end: second.pos + written.length,
      text: written === "!=" ? " != " : " = ",
      isSure: true,
    },
  });
}

/** A comparison of texts within a test. */
export interface Comparison {
  readonly left: Word;
  readonly operator: string;
  readonly right: Word;
}

/** `[ "$X" != a -o "$X" != b ]` always holds, and with `=` and `-a` it never does: nothing has two values at once. */
export function noteTwoOperands(
  [first, second, third]: readonly Comparison[],
  [joint]: readonly Word[],
  judge: Judge,
): void {
  if (first === undefined || second === undefined || third !== undefined) return;
  const { left, operator } = first;
  const isAlways = operator === "!=";
  const isTwice = left.value === second.left.value && operator === second.operator;
  if (joint?.text !== (isAlways ? "-o" : "-a") || !isTwice) return;
  if (fixedText(first.right) === fixedText(second.right) || !isAboutEnvironment(left, judge))
    return;
  judge.flawed({
    says: `${isAlways ? "always" : "never"} holds, because nothing is equal to both`,
    isGuard: true,
    ...repairOf(joint, isAlways ? "-a" : "-o", false),
  });
}

/** `[ "$X" = a -o b ]`: `b` alone is true because it isn't empty. */
export function noteLoneOperand(
  word: Word,
  comparison: Comparison | undefined,
  judge: Judge,
): void {
  const text = fixedText(word);
  if (text === undefined || text === "" || comparison === undefined) return;
  const { left, operator } = comparison;
  judge.flawed({
    says: `counts the word ${text} as true, because nothing is compared with it`,
    isGuard: isAboutEnvironment(left, judge),
    ...repairOf(word, `${left.text} ${operator} ${word.text}`, true),
  });
}

/** `[ "$X" -eq main ]`: what isn't a number is an error (dash(1), "test"). */
export function noteNumberOperator(
  [left, operator, right]: readonly [Word, Word, Word],
  judge: Judge,
): void {
  const meant = numberOperators.get(operator.text);
  judge.flawed({
    says: `is never true, because ${operator.text} compares numbers, and this is text`,
    isGuard: [left, right].some((word) => isAboutEnvironment(word, judge)),
    ...(meant === undefined ? place(operator) : repairOf(operator, meant, true)),
  });
}

const numberOperators: ReadonlyMap<string, string> = new Map([
  ["-eq", "="],
  ["-ne", "!="],
]);

/** `[ "$X" = y]`: the test isn't closed. */
export function noteMissingBracket(last: Word, operands: readonly Word[], judge: Judge): void {
  const joined = /[^[\]]\]$/u.test(last.text);
  judge.flawed({
    says: joined
      ? "is never true, because there is no blank before ]"
      : "is never true, because ] is missing",
    isGuard: operands.some((word) => isAboutEnvironment(word, judge)),
    ...place(last),
    ...(joined ? { repair: insertion(last.end - 1, " ") } : {}),
  });
}

/** `[[ … ]]` in dash: there is no such command. Written as `[ … ]` when that says the same. */
export function noteDoubleBracket(node: TestCommand, judge: Judge): void {
  const repair = posixTests(node.expression);
  let isGuard = false;
  eachNode(node, (each) => {
    if (each.type === "Word" && isAboutEnvironment(each, judge)) isGuard = true;
  });
  const whole = { start: node.pos, end: node.end };
  judge.flawed({
    says: "is never true, because dash doesn't know [[",
    isGuard,
    ...whole,
    ...(repair === undefined ? {} : { repair: { ...whole, ...repair } }),
  });
}

/** What binds closer inside of `[[ ]]` doesn't outside, so that only one kind of operator may stand between tests. */
function posixTests(expression: TestExpression): ReturnType<typeof joined> | undefined {
  const [operands, operator] =
    expression.type === "TestLogical"
      ? [expression.operands, expression.operator]
      : [[expression], "&&"];
  const tests = operands.flatMap((operand) => posixTest(operand) ?? []);
  return tests.length === operands.length ? joined(tests, operator) : undefined;
}

function posixTest(expression: TestExpression): string | undefined {
  if (expression.type === "TestUnary") {
    const operand = posixOperand(expression.operand);
    const isKnown = /^-[nzdefrswx]$/u.test(expression.operator);
    return isKnown && operand !== undefined ? `[ ${expression.operator} ${operand} ]` : undefined;
  }
  if (expression.type !== "TestBinary") return undefined;
  if (expression.operator === "=~") return equality(expression.left, expression.right);
  if (!["=", "==", "!="].includes(expression.operator)) return undefined;
  const operator = expression.operator === "!=" ? "!=" : "=";
  const words = [expression.left, expression.right].map(posixOperand);
  return words.includes(undefined) ? undefined : `[ ${words.join(` ${operator} `)} ]`;
}

/** A comparison with a regular expression that fits one text only. */
function equality(left: Word, right: Word): string | undefined {
  const literal = /^["']?\^([\w/-]+)\$["']?$/u.exec(right.text)?.[1];
  const subject = posixOperand(left);
  return literal && subject && `[ ${subject} = ${literal} ]`;
}

/** A word that means the same inside `[ … ]`: there, an expansion without quotes is split. */
function posixOperand(word: Word): string | undefined {
  if (word.parts === undefined || word.parts.every((part) => part.type === "DoubleQuoted"))
    return word.text;
  if (word.parts.every((part) => part.type === "SingleQuoted")) return word.text;
  const [only, second] = word.parts;
  return only?.type === "SimpleExpansion" && second === undefined ? `"${word.text}"` : undefined;
}

function insertion(at: number, text: string) {
  return { start: at, end: at, text, isSure: true };
}

/** The place of a word. */
export function place({ pos: start, end }: Word) {
  return { start, end };
}

/** The place of a word, and what has to stand there. */
export function repairOf(word: Word, text: string, isSure: boolean) {
  return { ...place(word), repair: { ...place(word), text, isSure } };
}
