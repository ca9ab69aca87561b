import type { Command, Function as FunctionNode, SyntaxNode, Word } from "unbash";
import { anyOf, containerPrefixes } from "../../vendors/registry.ts";
import { multiCall } from "../cli/multi.ts";
import { cliCall } from "../cli-call.ts";
import { commandWords, unwrapped } from "../parse/simple-command.ts";
import { assignmentValue, noteAssignments } from "./assigned.ts";
import { folderAfter, type ScriptCall, scriptCall, shellOf } from "./called-scripts.ts";
import { type InnerScript, innerScript } from "./inner-script.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, least, type Outcome } from "./outcome.ts";
import { programOutcome, redirected } from "./program.ts";
import type { Repository } from "./repository.ts";
import {
  anyEnd,
  type Definition,
  errexit,
  inSubshell,
  type Scope,
  type ShellState,
} from "./scope.ts";
import type { Witness } from "./witness.ts";
import { expanded } from "./word.ts";

/** A text that runs in the shell that it is in; its start is at `base` of its file. */
export type TextHere = Pick<Scope, "base" | "file" | "source">;

/** A text that a shell of its own runs. */
export interface TextApart extends TextHere, Pick<Scope, "shell"> {
  readonly errexit: boolean;
}

/** How that is followed which a command starts. */
export interface Runner {
  readonly witness: Witness;
  readonly repository: Repository;
  /** Functions and called scripts that are being followed, which keeps from going round. */
  readonly active: Set<FunctionNode | string>;
  expansions(nodes: readonly SyntaxNode[], path: Likelihood, scope: Scope): void;
  call(
    definitions: readonly Definition[],
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome;
  here(text: TextHere, path: Likelihood, outer: Scope): Outcome;
  inShell(
    text: TextApart,
    path: Likelihood,
    state: Pick<ShellState, "folder" | "variables">,
    doubt: Scope["doubt"],
  ): Outcome;
}

/** Follows a simple command: a function, a script inside the script, the CLI, a script of the repository, a program. */
export function runCommand(
  node: Command,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  runner: Runner,
): Outcome {
  runner.expansions([node], path, scope);
  const { words, replaces, repeats, changesVariables } = unwrapped(
    expanded(commandWords(node), scope.state),
  );
  const way = repeats ? least(path, 2) : path;
  const ran = run({ node, words, changesVariables }, way, scope, tested, runner);
  const outcome = redirected(repeats ? outcomes.orEither(ran) : ran, node.redirects);
  return replaces ? outcomes.exits : errexit(outcome, tested, scope);
}

interface Started {
  readonly node: Command;
  readonly words: readonly Word[];
  readonly changesVariables: boolean;
}

function run(
  program: Started,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  runner: Runner,
): Outcome {
  const { node, words } = program;
  noteAssignments(node, words, path, scope);
  const [first, ...rest] = words;
  if (first === undefined) return node.prefix.length > 0 ? outcomes.either : outcomes.succeeds;
  const functions = scope.functions.get(first.value);
  if (functions !== undefined) return runner.call(functions, path, scope, tested);
  const inner = innerScript(words, node);
  if (inner !== undefined) return runInner(inner, program, path, scope, runner);
  const { witness } = runner;
  const call = cliCall(words);
  if (call !== undefined) {
    const nested = multiCall(call, words, scope.source);
    if (nested !== undefined) witness.seen(nested, least(path, 2), scope);
    return witness.seen(call, path, scope);
  }
  const called = scriptCall(words, scope.state.folder);
  const followed = called && runScript(called, program, path, scope, runner);
  if (followed !== undefined) return followed;
  if (path > 0 && /^(?:cd|pushd|popd)$/u.test(first.value))
    scope.state.folder = path >= 2 ? folderAfter(words, scope.state.folder) : undefined;
  return programOutcome(first, rest, node, path, scope, witness);
}

/** Follows a shell that another command in the pipe gives its script. */
export function runPiped(
  inner: InnerScript,
  node: Command,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome {
  const { words, changesVariables } = unwrapped(commandWords(node));
  return runInner(inner, { node, words, changesVariables }, path, scope, runner);
}

function runInner(
  { start, end, by, verbatim, errexit: on, asOther = false }: InnerScript,
  starting: Started,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome {
  const { file, state } = scope;
  const program = asOther ? { ...starting, changesVariables: true } : starting;
  const text = { file, source: scope.source.slice(start, end), base: scope.base + start };
  const own = { why: "it is in a script that another shell puts together", entered: path };
  const doubt = scope.doubt ?? (verbatim ? undefined : own);
  const within = doubt === undefined ? scope : { ...scope, doubt };
  if (by === "later") {
    const later = inSubshell(within);
    if (setsGuardVariable.test(scope.source)) later.state.variables.lose();
    runner.here(text, least(path, 2), later);
    return outcomes.either;
  }
  if (by === "here") {
    const outcome = runner.here(text, path, within);
    if (!verbatim) state.variables.lose();
    return verbatim ? outcome : anyEnd;
  }
  const apart = { ...text, shell: by, errexit: on };
  const outcome = runner.inShell(apart, path, handedOn(program, state), doubt);
  return verbatim ? outcome : outcomes.unproven;
}

const setsGuardVariable = new RegExp(
  `\\b${anyOf(containerPrefixes)}(?:BRANCH|ENVIRONMENT_TYPE)["']?=`,
  "u",
);

/** Follows a script of the repository; undefined when it isn't there, or no shell runs it. */
function runScript(
  { path: file, by }: ScriptCall,
  program: Started,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  const { repository, witness, active } = runner;
  const source = repository.text(file);
  if (source === undefined) {
    if (path > 0) witness.unread.add(file);
    return undefined;
  }
  const own = shellOf(source);
  if (by === "itself" && own === undefined) return undefined;
  if (active.has(file)) return outcomes.unproven;
  const named = by === "itself" ? (own?.shell ?? "dash") : by;
  const shell = named === "here" ? scope.shell : named;
  witness.called.set(file, witness.called.get(file) === "dash" ? "dash" : shell);
  active.add(file);
  const text = { file, source, base: 0 };
  const on = by === "itself" && own?.errexit === true;
  const outcome =
    by === "here"
      ? outcomes.returned(runner.here(text, path, { ...scope, inFunction: true, inLoop: false }))
      : runner.inShell(
          { ...text, shell, errexit: on },
          path,
          handedOn(program, scope.state),
          scope.doubt,
        );
  active.delete(file);
  return outcome;
}

/** What a shell of its own starts with. */
function handedOn({ node, changesVariables }: Started, { folder, variables }: ShellState) {
  const exported = variables.exported();
  if (changesVariables) exported.lose();
  for (const each of node.prefix)
    if (each.type === "Assignment") exported.set(each.name, assignmentValue(each, variables));
  return { folder, variables: exported };
}
