import type { TestExpression, Word } from "unbash";
import { anotherBranch, type Play } from "./decisions.ts";
import { type Expander, isSet, patternIn, unsplitText } from "./expansion.ts";
import { resolvedPath } from "./paths.ts";
import { fitsText } from "./pattern.ts";
import type { PlayedShell } from "./shell-state.ts";
import { isKnown, isSeveral, readable, unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** The shell that makes a test, and where it is. */
type Tester = Pick<PlayedShell, "shell" | "folder">;

/** A test that the shell can't read; its status is 2. */
class NoTest extends Error {}

/**
 * The status of `[ … ]` as dash gives it: 0, 1, or 2 for what it can't read. What only the files and programs of the
 * container decide, the play decides.
 *
 * @param words those between the brackets
 * @param tester bash also knows `==`
 */
export function testStatus(words: readonly string[], play: Play, tester: Tester): number {
  // How many words there are may decide what they mean.
  if (words.some(isSeveral)) return play.holds(`[ ${words.map(readable).join(" ")} ]`) ? 0 : 1;
  const test = new Test(words, play, tester);
  try {
    return test.whole() ? 0 : 1;
  } catch (error) {
    if (error instanceof NoTest) return 2;
    throw error;
  }
}

class Test {
  readonly #words: readonly string[];
  readonly #play: Play;
  readonly #folder: string;
  readonly #equals: ReadonlySet<string>;
  #at = 0;

  constructor(words: readonly string[], play: Play, { shell, folder }: Tester) {
    this.#words = words;
    this.#play = play;
    this.#folder = folder;
    this.#equals = new Set(shell === "bash" ? ["=", "=="] : ["="]);
  }

  whole(): boolean {
    if (this.#words.length === 0) return false;
    const result = this.#either();
    if (this.#at < this.#words.length) throw new NoTest();
    return result;
  }

  #either(): boolean {
    const first = this.#both();
    if (this.#words[this.#at] !== "-o") return first;
    this.#at += 1;
    const second = this.#either();
    return first || second;
  }

  #both(): boolean {
    const first = this.#one();
    if (this.#words[this.#at] !== "-a") return first;
    this.#at += 1;
    const second = this.#both();
    return first && second;
  }

  #one(): boolean {
    const [word, operator, operand] = this.#words.slice(this.#at, this.#at + 3);
    if (word === undefined) throw new NoTest();
    if (operator !== undefined && operand !== undefined && this.#isBinary(operator)) {
      this.#at += 3;
      return this.#compared(word, operator, operand);
    }
    if (word === "!") {
      this.#at += 1;
      return !this.#one();
    }
    if (word === "(") {
      this.#at += 1;
      const inner = this.#either();
      if (this.#words[this.#at] !== ")") throw new NoTest();
      this.#at += 1;
      return inner;
    }
    if (operator !== undefined && unary.test(word)) {
      this.#at += 2;
      return this.#asked(word, operator);
    }
    this.#at += 1;
    return word !== "" && this.#isFilled(word);
  }

  #isBinary(word: string): boolean {
    return this.#equals.has(word) || word === "!=" || binary.test(word);
  }

  #compared(left: string, operator: string, right: string): boolean {
    if (operator === "!=") return !this.#equal(left, right);
    if (this.#equals.has(operator)) return this.#equal(left, right);
    const compare = numeric.get(operator);
    const question = `[ ${[left, operator, right].map(readable).join(" ")} ]`;
    if (compare === undefined || !isKnown(left) || !isKnown(right))
      return this.#play.holds(question);
    if (![left, right].every((text) => /^\s*[-+]?\d+\s*$/u.test(text))) throw new NoTest();
    return compare(Number(left), Number(right));
  }

  #equal(left: string, right: string): boolean {
    return equalTexts(left, right, this.#play);
  }

  #asked(operator: string, word: string): boolean {
    if (operator === "-n") return word !== "" && this.#isFilled(word);
    if (operator === "-z") return word === "" || !this.#isFilled(word);
    return this.#play.holds(`[ ${operator} ${readable(resolvedPath(this.#folder, word))} ]`);
  }

  #isFilled(word: string): boolean {
    return isFilled(word, this.#play);
  }
}

/** The status of `[[ … ]]` as bash gives it. */
export function doubleBracketStatus(node: TestExpression, from: Expander, play: Play): number {
  return doubleBracket(node, from, play) ? 0 : 1;
}

function doubleBracket(node: TestExpression, from: Expander, play: Play): boolean {
  const of = (inner: TestExpression) => doubleBracket(inner, from, play);
  switch (node.type) {
    case "TestGroup":
      return of(node.expression);
    case "TestNot":
      return of(node.operand) !== (node.negations.length % 2 === 1);
    case "TestLogical":
      return node.operator === "&&" ? node.operands.every(of) : node.operands.some(of);
    case "TestUnary":
      return new Test([node.operator, unsplitText(node.operand, from)], play, from.shell).whole();
    case "TestBinary": {
      const { operator, left, right } = node;
      if (!["=", "==", "!="].includes(operator))
        throw new Unplayable(`[[ … ${operator} … ]] isn't followed`);
      const pattern = patternIn(right, from);
      const found =
        fitsText(unsplitText(left, from), pattern) ?? play.holds(`${left.text} fits ${right.text}`);
      return found !== (operator === "!=");
    }
  }
}

/** The words of `[[ … ]]` as dash sees them: those of a command. Throws `Unplayable` where its signs are dash's own. */
export function wordsForDash(node: TestExpression): readonly Word[] {
  if (node.type === "TestUnary") return [node.operand];
  if (node.type === "TestNot") return wordsForDash(node.operand);
  if (node.type !== "TestBinary" || /[<>]/u.test(node.operator))
    throw new Unplayable("dash doesn't know [[");
  return [node.left, node.right];
}

/** Whether two texts are the same; the play says where that isn't known. */
export function equalTexts(left: string, right: string, play: Play): boolean {
  if (left === right) return true;
  for (const [text, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (!text.includes(anotherBranch)) continue;
    const [before = "", after = ""] = text.split(anotherBranch);
    // `[ "x$PLATFORM_BRANCH" = xmain ]`
    const isAround = other.startsWith(before) && other.endsWith(after);
    const name = text.slice(before.length, text.length - after.length);
    const named = other.slice(before.length, other.length - after.length);
    if (!isAround || !play.tellsApart(name, named))
      throw new Unplayable(`it can't be seen which branch ${readable(other)} stands for`);
  }
  if (isKnown(left) && isKnown(right)) return false;
  return play.holds(`${readable(left)} is ${readable(right)}`);
}

/** Whether a text isn't empty; the play says where that isn't known. */
function isFilled(text: string, play: Play): boolean {
  if (text.replace(/\0[^\0]*\0/gu, "") !== "") return true;
  if (text === "") return false;
  const name = /^\0\$(\w+)\0$/u.exec(text)?.[1];
  return play.holds(
    name !== undefined && text === unknownText(`$${name}`)
      ? isSet(name)
      : `${readable(text)} is set`,
  );
}

const unary = /^-[bcdefghknoprstuwxzGLOS]$/u;
const binary = /^(?:<|>|-(?:eq|ne|gt|ge|lt|le|nt|ot|ef))$/u;

const numeric: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map<
  string,
  (left: number, right: number) => boolean
>([
  ["-eq", (left, right) => left === right],
  ["-ne", (left, right) => left !== right],
  ["-gt", (left, right) => left > right],
  ["-ge", (left, right) => left >= right],
  ["-lt", (left, right) => left < right],
  ["-le", (left, right) => left <= right],
]);
