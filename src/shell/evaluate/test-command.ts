import type { TestExpression, Word } from "unbash";
import { equal, type Judge, matches } from "./compare.ts";
import {
  type Comparison,
  noteLeftOver,
  noteLoneOperand,
  noteLoneWord,
  noteNumberOperator,
  noteTwoOperands,
} from "./flaws.ts";
import { noteComparison, noteEmpty, notePattern } from "./mistakes.ts";
import { noteOneWord } from "./slips.ts";
import { both, not, oneOf, type Truth } from "./truth.ts";
import { isSame, type Value } from "./value.ts";
import { fixedText, wordValue } from "./word.ts";
import { otherBranch } from "./world.ts";

/**
 * What `[ … ]` or `test …` gives, with the operators that dash knows (POSIX, "test"); bash also knows `==`.
 *
 * @param operands the words after `[` or `test`, without the closing bracket
 */
export function testCommand(operands: readonly Word[], judge: Judge): Truth {
  const present: Word[] = [];
  let seen = judge;
  for (const [index, word] of operands.entries()) {
    const value = wordValue(word, judge);
    if (value.kind === "unknown" && !isQuoted(word)) {
      if (value.machineName !== true) return value.same ? "same" : "unproven";
    }
    if (value.kind === "text" && value.glob) {
      const [left, operator] = operands;
      if (left !== undefined && operator !== undefined && index === 2 && operands.length === 3)
        notePattern(left, operator.text, word, judge);
      return "unproven";
    }
    if (value.kind === "unknown" || !value.vanishes) present.push(word);
    // A variable that is empty everywhere is why what is left makes no test.
    else if (noteEmpty(word, operands[index + 2] ?? operands[index - 2], judge))
      seen = { ...judge, flawed: () => {} };
  }
  return new OperandReader(present, seen).read();
}

function isQuoted(word: Word): boolean {
  return word.parts?.every((part) => part.type === "DoubleQuoted") ?? true;
}

class OperandReader {
  readonly #words: readonly Word[];
  readonly #judge: Judge;
  #next = 0;
  readonly #compared: Comparison[] = [];
  readonly #joints: Word[] = [];
  /** That no part of it is an error, which would be the end of all of it: neither `!` nor `-o` turns that round. */
  #holds: Truth = "true";

  constructor(words: readonly Word[], judge: Judge) {
    this.#words = words;
    this.#judge = judge;
  }

