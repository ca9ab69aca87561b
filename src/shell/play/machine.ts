import type { CommandNode, Redirection, Statement, SyntaxNode } from "unbash";
import type { Shell } from "../evaluate/sighting.ts";
import type { Play, RunStage } from "./decisions.ts";
import type { Expander } from "./expansion.ts";
import type { Model } from "./model.ts";
import type { PlayedShell, ScriptPlace, ScriptText } from "./shell-state.ts";
import type { Event } from "./trace.ts";

/** A script to be played. */
export interface ScriptToPlay {
  readonly text: string;
  readonly shell: Shell;
  readonly stage: RunStage;
  /** The scripts of the repository that are known, by their paths from the app's directory. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where a command is run. */
export interface Context {
  readonly text: ScriptText;
  readonly shell: PlayedShell;
  /** Where input comes from and output goes, of all that runs here. */
  readonly plumbing: string;
  /** Whether something tests the status. */
  readonly tested: boolean;
  /** How many loops of the same function it is in. */
  readonly loops: number;
}

/** A simple command with its words expanded. */
export interface ExpandedCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** Variables that are set for it alone. */
  readonly settings: readonly (readonly [string, string])[];
  readonly plumbing: string;
  readonly at: ScriptPlace;
}

/** What runs the commands that a command starts. */
export interface Machine {
  readonly script: ScriptToPlay;
  readonly play: Play;
  readonly model: Model;
  /** Notes a program that is started. */
  noted(event: Event): void;
  /** Notes a file that is read, or a test, for which no program is started. */
  looked(at: string): void;
  placeOf(node: SyntaxNode, context: Context): ScriptPlace;
  /** What words are expanded with in a context. */
  expander(context: Context): Expander;
  /** Where redirections lead, as a text that is the same only when they are. */
  plumbing(redirects: readonly Redirection[], context: Context): string;
  /** Runs a command of any kind. */
  command(node: CommandNode, context: Context): number;
  /** Runs one command after the other; the status is that of the last one. */
  list(statements: readonly Statement[], context: Context): number;
  /** Counts a round of a loop among the steps. */
  step(): void;
  /** Runs a text in the shell that it is in. */
  here(text: ScriptText, context: Context): number;
  /** The status of a script that a shell of its own runs. */
  inShell(text: ScriptText, shell: PlayedShell, plumbing: string): number;
  /** Under `set -e` a failure that nothing tests ends the shell. */
  errexit(status: number, context: Context): number;
}
