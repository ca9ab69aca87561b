import type { Function as FunctionNode, Word } from "unbash";
import * as outcomes from "./outcome.ts";
import { anyOf, goesOn, type Likelihood, least, most, type Outcome } from "./outcome.ts";
import type { ReadingGap } from "./sighting.ts";
import type { Value } from "./value.ts";
import type { Variables } from "./variables.ts";
import { fixedText } from "./word.ts";

/** A script, or one inside it, whose text starts at `base` of the whole. */
export interface Scope {
  /** The path of the called script it is in; empty for the script that is read. */
  readonly file: string;
  readonly source: string;
  readonly base: number;
  readonly shell: "dash" | "bash";
  /** Why nothing can be said about what runs here, and how sure it was to get here. */
  readonly doubt?: { readonly why: string; readonly entered: Likelihood };
  readonly functions: Map<string, Definition[]>;
  readonly aliases: Map<string, Alias>;
  readonly args: Arguments;
  /** What comes in on the standard input; undefined for what comes from outside of the script. */
  readonly input?: CommandOutput;
  /** The place in its file of a text that is run and isn't what is written there: all that is found in it is there. */
  readonly place?: { readonly start: number; readonly end: number };
  readonly inFunction: boolean;
  readonly inLoop: boolean;
  /**
   * How likely the script hasn't ended before this place; left out where that is sure. What it has set before counts all
   * the same: where it is reached, it hasn't ended.
   */
  readonly alive?: Likelihood;
  /** Shared by all that runs in the same shell. */
  readonly state: ShellState;
}

/** A text that runs in the shell that it is in; its start is at `base` of its file. */
export type TextHere = Pick<Scope, "base" | "file" | "place" | "source">;

/** A text that a shell of its own runs. */
export interface TextApart extends TextHere, Pick<Scope, "alive" | "shell"> {
  readonly errexit: boolean;
}

/** What comes out of commands: a text of the script, a file as it is, or what can't be known. */
export type CommandOutput =
  | {
      readonly kind: "text";
      readonly text: TextHere;
      /** Whether all of the text is known. */
      readonly isKnown: boolean;
      /** Given where its last line has no end, as that of `echo -n`. */
      readonly isCut?: true;
    }
  | { readonly kind: "file"; readonly file: Word }
  | ({
      readonly kind: "unknown";
      /** Given where it can't differ between environments. */
      readonly same?: true;
    } & Pick<ReadingGap, "says" | "what">);

/** What a shell has been told so far. */
export interface ShellState {
  /** Whether `set -e` is in effect. */
  errexit: "on" | "off" | "maybe";
  /** Where it is, relative to the app's directory, with `/`; undefined when that can't be known. */
  folder: string | undefined;
  /** What `exec`, or who started the shell, has put on the standard input. */
  input?: CommandOutput;
  readonly variables: Variables;
}

/** What a script or a function is called with: `"$@"`, `$1` and the like. */
export interface Arguments {
  /** Undefined when they can't be known. */
  words: readonly PassedWord[] | undefined;
  /** How many of them getopts has read, and where it is in the next one; left out before it was called. */
  options?: { readonly read: number; readonly within: number } | "unknown";
}

/** A word of a command that becomes an argument of what the command calls. */
export interface PassedWord extends Word {
  readonly passed: {
    /** The command that it was first written in. */
    readonly start: number;
    readonly end: number;
    readonly origin: Pick<Scope, "base" | "file" | "source">;
    /** What it stands for in the shell that passes it on. */
    readonly holds: Value;
  };
  /** The `"$@"` in which it comes out. */
  readonly through?: Word;
}

/** What a name stands for, and from where on in which text. */
interface Alias {
  readonly words: readonly Word[];
  readonly source: string;
  readonly end: number;
  /** How likely the script gets to where it is set. */
  readonly path: Likelihood;
}

/** A function of the shell, as it was defined last. */
export interface Definition {
  readonly node: FunctionNode;
  /** The script that it stands in. */
  readonly origin: Pick<Scope, "base" | "file" | "place" | "source">;
  readonly certain: boolean;
  /** Whether it stands in a file that the script writes itself. */
  readonly isWritten: boolean;
}

/** The scope of a text that stands in a file as it is. */
export function withoutPlace({ place: _left, ...scope }: Scope): Scope {
  return scope;
}

/**
 * How likely a piece of a script is started: of one that dash reads in another way, nothing is sure to be reached, and
 * nothing is sure not to be.
 *
 * @param path how likely it would be in a script that dash reads as it is read here
 */
export function wayInto(path: Likelihood, { doubt }: Scope): Likelihood {
  return doubt === undefined ? path : least(doubt.entered, 1);
}

/** A scope behind what may have ended the script. */
export function behind(scope: Scope, outcome: Outcome): Scope {
  return { ...scope, alive: least(scope.alive ?? 3, goesOn(outcome)) };
}

/** How sure the script hasn't ended, for a shell that it starts. */
export function livesAs({ alive }: Scope): Pick<Scope, "alive"> {
  return alive === undefined ? {} : { alive };
}

/** A shell of its own, which begins as this one is: what it sets stays there. */
export function inSubshell(scope: Scope): Scope {
  const state = { ...scope.state, variables: scope.state.variables.copy() };
  return {
    ...scope,
    state,
    functions: new Map(scope.functions),
    aliases: new Map(scope.aliases),
    args: { ...scope.args },
  };
}

/** What a command's failure becomes under `set -e`, unless its status is tested. */
export function errexit(outcome: Outcome, tested: boolean, { state }: Scope): Outcome {
  if (tested || state.errexit === "off" || outcome.fail === 0) return outcome;
  if (state.errexit === "maybe")
    return { ...outcome, exit: most(outcome.exit, least(outcome.fail, 1)) };
  const exit = most(outcome.exit, outcome.fail);
  return anyOf({ when: 3, outcome: { ...outcome, fail: 0, exit } });
}

/** What `return` does: it leaves the function it is in, and dash also a script. */
export function returning(status: Word | undefined, scope: Scope): Outcome {
  if (!scope.inFunction)
    return scope.shell === "dash"
      ? outcomes.exits
      : anyOfUnproven(outcomes.exits, outcomes.succeeds);
  const code = status === undefined ? undefined : fixedText(status);
  if (code === undefined) return anyOfUnproven(outcomes.returnsOk, outcomes.returnsFail);
  return /^0+$/u.test(code) ? outcomes.returnsOk : outcomes.returnsFail;
}

/** `set -e` and its like. `pipefail` stops dash 0.5.12, but not every shell that goes by that name. */
export function setOptions(words: readonly Word[], path: Likelihood, scope: Scope): Outcome {
  const texts = words.map(({ value }) => value);
  const wanted = texts.some((text) => /^-\w*e/u.test(text) || text === "errexit");
  const unwanted = texts.some((text) => /^\+\w*e/u.test(text) || text === "+o");
  if ((wanted || unwanted) && path > 0)
    scope.state.errexit = path < 3 || (wanted && unwanted) ? "maybe" : wanted ? "on" : "off";
  return texts.includes("pipefail") && scope.shell === "dash"
    ? anyOfUnproven(outcomes.exits, outcomes.succeeds)
    : outcomes.succeeds;
}

/** Any of these, for reasons that may depend on the environment. */
export function anyOfUnproven(...possible: readonly Outcome[]): Outcome {
  return anyOf(...possible.map((outcome) => ({ when: 1 as const, outcome })));
}

/** What can come of a text that isn't read, when it runs in the shell that it is in. */
export const anyEnd = anyOfUnproven(outcomes.exits, outcomes.succeeds, outcomes.fails);
