import type { Command, CommandNode, Word } from "unbash";
import { multiCall } from "../cli/multi.ts";
import { type CliInvocation, cliCall } from "../cli-call.ts";
import { commandWords, programName, wordsWithoutWrappers } from "../parse/simple-command.ts";
import { eachNode } from "../parse/tree.ts";
import { noteAliases, withoutAliases } from "./aliases.ts";
import { changeArguments, passedOn, wordsFor, wordsInOneFile } from "./arguments.ts";
import { noteAssignments, variablesBeside } from "./assigned.ts";
import { folderAfter, scriptNamed } from "./called-scripts.ts";
import { innerScript } from "./inner-script.ts";
import { stretchIn } from "./observations.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, least, type Outcome } from "./outcome.ts";
import { programOutcome, withRedirections } from "./program.ts";
import { runInner, runScripts } from "./run-script.ts";
import type { Runner, StartedProgram } from "./runner.ts";
import { errexit, type Scope } from "./scope.ts";
import { noteInput, withInput } from "./shell-input.ts";
import { noteAssignmentAsTest, noteForeignExpansion } from "./slips.ts";
import { noteUnfollowed } from "./unfollowed.ts";
import { isGuessed } from "./word.ts";

/**
 * Follows a simple command: a function, a script inside the script, the CLI, a script of the repository, a program.
 *
 * @param before the commands of the pipe that stand in front of it
 */
export function runCommand(
  node: Command,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  runner: Runner,
  before: readonly CommandNode[],
): Outcome {
  runner.expansions([node], path, scope);
  if (
    scope.shell === "dash" &&
    noteForeignExpansion(expandedIn(node), runner.observed.judge(scope))
  ) {
    runner.observed.exits.add("script");
    return outcomes.exits;
  }
  const tree = runner.repository.tree(scope.source, scope.shell);
  const { written, path: reached } = withoutAliases(commandWords(node), path, tree, scope);
  const all = wordsFor(written, scope);
  const { words, replaces, repeats, changesVariables } = wordsWithoutWrappers(all);
  const way = repeats ? least(reached, 2) : reached;
  runner.written.note(words, node, before, way, scope);
  // What another program starts is no function of the shell.
  const isOwn = words[0] === all[0];
  const program = { node, words, before, changesVariables, repeats, isOwn };
  const ran = run(program, way, scope, tested, runner);
  const likely = isLikelyOnly(program, scope) ? outcomes.unsure(ran) : ran;
  if (likely !== ran)
    runner.observed.doubted(`${scope.source.slice(node.pos, node.end)} may succeed or fail`);
  const outcome = withRedirections(repeats ? outcomes.orEither(likely) : likely, node.redirects);
  return replaces ? outcomes.exits : errexit(outcome, tested, scope);
}

function innerText({ node, words }: StartedProgram, scope: Scope) {
  return innerScript(words, { variables: variablesBeside(node, scope) });
}

/** Whether the program, the text or the script that is run is only the likeliest: `${CHECK:-false}`, `sh -c "${JOB:-true}"`. */
function isLikelyOnly(program: StartedProgram, scope: Scope): boolean {
  const { words } = program;
  const guessed = words.filter(isGuessed);
  if (guessed.length === 0) return false;
  const inner = innerText(program, scope);
  const script = inner === undefined ? scriptNamed(words)?.word : undefined;
  return guessed.some(
    (word) =>
      word === words[0] ||
      word === script ||
      (inner !== undefined && word.pos < inner.end && inner.start < word.end),
  );
}

/** The words that the shell itself expands before it starts the command. */
function expandedIn(node: Command): readonly Word[] {
  const values = node.prefix.flatMap((each) =>
    each.type === "Assignment" && each.value.type === "Word" ? [each.value] : [],
  );
  return [...commandWords(node), ...values];
}

function run(
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  runner: Runner,
): Outcome {
  const { node, words, before } = program;
  for (const each of node.prefix)
    if (each.type === "Assignment") runner.observed.decides(each.name, path);
  noteAssignments(node, words, path, scope);
  noteAliases(node, path, scope);
  // A program that a variable names is a test, as in `$IS_MAIN && …`.
  if (node.name?.text.startsWith("$") === true) runner.observed.heeds(node.name, scope);
  const moved = changeArguments(words, path, scope);
  if (moved !== undefined) return moved;
  const [first, ...rest] = words;
  if (first === undefined && node.name !== undefined) noteInput(node.redirects, path, scope);
  if (first === undefined && path > 0 && changesFiles([], node))
    runner.observed.changes(node, path, scope);
  if (first === undefined && tested) noteAssignmentAsTest(node, runner.observed.judge(scope));
  if (first === undefined) return ofAssignments(node);
  const functions = program.isOwn ? scope.functions.get(first.value) : undefined;
  if (functions !== undefined) {
    const args = { words: passedOn(rest, node, scope) };
    return runner.call(functions, path, withInput(scope, node.redirects, before), tested, args);
  }
  const inner = innerText(program, scope);
  if (inner !== undefined) return runInner(inner, program, path, scope, runner);
  const { observed } = runner;
  const written = wordsInOneFile(words, scope);
  const call = cliCall(written.words);
  if (call !== undefined) {
    const nested = multiCall(call, written.words, written.scope.source);
    if (nested !== undefined) observed.seen(nested, least(path, 2), written.scope);
    const stops = unknownName(call, program.repeats);
    if (stops !== undefined) observed.stopped(stops, call, path, written.scope);
    const isThrough = words.some((word) => "through" in word);
    const through = isThrough ? stretchIn(scope, { start: node.pos, end: node.end }) : undefined;
    return observed.seen(call, path, written.scope, through);
  }
  if (path > 0 && changesFiles(words, node)) observed.changes(node, path, scope);
  noteUnfollowed(words, program, path, scope, runner);
  const followed = runScripts(program, path, scope, runner);
  if (followed !== undefined) return followed;
  if (path > 0 && /^(?:cd|pushd|popd)$/u.test(first.value))
    scope.state.folder = path >= 2 ? folderAfter(words, scope.state.folder) : undefined;
  return programOutcome(first, rest, node, path, scope, observed);
}

/** Whether a command makes files or takes them away, that a test may ask for. */
function changesFiles([program]: readonly Word[], { redirects }: Command): boolean {
  return (
    (program !== undefined && changing.has(programName(program))) ||
    redirects.some(({ type, operator }) => type === "Redirect" && operator.startsWith(">"))
  );
}

const changing = new Set(
  "chmod cp install ln mkdir mkfifo mv rm rmdir tee touch truncate".split(" "),
);

/** An assignment ends as the last command that it takes a text from. */
function ofAssignments({ prefix }: Command): Outcome {
  let isRun = false;
  for (const each of prefix)
    eachNode(each, ({ type }) => {
      if (type === "CommandExpansion") isRun = true;
    });
  return isRun ? outcomes.either : outcomes.succeeds;
}

/** Why it isn't known which command of the CLI is called. */
function unknownName({ name, binary, written, flags }: CliInvocation, repeats: boolean) {
  if (/[$`]/u.test(name)) return { says: `calls ${binary} with ${written}`, what: "text" } as const;
  const isRead =
    repeats && (name === "" ? !flags.some((flag) => asksOnly.test(flag)) : !/^\w/u.test(name));
  return isRead
    ? ({ says: `calls ${binary} with words that only the run knows`, what: "text" } as const)
    : undefined;
}

/** Options with which the CLI does nothing else than to tell of itself. */
const asksOnly = /^(?:-h|-V|--help|--version)$/u;
