import type { Command, Word } from "unbash";
import { patternOfAny as anyTextOf, containerPrefixes } from "../../vendors/registry.ts";
import { installsCli } from "../installation.ts";
import { programName } from "../parse/simple-command.ts";
import { isOfOthers, pathInApp } from "./app-path.ts";
import { passedOn } from "./arguments.ts";
import { handedOn, variablesBeside } from "./assigned.ts";
import { type ScriptCall, scriptNamed, shellOf } from "./called-scripts.ts";
import type { InnerScript } from "./inner-script.ts";
import { traceOfCli } from "./other-language.ts";
import * as outcomes from "./outcome.ts";
import { type Likelihood, least, type Outcome } from "./outcome.ts";
import { runTask } from "./run-task.ts";
import { commandPlace, type Runner, type StartedProgram } from "./runner.ts";
import {
  anyEnd,
  inSubshell,
  livesAs,
  type Scope,
  type ShellState,
  type TextHere,
  withoutPlace,
} from "./scope.ts";
import { inputOf, readerOf, textAt, whereverItGoes } from "./shell-input.ts";
import { sameText } from "./value.ts";
import { wordValue } from "./word.ts";
import type { WrittenFile } from "./written-files.ts";

/**
 * Follows what a command has a shell run: what comes in on its input, a task, a script of the repository or one that was
 * written before. Undefined where it runs no script, or none that is known.
 */
export function runScripts(
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  return (
    runTask(program, path, scope, runner) ??
    runInput(program, path, scope, runner) ??
    runScript(scriptNamed(program.words), program, path, scope, runner)
  );
}