  read(): Truth {
    if (this.#words.length === 0) return "false";
    const truth = this.#anyOf();
    const [first] = this.#words;
    if (first !== undefined && this.#words.length === 1) {
      noteLoneWord(first, this.#judge);
      noteOneWord(first, this.#judge);
    }
    if (this.#next === this.#words.length) {
      noteTwoOperands(this.#compared, this.#joints, this.#judge);
      return both(this.#holds, truth);
    }
    // What is left over is an error in the test, which then fails whatever came before.
    noteLeftOver(this.#words, this.#next, this.#judge);
    return "false";
  }

  #anyOf(): Truth {
    let truth = this.#allOf();
    while (this.#take("-o")) truth = oneOf(truth, this.#allOf());
    return truth;
  }

  #allOf(): Truth {
    let truth = this.#one();
    while (this.#take("-a")) truth = both(truth, this.#one());
    return truth;
  }

  #one(): Truth {
    const [word, operator, right] = this.#words.slice(this.#next, this.#next + 3);
    if (word === undefined) return "false";
    const binary = operator === undefined ? undefined : fixedText(operator);
    if (
      operator !== undefined &&
      right !== undefined &&
      binary !== undefined &&
      this.#isBinary(binary)
    ) {
      this.#next += 3;
      return this.#binary(word, operator, right, binary);
    }
    if (operator !== undefined && this.#take("!")) return not(this.#one());
    if (operator !== undefined && this.#take("(")) {
      const truth = this.#anyOf();
      if (!this.#take(")")) this.#holds = "false";
      return truth;
    }
    const unary = fixedText(word);
    if (operator !== undefined && unary !== undefined && /^-[a-zA-Z]$/u.test(unary)) {
      this.#next += 2;
      return this.#unary(unary, operator);
    }
    if (this.#next > 0) noteLoneOperand(word, this.#compared.at(-1), this.#judge);
    this.#next += 1;
    return this.#unary("-n", word);
  }

  #take(text: string): boolean {
    const word = this.#words[this.#next];
    if (word === undefined || fixedText(word) !== text) return false;
    if (text === "-o" || text === "-a") this.#joints.push(word);
    this.#next += 1;
    return true;
  }

  #isBinary(operator: string): boolean {
    if (operator === "==") return this.#judge.shell === "bash";
    return /^(?:!?=|[<>]|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/u.test(operator);
  }

  #binary(left: Word, sign: Word, right: Word, operator: string): Truth {
    if (operator === "=" || operator === "==" || operator === "!=") {
      this.#compared.push({ left, operator, right });
      noteComparison(left, right, this.#judge);
      const truth = equal(left, right, this.#judge);
      return operator === "!=" ? not(truth) : truth;
    }
    const truth = numbers(left, operator, right, this.#judge) ?? alike([left, right], this.#judge);
    if (!ofNumbers.test(operator)) return truth;
    const values = [left, right].map((word) => wordValue(word, this.#judge));
    if (values.some(isNoNumber)) {
      noteNumberOperator([left, sign, right], this.#judge);
      this.#holds = "false";
    } else if (!values.every(isNumber)) this.#holds = both(this.#holds, truth);
    return truth;
  }

  #unary(operator: string, word: Word): Truth {
    return unaryTest(operator, word, this.#judge);
  }
}

const ofNumbers = /^-(?:eq|ne|lt|le|gt|ge)$/u;

/** What a comparison of two known numbers gives; undefined for any other. */
function numbers(left: Word, operator: string, right: Word, judge: Judge): Truth | undefined {
  const [a, b] = [left, right].map((word) => wordValue(word, judge));
  if (a?.kind !== "text" || b?.kind !== "text" || !isNumber(a) || !isNumber(b)) return undefined;
  const sign = Math.sign(Number(a.text) - Number(b.text));
  const fits = signs.get(operator)?.includes(sign);
  return fits === undefined ? undefined : fits ? "true" : "false";
}

/** How the left number may stand to the right one: below, equal, above. */
const signs: ReadonlyMap<string, readonly number[]> = new Map([
  ["-eq", [0]],
  ["-ne", [-1, 1]],
  ["-lt", [-1]],
  ["-le", [-1, 0]],
  ["-gt", [1]],
  ["-ge", [0, 1]],
]);

/** Whether a value is known to be no number, for dash; `otherBranch` may be one. */
function isNoNumber(value: Value): boolean {
  return value.kind === "text" && value.text !== otherBranch && !isNumber(value);
}

function isNumber(value: Value): boolean {
  return value.kind === "text" && /^\s*[-+]?\d+\s*$/u.test(value.text);
}

/** What bash's `[[ … ]]` gives. */
export function doubleBracket(expression: TestExpression, judge: Judge): Truth {
  switch (expression.type) {
    case "TestGroup":
      return doubleBracket(expression.expression, judge);
    case "TestNot": {
      const truth = doubleBracket(expression.operand, judge);
      return expression.negations.length % 2 === 1 ? not(truth) : truth;
    }
    case "TestLogical": {
      const truths = expression.operands.map((operand) => doubleBracket(operand, judge));
      return expression.operator === "&&" ? truths.reduce(both) : truths.reduce(oneOf);
    }
    case "TestUnary":
      return unaryTest(expression.operator, expression.operand, judge);
    case "TestBinary": {
      const { operator, left, right } = expression;
      if (!["=", "==", "!="].includes(operator))
        return numbers(left, operator, right, judge) ?? alike([left, right], judge);
      noteComparison(left, right, judge);
      const truth = matches(left, right, judge);
      return operator === "!=" ? not(truth) : truth;
    }
  }
}

function unaryTest(operator: string, word: Word, judge: Judge): Truth {
  const value: Value = wordValue(word, judge);
  if (value.kind === "unknown") return value.same ? "same" : "unproven";
  if (operator === "-n") return value.text === "" ? "false" : "true";
  if (operator === "-z") return value.text === "" ? "true" : "false";
  return isSame(value) ? "same" : "unproven";
}

/** A test that isn't judged by its words: alike everywhere when the words are. */
function alike(words: readonly Word[], judge: Judge): Truth {
  return words.every((word) => isSame(wordValue(word, judge))) ? "same" : "unproven";
}
