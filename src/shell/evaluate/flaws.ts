import type { AndOr, Command, TestCommand, TestExpression, Word } from "unbash";
import { guardVariables } from "../guard.ts";
import type { Judge } from "./compare.ts";
import { fixedText, wordValue } from "./word.ts";
import { environmentTypes } from "./world.ts";

/** `==` in `[`: dash knows `=` only (dash(1), "test"). */
export function noteDoubleEquals(operator: Word, judge: Judge): void {
  judge.flawed({
    says: "is never true, because dash knows = and not ==",
    start: operator.pos,
    end: operator.end,
    repair: { start: operator.pos, end: operator.end, text: "=" },
  });
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
    start: word.pos,
    end: word.end,
    repair: {
      start: second.pos,
      end: second.pos + written.length,
      text: written === "!=" ? " != " : " = ",
    },
  });
}

/** `"PLATFORM_BRANCH"` or `'$PLATFORM_BRANCH'` where its value was meant, and types that don't exist. */
export function noteComparison(left: Word, right: Word, judge: Judge): void {
  for (const word of [left, right]) noteUnexpandedName(word, judge);
  noteUnknownType(left, right, judge);
  noteUnknownType(right, left, judge);
}

function noteUnexpandedName(word: Word, judge: Judge): void {
  const text = fixedText(word);
  const name = Object.values(guardVariables).find(
    (variable) => text === variable || text === `$${variable}` || text === `\${${variable}}`,
  );
  if (name === undefined) return;
  judge.flawed({
    says:
      text === name
        ? `compares the name ${name} and not its value, because the $ is missing`
        : `compares the text ${text} and not its value, because it stands in single quotes`,
    start: word.pos,
    end: word.end,
    repair: { start: word.pos, end: word.end, text: `"$${name}"` },
  });
}

function noteUnknownType(word: Word, literal: Word, judge: Judge): void {
  const value = wordValue(word, judge);
  const text = fixedText(literal);
  if (value.kind !== "text" || value.from !== "type" || value.text !== judge.world.type) return;
  if (text === undefined || text === "" || environmentTypes.some((type) => type === text)) return;
  const meant = environmentTypes.find((type) => type === text.toLowerCase());
  judge.flawed({
    says: `asks for the environment type ${text}; the types are ${environmentTypes.join(", ")}`,
    start: literal.pos,
    end: literal.end,
    ...(meant === undefined
      ? {}
      : { repair: { start: literal.pos, end: literal.end, text: meant } }),
  });
}

/** `["$X" = y ]`: the bracket isn't a command of its own, so there is no test. */
export function noteJoinedBracket(name: Word, judge: Judge): void {
  judge.flawed({
    says: "is never true, because there is no blank after [",
    start: name.pos,
    end: name.end,
    repair: { start: name.pos + 1, end: name.pos + 1, text: " " },
  });
}

/** `[ "$X" = y]`: the test isn't closed. */
export function noteMissingBracket(last: Word, judge: Judge): void {
  const joined = /[^[\]]\]$/u.test(last.text);
  judge.flawed({
    says: joined
      ? "is never true, because there is no blank before ]"
      : "is never true, because ] is missing",
    start: last.pos,
    end: last.end,
    ...(joined ? { repair: { start: last.end - 1, end: last.end - 1, text: " " } } : {}),
  });
}

/** `[ "$X" = a || "$X" = b ]`: the operator ends the test, and its second half is run as a command. */
export function noteSplitTest({ commands, operators }: AndOr, source: string, judge: Judge): void {
  const [first] = commands;
  if (first?.type !== "Command" || first.name?.text !== "[" || isClosed(first)) return;
  const rest = commands.slice(1);
  const closing = rest.findIndex((command) => command.type === "Command" && isClosed(command));
  const last = rest[closing];
  const between = operators.slice(0, closing + 1);
  const [operator] = between;
  if (last === undefined || operator === undefined) return;
  const whole = { start: first.pos, end: last.end };
  const parts = [first, ...rest.slice(0, closing + 1)].map(({ pos, end }) =>
    source.slice(pos, end).replace(/^\[\s+|\s*\]$/gu, ""),
  );
  judge.flawed({
    says: `is never true, because ${operator} ends the test before its ]`,
    ...whole,
    // Where both operators stand, only its author knows which one was to bind closer.
    ...(new Set(between).size === 1
      ? { repair: { ...whole, text: parts.map((part) => `[ ${part} ]`).join(` ${operator} `) } }
      : {}),
  });
}

function isClosed({ name, args }: Command): boolean {
  return (args.at(-1) ?? name)?.text.endsWith("]") === true;
}

/** `[[ … ]]` in dash: there is no such command. Written as `[ … ]` when that says the same. */
export function noteDoubleBracket(node: TestCommand, judge: Judge): void {
  const text = posixTest(node.expression);
  judge.flawed({
    says: "is never true, because dash doesn't know [[",
    start: node.pos,
    end: node.end,
    ...(text === undefined ? {} : { repair: { start: node.pos, end: node.end, text } }),
  });
}

function posixTest(expression: TestExpression): string | undefined {
  if (expression.type === "TestLogical" && expression.operator === "&&") {
    const parts = expression.operands.map(posixTest);
    return parts.includes(undefined) ? undefined : parts.join(" && ");
  }
  if (expression.type !== "TestBinary" || !["=", "==", "!="].includes(expression.operator)) return;
  const operator = expression.operator === "!=" ? "!=" : "=";
  const words = [expression.left, expression.right].map(posixOperand);
  return words.includes(undefined) ? undefined : `[ ${words.join(` ${operator} `)} ]`;
}

/** A word that means the same inside `[ … ]`: there, an expansion without quotes is split. */
function posixOperand(word: Word): string | undefined {
  if (word.parts === undefined || word.parts.every((part) => part.type === "DoubleQuoted"))
    return word.text;
  if (word.parts.every((part) => part.type === "SingleQuoted")) return word.text;
  const [only, second] = word.parts;
  return only?.type === "SimpleExpansion" && second === undefined ? `"${word.text}"` : undefined;
}