/** Follows a script inside the script. */
export function runInner(
  inner: InnerScript,
  starting: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome {
  const { start, end, by, errexit: on, asOther = false, args, name } = inner;
  const changesVariables = starting.changesVariables || asOther;
  const program = { ...starting, changesVariables, ...(args === undefined ? {} : { args }) };
  const found = textAt(inner, scope);
  const { text } = found;
  const isKnown = found.isKnown && !(program.repeats && isFilledIn(text.source, program.node));
  if (!isKnown) {
    const gap = { says: "runs a text that only the shell knows", what: "text" } as const;
    runner.observed.stopped(gap, { start, end }, path, scope);
  }
  const called = name === undefined ? {} : { name };
  return runText({ text, isKnown, by, errexit: on, ...called }, program, path, scope, runner);
}

/** Whether `xargs -I` or `find` puts what it finds into a text. */
function isFilledIn(text: string, { args }: Command): boolean {
  const option = args.findIndex((arg) => /^-(?:I|i)/u.test(arg.text));
  const written = args[option]?.text.slice(2) ?? "";
  const next = args[option + 1]?.text;
  const mark = option === -1 || (written === "" && next === undefined) ? "{}" : written || next;
  return mark !== undefined && text.includes(mark);
}

interface Text {
  readonly text: TextHere;
  /** Whether all of it is known. */
  readonly isKnown: boolean;
  readonly by: InnerScript["by"];
  readonly errexit: boolean;
  readonly name?: Word;
}

/** Follows a text that a shell runs. */
function runText(
  { text, isKnown, by, errexit: on, name }: Text,
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome {
  const { state } = scope;
  const own = { why: "it is in a script that another shell puts together", entered: path };
  const doubt = scope.doubt ?? (isKnown ? undefined : own);
  const within = doubt === undefined ? scope : { ...scope, doubt };
  if (by === "later") {
    const later = inSubshell(within);
    if (setsGuardVariable.test(scope.source)) later.state.variables.lose();
    runner.observed.inTrap(() => runner.here(text, least(path, 2), later));
    return outcomes.either;
  }
  if (by === "here") {
    const outcome = runner.here(text, path, within);
    if (!isKnown) state.variables.lose();
    return isKnown ? outcome : anyEnd;
  }
  const apart = { ...text, ...livesAs(scope), shell: by, errexit: on };
  const start = startOf(program, scope);
  if (name !== undefined) start.variables.set("0", wordValue(name, state));
  const outcome = runner.inShell(apart, path, start, doubt, {
    words: givenArguments(program, scope),
  });
  return isKnown ? outcome : outcomes.eitherWay;
}

const setsGuardVariable = new RegExp(
  `\\b${anyTextOf(containerPrefixes)}(?:BRANCH|ENVIRONMENT_TYPE)["']?=`,
  "u",
);

/** Follows a shell that reads its script from its input; undefined for any other program. */
function runInput(
  starting: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  const { node, words, before, repeats } = starting;
  const reader = readerOf(words);
  if (reader === undefined) return undefined;
  const program = { ...starting, takesInput: true, args: reader.args };
  if (repeats) {
    const gap = { says: "runs scripts that only the run finds", what: "program" } as const;
    runner.observed.stopped(gap, commandPlace(node), path, scope);
    // What the scripts end with may be a guard of what follows.
    runner.observed.doubted(`${scope.source.slice(node.pos, node.end)} may succeed or fail`);
    return outcomes.eitherWay;
  }
  const beside = { ...scope, state: { ...scope.state, variables: variablesBeside(node, scope) } };
  const input = inputOf(node.redirects, before, beside);
  switch (input?.kind) {
    case undefined:
      return undefined;
    case "unknown":
      if (!installsCli(scope.source.slice(before[0]?.pos ?? node.pos, node.end)))
        runner.observed.stopped(input, commandPlace(node), path, scope);
      if (reader.by === "here") scope.state.variables.lose();
      return reader.by === "here" ? anyEnd : outcomes.eitherWay;
    case "file":
      return runScript({ word: input.file, by: reader.by }, program, path, scope, runner);
    case "text": {
      const { text, isKnown } = input;
      if (!isKnown) {
        const gap = { says: "runs a text that only the shell knows", what: "text" } as const;
        runner.observed.stopped(gap, commandPlace(node), path, scope);
      }
      return runText({ text, isKnown, ...reader }, program, path, scope, runner);
    }
  }
}

/** Follows a script that a command names: of the repository, or written before; undefined when it isn't known, or no shell runs it. */
function runScript(
  script: ReturnType<typeof scriptNamed>,
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  if (script === undefined) return undefined;
  const { word, by } = script;
  const written = runner.written.at(word, scope);
  if (path > 0)
    runner.observed.noteTrapped({
      content: () => JSON.stringify(runner.written.at(word, scope)) ?? "",
      replaced: (says) =>
        runner.observed.stopped({ says, what: "text" }, commandPlace(program.node), path, scope),
    });
  if (written !== undefined)
    return runner.observed.inWritten(() => runAnyOf(written, script, program, path, scope, runner));
  const file = pathInApp(word, scope.state.folder);
  if (file !== undefined) {
    const follow = () => runFile({ path: file, by }, program, path, scope, runner);
    return runner.observed.isInTrap ? runner.observed.inWritten(follow) : follow();
  }
  const says = unknownScript(word, by);
  if (says !== undefined)
    runner.observed.stopped({ says, what: "program" }, commandPlace(program.node), path, scope);
  return undefined;
}

/** What is said of a script that isn't one of the app's, or whose path isn't known. */
function unknownScript({ text, value }: Word, by: ScriptCall["by"]): string | undefined {
  if (/[{}]/u.test(value)) return "runs scripts that only the run finds";
  // The words of `.`, and of variables that are run themselves, are told elsewhere.
  if (by === "here" || isOfOthers(value)) return undefined;
  if (/^["']?[$`]/u.test(text)) return by === "itself" ? undefined : `runs ${text}`;
  if (/^\/(?:dev|proc)\//u.test(value)) return "runs a text that comes in from elsewhere";
  if (!value.startsWith("/")) return `runs ${value} in a folder that isn't known`;
  // Elsewhere than in the folders for what is written, it is a program of the container.
  const isProgram = by === "itself" && !/^\/(?:tmp|var\/tmp)\//u.test(value);
  return isProgram ? undefined : `runs ${value}, which isn't in the repository`;
}

/** Follows all that a file may be which the script has written or changed itself. */
function runAnyOf(
  files: readonly WrittenFile[],
  script: NonNullable<ReturnType<typeof scriptNamed>>,
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  const [only, second] = files;
  if (only !== undefined && second === undefined)
    return runWritten(only, script, program, path, scope, runner);
  const ran = files.map((file) => runWritten(file, script, program, path, scope, runner));
  const open = files.find((file) => file.kind === "unknown");
  const gap = open ?? { says: "runs a file that it may replace before", what: "text" };
  runner.observed.stopped({ ...gap, what: "text" }, commandPlace(program.node), path, scope);
  if (path > 0) runner.observed.unknownFile = gap.says;
  // Which of them runs, and may be a guard of what follows, isn't known.
  runner.observed.doubted(`${script.word.text} may be one of several files`);
  if (script.by === "here") scope.state.variables.lose();
  if (ran.every((outcome) => outcome === undefined)) return undefined;
  return script.by === "here" ? anyEnd : outcomes.eitherWay;
}

/** Follows a file that the script has written itself. */
function runWritten(
  written: WrittenFile,
  { word, by }: NonNullable<ReturnType<typeof scriptNamed>>,
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  const reached = least(path, written.likelihood);
  const { active, observed } = runner;
  if (written.kind === "file")
    return runFile({ path: written.path, by }, program, reached, scope, runner);
  if (written.kind === "unknown") {
    if (installsCli(scope.source)) return undefined;
    observed.stopped(written, commandPlace(program.node), path, scope);
    if (path > 0 && written.what !== "gone") observed.unknownFile = written.says;
    return undefined;
  }
  const { text, isKnown } = written;
  const own = by === "itself" ? shellOf(text.source) : undefined;
  const shell = by === "itself" ? own?.shell : by;
  if (shell === undefined) return undefined;
  const key = `written ${word.text}`;
  if (active.has(key)) return outcomes.eitherWay;
  active.add(key);
  if (!isKnown) {
    const gap = {
      says: `runs ${word.value}, whose text only the shell knows`,
      what: "text",
    } as const;
    observed.stopped(gap, commandPlace(program.node), path, scope);
  }
  const on = own?.errexit === true;
  const args = argumentsOf(program, word.value, scope);
  const outcome = runText(
    { text, isKnown, by: shell, errexit: on },
    { ...program, ...(args === undefined ? {} : { args }) },
    reached,
    scope,
    runner,
  );
  active.delete(key);
  return written.likelihood === 3 ? outcome : outcomes.eitherWay;
}

/** Follows a script of the repository; undefined when it isn't there, or no shell runs it. */
function runFile(
  { path: file, by }: ScriptCall,
  program: StartedProgram,
  path: Likelihood,
  scope: Scope,
  runner: Runner,
): Outcome | undefined {
  const { repository, observed, active } = runner;
  const source = repository.text(file);
  if (source === undefined) {
    if (path > 0) observed.unread.add(file);
    const says = `calls ${file}, which isn't in the repository`;
    if (!isOfOthers(file))
      observed.stopped({ says, what: "program" }, commandPlace(program.node), path, scope);
    return undefined;
  }
  const own = shellOf(source);
  if (by === "itself" && own === undefined) {
    const trace = traceOfCli(source);
    const gap = { says: `runs ${file}, which ${trace}`, what: "caller" } as const;
    if (trace !== undefined) observed.stopped(gap, commandPlace(program.node), path, scope);
    return undefined;
  }
  if (active.has(file)) return outcomes.eitherWay;
  const named = by === "itself" ? (own?.shell ?? "dash") : by;
  const shell = named === "here" ? scope.shell : named;
  observed.called.set(file, observed.called.get(file) === "dash" ? "dash" : shell);
  active.add(file);
  const text = { file, source, base: 0 };
  const on = by === "itself" && own?.errexit === true;
  const outcome =
    by === "here"
      ? runSourced(text, path, scope, runner)
      : runner.inShell(
          { ...text, ...livesAs(scope), shell, errexit: on },
          path,
          knowingItself(file, startOf(program, scope)),
          scope.doubt,
          { words: argumentsOf(program, file, scope) },
        );
  active.delete(file);
  return outcome;
}

/** Follows a script in the shell that sources it; bash then knows it by its own name. */
function runSourced(text: TextHere, path: Likelihood, scope: Scope, runner: Runner): Outcome {
  const { variables } = scope.state;
  const caller = variables.value("BASH_SOURCE");
  variables.set("BASH_SOURCE", sameText(`/app/${text.file}`));
  const within = { ...withoutPlace(scope), inFunction: true, inLoop: false };
  const outcome = outcomes.afterFunction(runner.here(text, path, within));
  variables.set("BASH_SOURCE", caller);
  return outcome;
}

/** What a shell of its own starts with, its input among it. */
function startOf(program: StartedProgram, scope: Scope) {
  const { node, before, takesInput = false } = program;
  const input = takesInput ? undefined : inputOf(node.redirects, before, scope);
  const state = handedOn(program, scope.state);
  return input === undefined ? state : { ...state, input: whereverItGoes(input, scope) };
}

function knowingItself(file: string, state: Pick<ShellState, "folder" | "input" | "variables">) {
  for (const name of ["0", "BASH_SOURCE"]) state.variables.set(name, sameText(`/app/${file}`));
  return state;
}

/** What a script is called with that a command names. */
function argumentsOf(program: StartedProgram, file: string, scope: Scope) {
  if (program.args !== undefined) return givenArguments(program, scope);
  const { words, node } = program;
  const name = file.slice(file.lastIndexOf("/") + 1);
  const at = words.findIndex((word) => programName(word) === name);
  return at === -1 ? undefined : passedOn(words.slice(at + 1), node, scope);
}

/** What a text is called with that has no name; undefined where only the run tells. */
function givenArguments({ args, node, repeats }: StartedProgram, scope: Scope) {
  return args === undefined || repeats ? undefined : passedOn(args, node, scope);
}
