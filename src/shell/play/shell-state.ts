import type { Function as FunctionNode } from "unbash";
import type { Shell } from "../evaluate/sighting.ts";
import { unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** A script, or a part of one, in a file. */
export interface ScriptPlace {
  /** The path from the app's directory; empty for the script that is played. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The text that a command stands in. */
export interface ScriptText {
  readonly file: string;
  readonly source: string;
  /** The command whose word the text is, when it has no places of its own. */
  readonly within?: ScriptPlace;
}

/** A function, with the text that it stands in. */
export interface DefinedFunction {
  readonly node: FunctionNode;
  readonly text: ScriptText;
}

/** The directory of the app, where its scripts start (platform manual, "Use variables"). */
export const appFolder = "/app";

/** Variables that have the same known value wherever a script of the platform starts. */
const known: ReadonlyMap<string, string> = new Map([
  ["HOME", appFolder],
  ["PLATFORM_APP_DIR", appFolder],
]);

/** What a shell was told so far. A shell that it starts begins with a copy. */
export class PlayedShell {
  readonly shell: Shell;
  folder = appFolder;
  /** Where it was before, for `cd -`; undefined where that isn't known. */
  formerFolder: string | undefined;
  /** What the script set, and null for what it unset. */
  readonly variables = new Map<string, string | null>();
  /** Which variables the script has exported, and which it hasn't any more; what it says nothing of is the platform's. */
  readonly #exported = new Map<string, boolean>();
  readonly functions = new Map<string, DefinedFunction>();
  parameters: readonly string[] = [];
  /** In a function, the variables that are its own, as they are outside. */
  locals: Map<string, OuterVariable> | undefined;
  errexit = false;
  nounset = false;
  pipefail = false;
  /** The status of the latest command. */
  status = 0;
  /** The status of the latest `$( … )` in the same command. */
  printing = 0;
  /** What runs at its end. */
  exitTrap: { readonly script: string; readonly text: ScriptText } | undefined;
  /** Where `exec > file` sends what it writes. */
  plumbing = "";

  constructor(shell: Shell) {
    this.shell = shell;
  }

  /** As `( … )` and `$( … )` start; what they set stays there. */
  subshell(): PlayedShell {
    const copy = this.#inherited(this.shell);
    for (const [name, value] of this.variables) copy.variables.set(name, value);
    for (const [name, defined] of this.functions) copy.functions.set(name, defined);
    copy.formerFolder = this.formerFolder;
    copy.parameters = this.parameters;
    copy.errexit = this.errexit;
    copy.nounset = this.nounset;
    copy.pipefail = this.pipefail;
    copy.status = this.status;
    return copy;
  }

  /** As a script starts that it calls. Whether a variable goes along that was not exported depends on the container. */
  child(shell: Shell): PlayedShell {
    const copy = this.#inherited(shell);
    for (const [name, value] of this.variables)
      copy.variables.set(name, this.#isExported(name) || value === null ? value : withheld);
    return copy;
  }

  #inherited(shell: Shell): PlayedShell {
    const copy = new PlayedShell(shell);
    copy.folder = this.folder;
    copy.plumbing = this.plumbing;
    for (const [name, is] of this.#exported) copy.#exported.set(name, is);
    return copy;
  }

  /** What the script or the platform set a variable to: null when it isn't set, undefined when that isn't known. */
  variable(name: string): string | null | undefined {
    const set = this.variables.get(name);
    if (set === withheld) throw new Unplayable(`it can't be seen whether ${name} is exported`);
    if (set !== undefined) return set;
    if (name === "PWD") return this.folder;
    if (name === "LINENO") throw new Unplayable("it asks for the number of a line");
    if (name === "IFS" || name === "OLDPWD") return unknownText(`$${name}`);
    return known.get(name);
  }

  /** Sets a variable. */
  set(name: string, value: string): void {
    if (name === "IFS") throw new Unplayable("it sets IFS");
    this.variables.set(name, value);
  }

  /** Hands a variable on to the programs and scripts that are started. */
  export(name: string): void {
    this.#exported.set(name, true);
  }

  /** Forgets a variable, and that it was exported: what is set under its name later is the shell's own. */
  unset(name: string): void {
    this.variables.set(name, null);
    if (!staysExported(name, this)) this.#exported.set(name, false);
  }

  /** A variable as it is now, for `restore`. */
  outer(name: string): OuterVariable {
    return { value: this.variables.get(name), exported: this.#exported.get(name) };
  }

  /** Gives a variable back what it was before a function had one of that name. */
  restore(name: string, { value, exported }: OuterVariable): void {
    if (value === undefined) this.variables.delete(name);
    else this.variables.set(name, value);
    if (exported === undefined) this.#exported.delete(name);
    else this.#exported.set(name, exported);
  }

  #isExported(name: string): boolean {
    return this.#exported.get(name) ?? /^(?:PLATFORM_|PATH$|HOME$)/u.test(name);
  }

  /** Nothing is known any more of what the script set, and where it is. */
  lose(because: string): void {
    for (const name of this.variables.keys())
      this.variables.set(name, unknownText(`${name} after ${because}`));
    this.folder = unknownText(`the folder after ${because}`);
    this.formerFolder = undefined;
  }

  /** What a program may see of all that the script set. */
  settings(): string {
    return this.#listed([...this.variables]);
  }

  /** Those that the script exports, or the platform. */
  exported(): string {
    return this.#listed([...this.variables].filter(([name]) => this.#isExported(name)));
  }

  #listed(variables: readonly (readonly [string, string | null])[]): string {
    return variables.map(([name, value]) => `${name}=${value ?? ""}`).join("\n");
  }
}

/** What a variable is outside of a function that has one of the same name. */
export interface OuterVariable {
  readonly value: string | null | undefined;
  readonly exported: boolean | undefined;
}

/** Dash goes on exporting PATH, and a variable of a function, after `unset` (seen in 0.5.12); bash doesn't. */
function staysExported(name: string, { shell, locals }: PlayedShell): boolean {
  return shell === "dash" && (name === "PATH" || locals?.has(name) === true);
}

/** Stands for a value that may not have been exported. */
const withheld = "\0withheld\0";
