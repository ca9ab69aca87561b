import type { Command, Function as FunctionNode, SyntaxNode, Word } from "unbash";
import { anyOf, containerPrefixes } from "../../vendors/registry.ts";
import { multiCall } from "../cli/multi.ts";
import { cliCall } from "../cli-call.ts";
import { commandWords, programName, unwrapped } from "../parse/simple-command.ts";
import { noteAliases, unaliased } from "./aliases.ts";
import { changeArguments, passedOn, placed, wordsFor } from "./arguments.ts";
import { assignmentValue, noteAssignments } from "./assigned.ts";
import { folderAfter, type ScriptCall, scriptCall, shellOf } from "./called-scripts.ts";
import { type InnerScript, innerScript } from "./inner-script.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, least, type Outcome } from "./outcome.ts";
import { programOutcome, redirected } from "./program.ts";
import type { Repository } from "./repository.ts";
import {
  type Arguments,
  anyEnd,
  type Definition,
  errexit,
  inSubshell,
  type Scope,
  type ShellState,
  withoutPlace,
} from "./scope.ts";
import { noteUnfollowed } from "./unfollowed.ts";
import type { Witness } from "./witness.ts";

/** A text that runs in the shell that it is in; its start is at `base` of its file. */
export type TextHere = Pick<Scope, "base" | "file" | "place" | "source">;

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
    args: Arguments,
  ): Outcome;
  here(text: TextHere, path: Likelihood, outer: Scope): Outcome;
  inShell(
    text: TextApart,
    path: Likelihood,
    state: Pick<ShellState, "folder" | "variables">,
    doubt: Scope["doubt"],
    args: Arguments,
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
  const tree = runner.repository.tree(scope.source, scope.shell);
  const { written, path: reached } = unaliased(commandWords(node), path, tree, scope);
  const { words, replaces, repeats, changesVariables } = unwrapped(wordsFor(written, scope));
  const way = repeats ? least(reached, 2) : reached;
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
  noteAliases(node, path, scope);
  changeArguments(words, path, scope);
  const [first, ...rest] = words;
  if (first === undefined) return node.prefix.length > 0 ? outcomes.either : outcomes.succeeds;
  const functions = scope.functions.get(first.value);
  if (functions !== undefined)
    return runner.call(functions, path, scope, tested, { words: passedOn(rest, node, scope) });
  const inner = innerScript(words, node);
  if (inner !== undefined) return runInner(inner, program, path, scope, runner);
  const { witness } = runner;
  const written = placed(words, scope);
  const call = cliCall(written.words);
  if (call !== undefined) {
    const nested = multiCall(call, written.words, written.scope.source);
    if (nested !== undefined) witness.seen(nested, least(path, 2), written.scope);
    if (/[$`]/u.test(call.name)) {
      const says = `calls ${call.binary} with ${call.written}`;
      witness.stopped({ says, what: "text" }, call, path, written.scope);
    }
    return witness.seen(call, path, written.scope);
  }
  noteUnfollowed(words, node, path, scope, witness);
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
  { start, end, by, verbatim, text: known, errexit: on, asOther = false }: InnerScript,
  starting: Started,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome {
  const { file, state } = scope;
  const program = asOther ? { ...starting, changesVariables: true } : starting;
  const isKnown = verbatim || known !== undefined;
  const text = {
    file,
    source: verbatim ? scope.source.slice(start, end) : (known ?? scope.source.slice(start, end)),
    base: scope.base + start,
    ...(verbatim || known === undefined
      ? {}
      : { place: scope.place ?? { start: scope.base + start, end: scope.base + end } }),
  };
  if (!isKnown) {
    const gap = { says: "runs a text that only the shell knows", what: "text" } as const;
    runner.witness.stopped(gap, { start, end }, path, scope);
  }
  const own = { why: "it is in a script that another shell puts together", entered: path };
  const doubt = scope.doubt ?? (isKnown ? undefined : own);
  const within = doubt === undefined ? scope : { ...scope, doubt };
  if (by === "later") {
    const later = inSubshell(within);
    if (setsGuardVariable.test(scope.source)) later.state.variables.lose();
    runner.here(text, least(path, 2), later);
    return outcomes.either;
  }
  if (by === "here") {
    const outcome = runner.here(text, path, within);
    if (!isKnown) state.variables.lose();
    return isKnown ? outcome : anyEnd;
  }
  const apart = { ...text, shell: by, errexit: on };
  const outcome = runner.inShell(apart, path, handedOn(program, state), doubt, {
    words: undefined,
  });
  return isKnown ? outcome : outcomes.unproven;
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
      ? outcomes.returned(
          runner.here(text, path, { ...withoutPlace(scope), inFunction: true, inLoop: false }),
        )
      : runner.inShell(
          { ...text, shell, errexit: on },
          path,
          handedOn(program, scope.state),
          scope.doubt,
          { words: argumentsOf(program.words, file, program.node, scope) },
        );
  active.delete(file);
  return outcome;
}

/** What a script is called with. */
function argumentsOf(words: readonly Word[], file: string, node: Command, scope: Scope) {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const at = words.findIndex((word) => programName(word) === name);
  return at === -1 ? undefined : passedOn(words.slice(at + 1), node, scope);
}

/** What a shell of its own starts with. */
function handedOn({ node, changesVariables }: Started, { folder, variables }: ShellState) {
  const exported = variables.exported();
  if (changesVariables) exported.lose();
  for (const each of node.prefix)
    if (each.type === "Assignment") exported.set(each.name, assignmentValue(each, variables));
  return { folder, variables: exported };
}
