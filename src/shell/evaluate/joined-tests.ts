import type { AndOr, Command, PipelineNode, Statement, Word } from "unbash";
import { isAboutEnvironment, type Judge } from "./compare.ts";
import { fixedText } from "./word.ts";

/** The parts of `[ "$X" = a || "$X" = b ]`, where the operator ends the test and the rest is run as commands. */
export function splitTest({ commands }: AndOr): readonly PipelineNode[] {
  const [first, ...rest] = commands;
  if (first?.type !== "Command" || first.name?.text !== "[" || isClosed(first)) return [];
  const closing = rest.findIndex((command) => command.type === "Command" && isClosed(command));
  return closing === -1 ? [] : [first, ...rest.slice(0, closing + 1)];
}

/** Notes a test that is split by an operator, given its parts. */
export function noteSplitTest(
  parts: readonly PipelineNode[],
  { operators }: AndOr,
  source: string,
  judge: Judge,
): void {
  const [first, last] = [parts[0], parts.at(-1)];
  const between = new Set(operators.slice(0, parts.length - 1));
  const [operator, second] = between;
  if (first === undefined || last === undefined || operator === undefined) return;
  const whole = { start: first.pos, end: last.end };
  const compared = /^\[\s+(\S+\s+!?==?)\s/u.exec(source.slice(first.pos, first.end))?.[1];
  const tests = parts.map(({ pos, end }) => {
    const text = source.slice(pos, end).replace(/^\[\s+|\s*\]$/gu, "");
    return `[ ${/\s/u.test(text) || compared === undefined ? text : `${compared} ${text}`} ]`;
  });
  judge.flawed({
    says: `is never true, because ${operator} ends the test before its ]`,
    isGuard: parts.some((command) => asksIn(command, judge)),
    ...whole,
    // Where both operators stand, only its author knows which one was to bind closer.
    ...(second === undefined ? { repair: { ...whole, ...joined(tests, operator) } } : {}),
  });
}

/**
 * Tests with an operator between them; with the other one, and not for sure, where this one can't have been meant, because
 * nothing has two values at once.
 */
export function joined(
  tests: readonly string[],
  operator: string,
): { readonly text: string; readonly isSure: boolean } {
  const parts = tests.map((test) => /^\[ (\S+) (!?)={1,3} (\S+) \]$/u.exec(test));
  const [[, subject, negation] = []] = parts.map((part) => part ?? []);
  const values = new Set(parts.map((part) => part?.[3]));
  const isIdle =
    tests.length > 1 &&
    values.size === tests.length &&
    operator === (negation === "!" ? "||" : "&&") &&
    parts.every((part) => part?.[1] === subject && part?.[2] === negation);
  if (!isIdle) return { text: tests.join(` ${operator} `), isSure: true };
  return { text: tests.join(operator === "||" ? " && " : " || "), isSure: false };
}

function asksIn(node: PipelineNode, judge: Judge): boolean {
  return (
    node.type === "Command" &&
    [node.name, ...node.args].some(
      (word) => word?.type === "Word" && isAboutEnvironment(word, judge),
    )
  );
}

function isClosed({ name, args }: Command): boolean {
  return (args.at(-1) ?? name)?.text.endsWith("]") === true;
}

/** `[ "$X" != a ] || [ "$X" != b ]` always holds, and with `=` and `&&` it never does: nothing has two values at once. */
export function noteTwoValues({ commands, operators }: AndOr, source: string, judge: Judge): void {
  const all = commands.map((command) => comparisonOf(command));
  const [first, second] = all;
  const [operator] = operators;
  if (first === undefined || second === undefined || operator === undefined) return;
  if (operator !== (first.isNegated ? "||" : "&&")) return;
  const end = all.findIndex(
    (each, index) =>
      each?.subject.value !== first.subject.value ||
      each.isNegated !== first.isNegated ||
      (index > 0 && operators[index - 1] !== operator),
  );
  const run = commands.slice(0, end === -1 ? undefined : end);
  const literals = new Set(all.slice(0, run.length).map((each) => each?.literal));
  const [from, to] = [run[0], run.at(-1)];
  if (run.length < 2 || literals.size !== run.length || from === undefined || to === undefined)
    return;
  if (!isAboutEnvironment(first.subject, judge)) return;
  const whole = { start: from.pos, end: to.end };
  const texts = run.map(({ pos, end: last }) => source.slice(pos, last));
  judge.flawed({
    says: first.isNegated
      ? "always holds, because nothing is equal to both"
      : "never holds, because nothing is equal to both",
    isGuard: true,
    ...whole,
    repair: { ...whole, text: texts.join(first.isNegated ? " && " : " || "), isSure: false },
  });
}

interface Comparison {
  readonly subject: Word;
  readonly literal: string;
  readonly isNegated: boolean;
}

/** `[ "$X" = y ]` and `[ "$X" != y ]`. */
function comparisonOf(node: PipelineNode): Comparison | undefined {
  if (node.type !== "Command" || node.name?.text !== "[") return undefined;
  const [subject, operator, right, closing] = node.args;
  if (subject?.type !== "Word" || right?.type !== "Word" || closing?.text !== "]") return undefined;
  const literal = fixedText(right);
  if (literal === undefined || !/^!?=$/u.test(operator?.text ?? "")) return undefined;
  return { subject, literal, isNegated: operator?.text === "!=" };
}

/** Whether a statement ends with a test. */
export function isTest(node: Statement["command"]): boolean {
  const last = node.type === "AndOr" || node.type === "Pipeline" ? node.commands.at(-1) : node;
  return last?.type === "Command" && (last.name?.text === "[" || last.name?.text === "test");
}

/** A test that a single `&`, or the first half of `&>`, puts in the background: nothing waits for what it says. */
export function noteBackground(source: string, end: number, judge: Judge): void {
  const at = source.indexOf("&", end - 1);
  if (at === -1) return;
  const glued = /^&>>?/u.exec(source.slice(at))?.[0];
  const target = glued && /^&>>?\s*(?:[^\s;&|()<>]+)/u.exec(source.slice(at))?.[0];
  judge.flawed({
    says:
      glued === undefined
        ? "is lost, because & puts it in the background"
        : `is lost, because dash reads ${glued} as & and puts it in the background`,
    isGuard: true,
    start: at,
    end: at + (glued ?? "&").length,
    ...(glued === undefined
      ? { repair: { start: at, end: at + 1, text: "&&", isSure: false } }
      : target === undefined
        ? {}
        : {
            repair: {
              start: at,
              end: at + target.length,
              text: `${target.slice(1)} 2>&1`,
              isSure: true,
            },
          }),
  });
}
