import type { Command, CommandNode, Function as FunctionNode, SyntaxNode, Word } from "unbash";
import type { Observations } from "./observations.ts";
import type { Likelihood, Outcome } from "./outcome.ts";
import type { ScriptRepository } from "./repository.ts";
import type { Arguments, Definition, Scope, ShellState, TextApart, TextHere } from "./scope.ts";
import type { WrittenFiles } from "./written-files.ts";

/** How that is followed which a command starts. */
export interface Runner {
  readonly observed: Observations;
  readonly repository: ScriptRepository;
  /** Functions and called scripts that are being followed, which keeps from going round. */
  readonly active: Set<FunctionNode | string>;
  readonly written: WrittenFiles;
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
    state: Pick<ShellState, "folder" | "input" | "variables">,
    doubt: Scope["doubt"],
    args: Arguments,
  ): Outcome;
}

/** A simple command that is started, with its words as the program gets them. */
export interface StartedProgram {
  readonly node: Command;
  readonly words: readonly Word[];
  /** The commands of the pipe that stand in front of it. */
  readonly before: readonly CommandNode[];
  readonly changesVariables: boolean;
  /** Whether it is started with words that are read or found. */
  readonly repeats: boolean;
  /** Whether the shell itself starts it. */
  readonly isOwn: boolean;
  /** Whether it is a shell that takes its script from its input, so that nothing is left there for what it starts. */
  readonly takesInput?: boolean;
  /** What it gives the script that it runs as `$1` and on, where that doesn't stand behind the script's name. */
  readonly args?: readonly Word[];
}

/** Where a command stands in its text. */
export function commandPlace({ pos: start, end }: Command) {
  return { start, end };
}
