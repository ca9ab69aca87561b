import type { Command, Redirection, Word } from "unbash";
import { cliCall } from "../cli-call.ts";
import { programName, wordsWithoutWrappers } from "../parse/simple-command.ts";
import { isOfOthers } from "./app-path.ts";
import { isAboutEnvironment } from "./compare.ts";
import { noteMissingBracket } from "./flaws.ts";
import { noteMissingBrackets } from "./mistakes.ts";
import type { Observations } from "./observations.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, most, type Outcome } from "./outcome.ts";
import { anyEnd, anyOfUnproven, returning, type Scope, setOptions } from "./scope.ts";
import {
  joints,
  noteFileInTest,
  noteFunctionAsText,
  noteGluedBracket,
  noteMissingJoint,
} from "./slips.ts";
import { testCommand } from "./test-command.ts";

/** How a test, a builtin or a program ends that runs no other part of the script. */
export function programOutcome(
  first: Word,
  rest: readonly Word[],
  node: Command,
  path: Likelihood,
  scope: Scope,
  observed: Observations,
): Outcome {
  if (noteGluedBracket(first, rest, observed.judge(scope))) return outcomes.fails;
  if (noteMissingBrackets([first, ...rest], observed.judge(scope))) return outcomes.fails;
  switch (first.value) {
    case "[":
      return bracket(node, rest, scope, observed);
    case "test":
      return observed.judged((judge) => testCommand(rest, judge), node, scope);
    case "true":
    case ":":
      return outcomes.succeeds;
    case "false":
      return outcomes.fails;
    case "exit":
      observed.exits.add("script");
      return outcomes.exits;
    case "kill":
      if (!rest.some(({ text }) => text === "$$") || rest.some(({ text }) => text === "-0"))
        return outcomes.either;
      observed.exits.add("script");
      return outcomes.exits;
    case "return":
      observed.exits.add(scope.inFunction ? "function" : "script");
      return returning(rest[0], scope);
    case "break":
    case "continue":
      observed.exits.add("loop");
      return scope.inLoop ? outcomes.jumps : anyOfUnproven(outcomes.jumps, outcomes.succeeds);
    case "set":
      return setOptions(rest, path, scope);
    case ".":
    case "source":
    case "eval":
      observed.doubted(`${first.value} runs text that isn't read`);
      if (rest[0] !== undefined && (first.value === "eval" || !isOfOthers(rest[0].value))) {
        const says = `runs ${[first, ...rest].map(({ text }) => text).join(" ")}`;
        observed.stopped({ says, what: "text" }, { start: node.pos, end: node.end }, path, scope);
      }
      scope.state.variables.lose();
      return anyEnd;
    default: {
      if (isHalfATest(first, rest)) return outcomes.fails;
      if (neverEnds(first, rest, node)) {
        observed.exits.add("script");
        return outcomes.exits;
      }
      if (first.value === "echo" && !node.redirects.some(isToFile)) return outcomes.succeeds;
      const name = programName(first);
      const asks = reading.has(name) && rest.some((word) => isAboutEnvironment(word, scope.state));
      const outcome = asks ? outcomes.eitherWay : ordinaryOutcome(name);
      if (outcome === outcomes.eitherWay) observed.doubted(`${first.text} may succeed or fail`);
      return outcome;
    }
  }
}

function bracket(
  node: Command,
  operands: readonly Word[],
  scope: Scope,
  observed: Observations,
): Outcome {
  const last = operands.at(-1);
  noteFileInTest(node, observed.judge(scope));
  noteFunctionAsText(node, operands.slice(0, -1), scope, observed.judge(scope));
  if (last !== undefined && last.text === "]")
    return observed.judged((judge) => testCommand(operands.slice(0, -1), judge), node, scope);
  const at = operands.findIndex(({ text }) => text === "]");
  const closing = operands[at];
  const behind = operands.slice(at + 1);
  const [joint] = behind;
  const words = joint !== undefined && joints.has(joint.value) ? behind.slice(1) : behind;
  const call = closing === undefined ? undefined : cliCall(wordsWithoutWrappers(words).words);
  if (closing !== undefined && call !== undefined) {
    noteMissingJoint(operands.slice(0, at), closing, behind, observed.judge(scope));
    observed.seen(call, 0, scope);
    return outcomes.fails;
  }
  noteMissingBracket(last ?? node.name ?? nowhere, operands, observed.judge(scope));
  return outcomes.fails;
}

const nowhere: Word = { type: "Word", pos: 0, end: 0, text: "", value: "" };

/** `"$PLATFORM_BRANCH" = main ]` behind the operator that ended the test: no program has the name of a branch. */
function isHalfATest(first: Word, rest: readonly Word[]): boolean {
  const [operator] = rest;
  return (
    rest.at(-1)?.text.endsWith("]") === true &&
    (/^-[a-z]$/u.test(first.text) ||
      (/^"?\$\{?\w+\}?"?$/u.test(first.text) && /^(?:==?|!=)$/u.test(operator?.text ?? "")))
  );
}

/**
 * Whether a command keeps a script where it is until somebody stops it: `sleep infinity`, as a worker is kept idle where
 * it isn't meant to work. `timeout` in front of it would end it.
 */
export function neverEnds({ value }: Word, rest: readonly Word[], { name }: Command): boolean {
  const [argument] = rest;
  if (name?.value !== value && name?.value !== "exec") return false;
  if (value === "sleep") return /^inf(?:inity)?$/iu.test(argument?.value ?? "");
  return value === "tail" && /^-(?:f|F)$/u.test(argument?.value ?? "");
}

/** The outcome of a command whose redirections may go wrong. */
export function withRedirections(outcome: Outcome, redirects: readonly Redirection[]): Outcome {
  return mayFail(redirects) ? { ...outcome, fail: most(outcome.fail, 2) } : outcome;
}

/**
 * The outcome of a program that is neither a test nor the CLI. Those of the table can't tell one environment
 * from another; of any other, nothing is known: it may be the project's own guard.
 */
function ordinaryOutcome(program: string): Outcome {
  return indifferent.has(program) ? outcomes.either : outcomes.eitherWay;
}

const indifferent = new Set(
  `alias bzip2 cat cd chmod chown command composer cp curl cut date dirname drush echo export find git gzip hash
  hostname kill ln local ls mkdir mktemp mv mysqldump npm npx printf pwd readonly rm rmdir rsync sed sleep sort tail
  tar tee touch trap tr type ulimit umask unset wait wc wget xargs yarn zip`.split(/\s+/u),
);

/** Those of them that fail where what they are to read isn't there: its name may be that of the environment. */
const reading = new Set("cat cd curl find git head ls rmdir sed sort tail type wc wget".split(" "));

/** Whether what is written goes elsewhere than to the shell's own output and errors. */
function isToFile(redirect: Redirection): boolean {
  if (redirect.type !== "Redirect") return false;
  const to = redirect.target?.value ?? "";
  return redirect.operator.endsWith("&") ? !/^[12]$/u.test(to) : to !== "/dev/null";
}

/** Whether a redirection may fail, and the command with it. */
function mayFail(redirects: readonly Redirection[]): boolean {
  return redirects.some(
    (redirect) =>
      redirect.type === "Redirect" &&
      !redirect.operator.endsWith("&") &&
      redirect.target?.value !== "/dev/null",
  );
}
