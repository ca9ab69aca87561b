import type { Command, SyntaxNode, TestExpression, Word } from "unbash";
import { commandWords, programName } from "../parse/simple-command.ts";
import { type TokenExposure, tokenNames } from "./secrets.ts";

/** The name of a program, with its whole path where it is one of the project's own. */
export function installedName(word: Word): string {
  const isOwn = /^(?:\.{1,2}\/|(?!\/)[^$~]*\/)/u.test(word.value);
  const name = programName(word);
  return isOwn && !/^(?:drush|wp|rails)$/u.test(name) ? word.value : name;
}

/** A command as its words stand there. */
export function shortText(node: SyntaxNode): string {
  return node.type === "Command"
    ? commandWords(node)
        .map(({ text }) => text)
        .join(" ")
    : "";
}

/** The variables of tokens that `env -i` and `env -u NAME` keep from a program that asks for all. */
export function withheld(
  { name, args }: Command,
  words: readonly Word[],
): readonly (readonly [string, TokenExposure])[] {
  if (name?.value !== "env" || words[0] === name) return [];
  const own = args.slice(0, args.length + 1 - words.length).map(({ text }) => text);
  const isEmptied = own.some((text) => /^(?:-i|-|--ignore-environment)$/u.test(text));
  return tokenNames
    .filter((token) => isEmptied || own.some((text) => text.replace(unsetting, "") === token))
    .map((token) => [token, "nothing"] as const);
}

const unsetting = /^(?:-u|--unset=)/u;

/** The words of a `[[ … ]]`. */
export function testedWords(expression: TestExpression): readonly Word[] {
  switch (expression.type) {
    case "TestUnary":
      return [expression.operand];
    case "TestNot":
      return testedWords(expression.operand);
    case "TestBinary":
      return [expression.left, expression.right];
    case "TestLogical":
      return expression.operands.flatMap(testedWords);
    case "TestGroup":
      return testedWords(expression.expression);
  }
}

/** The text that another shell, or this one with `eval`, is given to run. */
export function innerCode(
  words: readonly Word[],
  textOf: (word: Word) => string,
): string | undefined {
  const [first, ...rest] = words;
  const program = first === undefined ? "" : programName(first);
  if (program === "eval") return rest.map(textOf).join(" ");
  if (program === "trap") return rest[0] && rest.length > 1 ? textOf(rest[0]) : undefined;
  if (!/^(?:(?:ba|da|z|k)?sh|su|runuser|flock|script)$/u.test(program)) return undefined;
  const option = rest.findIndex(({ value }) => /^(?:-[a-z]*c|--command)$/u.test(value));
  const code = option === -1 ? undefined : rest[option + 1];
  return code === undefined ? undefined : textOf(code);
}

/** A word as the shell hands it on, but for what it replaces: without its outermost quotes and what they escape. */
export function unquoted({ text }: Word): string {
  const [, quote, within = text] = /^(["'])([\s\S]*)\1$/u.exec(text) ?? [];
  if (quote === "'") return within;
  return within.replace(quote === '"' ? /\\([$`"\\])/gu : /\\([\s\S])/gu, "$1");
}
