import type { Command, SyntaxNode, Word } from "unbash";
import { eachNode } from "../parse/tree.ts";
import type { Likelihood } from "./outcome.ts";
import type { StartedProgram } from "./runner.ts";
import type { Scope, ShellState } from "./scope.ts";
import { unknown, type Value } from "./value.ts";
import type { Variables } from "./variables.ts";
import { assignedValue, fixedText, likelyText } from "./word.ts";

/** Notes what a command does to the variables of its shell. */
export function noteAssignments(
  node: Command,
  words: readonly Word[],
  path: Likelihood,
  scope: Scope,
): void {
  if (path === 0) return;
  const { variables } = scope.state;
  const [first, ...rest] = words;
  const prefixes = node.prefix.flatMap((each) => (each.type === "Assignment" ? [each] : []));
  if (first === undefined) {
    for (const assignment of prefixes) assign(assignment, path, variables);
    return;
  }
  const name = likelyText(first);
  // It may be the name of a function, or a builtin that sets something.
  if (name === undefined && scope.functions.size > 0) variables.lose();
  if (name === undefined) return;
  if (keeping.has(name) || scope.functions.has(name))
    for (const assignment of prefixes) variables.lose(assignment.name);
  if (exporting.has(name))
    for (const argument of node.args)
      if (argument.type === "Assignment") assign(argument, path, variables);
      else loseNamed(argument, variables);
  else if (setting.has(name)) for (const word of rest) loseNamed(word, variables);
}

const exporting = new Set(["export", "local", "readonly"]);
const setting = new Set(
  "declare getopts let mapfile printf read readarray typeset unset".split(" "),
);
/** Builtins after which the assignments in front of them stay (POSIX, "Special built-in utilities"). */
const keeping = new Set(
  ". : break continue eval exec exit export readonly return set shift source times trap unset".split(
    " ",
  ),
);

function assign(
  assignment: SyntaxNode & { readonly type: "Assignment" },
  path: Likelihood,
  variables: Variables,
): void {
  const value = assignmentValue(assignment, variables);
  const before = programIn(variables.value(assignment.name));
  const now = likely(value);
  // Which of two programs it is, only the run tells.
  const isEither = before !== undefined && before !== programIn(now);
  const maybe = isEither ? unknown : now;
  const varies =
    path === 1 && maybe.kind === "unknown" ? { ...maybe, varies: true as const } : maybe;
  variables.set(assignment.name, path === 3 ? value : varies);
}

/** The name of the program that a variable holds, for certain or if the script gets to where it is set. */
function programIn(value: Value): string | undefined {
  const text = value.kind === "unknown" ? value.program : value.from ? undefined : value.text;
  const [path = ""] = text?.split(" ") ?? [];
  return path === "" ? undefined : path.slice(path.lastIndexOf("/") + 1);
}

/** A value that a variable has if the script gets to where it is set. */
function likely(value: Value): Value {
  if (value.kind === "unknown")
    return value.program === undefined ? unknown : { ...unknown, program: value.program };
  return value.from === undefined ? { ...unknown, program: value.text } : unknown;
}

/** What an assignment gives its variable. */
function assignmentValue(
  { value, append, index }: SyntaxNode & { readonly type: "Assignment" },
  variables: Variables,
): Value {
  const plain = value.type === "Word" && append !== true && index === undefined;
  return plain ? assignedValue(value, { variables }) : unknown;
}

/** Forgets the variables that a function has for itself, once it has returned. */
export function forgetNames({ args }: Command, { state }: Scope): void {
  for (const argument of args)
    if (argument.type === "Assignment") state.variables.lose(argument.name);
    else loseNamed(argument, state.variables);
}

function loseNamed(word: Word, variables: Variables): void {
  const text = fixedText(word) ?? /^["']?\w+(?==)/u.exec(word.text)?.[0]?.replace(/^["']/u, "");
  if (text === undefined) variables.lose();
  else if (/^[A-Za-z_]\w*/u.test(text)) variables.lose(/^\w+/u.exec(text)?.[0]);
}

/** The variable that an expansion sets by the way: `${NAME:=…}`, `$((NAME = …))`. */
export function setByTheWay(node: SyntaxNode): string | undefined {
  if (node.type === "ParameterExpansion")
    return node.operation?.type === "Default" && node.operation.operator.endsWith("=")
      ? node.parameter
      : undefined;
  const target =
    node.type === "ArithmeticUnary" && /^(?:\+\+|--)$/u.test(node.operator)
      ? node.operand
      : node.type === "ArithmeticBinary" && /^(?:[*/%+&^|-]|<<|>>)?=$/u.test(node.operator)
        ? node.left
        : undefined;
  return target?.type === "ArithmeticWord" ? target.value : undefined;
}

/** What it sets it to: the text behind `:=`, if nobody has set the variable before. */
export function valueByTheWay(node: SyntaxNode, { variables }: Scope["state"]): Value {
  const fallback =
    node.type === "ParameterExpansion" && node.operation?.type === "Default"
      ? fixedText(node.operation.operand)
      : undefined;
  return fallback === undefined || node.type !== "ParameterExpansion"
    ? unknown
    : { program: fallback, ...unknownOr(variables.value(node.parameter)) };
}

function unknownOr(value: Value): Value & { readonly kind: "unknown" } {
  return value.kind === "unknown" ? value : unknown;
}

/** Forgets what a loop sets, and where it goes, because it may have gone round before. */
export function forgetAll(loop: SyntaxNode, { functions, state }: Scope): void {
  const forget = (node: SyntaxNode) => {
    const name = setByTheWay(node);
    if (name !== undefined) state.variables.lose(name);
    if (node.type === "Assignment") state.variables.lose(node.name);
    if (node.type === "For" || node.type === "Select") state.variables.lose(node.name.value);
    if (node.type !== "Command" || node.name === undefined) return;
    const words = [node.name, ...node.args].map((word) => word.text);
    if (words.some((word) => ["eval", ".", "source"].includes(word))) state.variables.lose();
    if (words.some((word) => ["cd", "pushd", "popd"].includes(word))) state.folder = undefined;
    if (words.some((word) => setting.has(word)))
      for (const word of node.args) if (word.type === "Word") loseNamed(word, state.variables);
  };
  eachNode(loop, forget);
  for (const definitions of functions.values())
    for (const { node } of definitions) eachNode(node, forget);
}

/** The shell's variables, for what is to stay an expansion in a text that a command hands on: not those that it sets. */
export function variablesBeside({ prefix }: Command, { state }: Scope): Variables {
  if (prefix.length === 0) return state.variables;
  const variables = state.variables.copy();
  for (const each of prefix) if (each.type === "Assignment") variables.lose(each.name);
  return variables;
}

/** What a shell of its own starts with. */
export function handedOn(
  { node, changesVariables }: StartedProgram,
  { folder, variables }: ShellState,
) {
  const exported = variables.exported();
  if (changesVariables) exported.lose();
  for (const each of node.prefix)
    if (each.type === "Assignment") exported.set(each.name, assignmentValue(each, variables));
  return { folder, variables: exported };
}
