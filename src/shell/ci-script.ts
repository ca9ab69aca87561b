import type { AndOr, Command, Pipeline, Redirection, SyntaxNode, Word } from "unbash";
import { forEachChild } from "unbash";
import { allVendors, patternOfAny } from "../vendors/registry.ts";
import { type CliInvocation, cliCall } from "./cli-call.ts";
import { parseScript, whyCutShort } from "./parse/parse.ts";
import { commandWords, programName, withoutWrappers } from "./parse/simple-command.ts";

/** How a shell is started that runs a script of a CI system: whether it ends at a failure, and notices one within a pipe. */
export interface CiShell {
  readonly errexit: boolean;
  readonly pipefail: boolean;
}

/** What becomes of a command's failure. */
type Failing =
  /** It ends the script, or is the script's own. */
  | { readonly kind: "ends" }
  /** The script asks for it, and goes on one way or the other. */
  | { readonly kind: "asked" }
  /** Nobody learns of it. `by` says for what: "is within an echo". */
  | {
      readonly kind: "lost";
      readonly by: "substitution" | "pipe" | "or" | "errexit off";
      readonly says: string;
    };

/** A command of a script, as it is written and as it is taken. */
export interface CiCommand {
  /** What is run, without `sudo`, `env` and the like, its program first. */
  readonly words: readonly Word[];
  /** Its name without a path; empty for an assignment alone. */
  readonly program: string;
  /** Variables that are set in front of it, by their names. */
  readonly set: readonly string[];
  /** Where its output goes, as written: `"$GITHUB_ENV"`. */
  readonly into: readonly string[];
  readonly failing: Failing;
  readonly start: number;
  readonly end: number;
  /** Whether it stands in a function's body, an `if`, a `case` or behind `&&`, so that it may not be run. */
  readonly conditional: boolean;
}

/** A call of the CLI in a script of a CI system. */
export interface CiCall extends CliInvocation {
  readonly command: CiCommand;
}

/** What a script of a CI system runs, in the order of its lines; offsets are those of the script. */
export interface CiScript {
  readonly commands: readonly CiCommand[];
  readonly calls: readonly CiCall[];
  /** Why the reading stopped, a clause; undefined where all of it was read. */
  readonly problem?: string;
}

/** Stands in a script for what a CI system puts there before the shell sees it: one of it for each character. */
export const opaque = "\uE000";

/**
 * A script with `${{ … }}` of GitHub, or `$[[ … ]]` of GitLab, made opaque: the shell never sees these, and what it sees in
 * their place isn't known. Every offset stays what it was.
 */
export function withoutExpressions(text: string): string {
  return text.replaceAll(/\$\{\{.*?\}\}|\$\[\[.*?\]\]/gsu, (found) => opaque.repeat(found.length));
}

/**
 * Reads the commands of a script that a CI system runs in bash or in sh, those in `$(…)` too, each with what becomes of
 * its failure. Never throws; what can't be parsed has no commands and says so.
 *
 * @param text with its expressions made opaque
 */
export function readCiScript(text: string, shell: CiShell): CiScript {
  const tree = parseScript(text);
  const problem = whyCutShort(tree);
  const reader = new Reader(shell);
  reader.read(tree, { failing: { kind: "ends" }, conditional: false });
  const commands = reader.commands.toSorted((a, b) => a.start - b.start);
  const calls = commands.flatMap((command) => {
    const call = cliCall(command.words);
    return call === undefined || isOfRepository(call.program) ? [] : [{ ...call, command }];
  });
  return { commands, calls, ...(problem === undefined ? {} : { problem }) };
}

/** What a path begins with that leads out of the repository, or to a vendor's folder in the home. */
const elsewhere = new RegExp(
  `^(?:[/~$"']|\\.${patternOfAny(allVendors.map(({ id }) => id))}/)`,
  "u",
);

/** `./bin/platform` is a program of the repository, which has the CLI's name only. */
function isOfRepository(program: string): boolean {
  return program.includes("/") && !elsewhere.test(program);
}

interface Context {
  readonly failing: Failing;
  readonly conditional: boolean;
}

class Reader {
  readonly commands: CiCommand[] = [];
  #errexit: boolean;
  #pipefail: boolean;

  constructor({ errexit, pipefail }: CiShell) {
    this.#errexit = errexit;
    this.#pipefail = pipefail;
  }

  read(node: SyntaxNode, context: Context): void {
    // The positions between escaped backquotes are not those of the script.
    if (node.type === "Script" && node.source !== undefined) return;
    switch (node.type) {
      case "Command":
        this.#command(node, context);
        return;
      case "AndOr":
        this.#andOr(node, context);
        return;
      case "Pipeline":
        this.#pipeline(node, context);
        return;
      case "Statement":
        this.read(node.command, node.background === true ? asked(context) : context);
        return;
      case "If":
      case "Elif":
        this.read(node.clause, asked(context));
        this.read(node.then, maybe(context));
        if (node.type === "Elif") return;
        for (const elif of node.elif) this.read(elif, context);
        if (node.else !== undefined) this.read(node.else, maybe(context));
        return;
      case "While":
        this.read(node.clause, asked(context));
        this.read(node.body, maybe(context));
        return;
      case "TestCommand":
        this.#below(node, asked(context));
        return;
      case "For":
      case "Case":
      case "Function":
        this.#below(node, maybe(context));
        return;
      default:
        this.#below(node, context);
    }
  }

  #below(node: SyntaxNode, context: Context): void {
    forEachChild(node, (child) => {
      this.read(child, context);
    });
  }

  #command(node: Command, context: Context): void {
    const { words } = withoutWrappers(node);
    const [first] = words;
    const program = first === undefined ? "" : programName(first);
    if (program === "set") this.#set(node);
    const failing =
      context.failing.kind === "ends" && !this.#errexit ? errexitOff : context.failing;
    this.commands.push({
      words,
      program,
      set: node.prefix.flatMap((each) => (each.type === "Assignment" ? each.name : [])),
      into: node.redirects.flatMap(target),
      failing,
      start: node.pos,
      end: node.end,
      conditional: context.conditional,
    });
    this.#below(node, this.#within(node, program, { ...context, failing }));
  }

  /** What becomes of a failure within the words of a command. */
  #within(node: Command, program: string, context: Context): Context {
    // `NAME=$(…)` alone has the status of what is in it.
    if (node.name === undefined) return context;
    if (program === "[" || program === "test") return asked(context);
    const says = `stands in the words of ${program}, whose own success counts`;
    return { ...context, failing: { kind: "lost", by: "substitution", says } };
  }

  #set(node: Command): void {
    const words = commandWords(node).map(({ value }) => value);
    for (const [index, word] of words.entries()) {
      const on = word.startsWith("-");
      if (!on && !word.startsWith("+")) continue;
      if (/^[-+]\w*e/u.test(word)) this.#errexit = on;
      if (!/^[-+]\w*o$/u.test(word)) continue;
      if (words[index + 1] === "pipefail") this.#pipefail = on;
      if (words[index + 1] === "errexit") this.#errexit = on;
    }
  }

  #andOr({ commands, operators }: AndOr, context: Context): void {
    for (const [index, command] of commands.entries()) {
      const next = operators.indexOf("||", index);
      const behind = index > 0 ? maybe(context) : context;
      const right = next === -1 ? undefined : commands[next + 1];
      if (right === undefined)
        this.read(command, index === commands.length - 1 ? behind : asked(behind));
      else this.read(command, isNothing(right) ? { ...behind, failing: orNothing } : asked(behind));
    }
  }

  #pipeline({ commands, prefixes }: Pipeline, context: Context): void {
    const inner = prefixes.some(({ type }) => type === "Negation") ? asked(context) : context;
    const last = commands.length - 1;
    for (const [index, command] of commands.entries()) {
      const isLost = index < last && !this.#pipefail && inner.failing.kind === "ends";
      this.read(command, isLost ? { ...inner, failing: inPipe } : inner);
    }
  }
}

const errexitOff: Failing = {
  kind: "lost",
  by: "errexit off",
  says: "stands behind set +e",
};
const inPipe: Failing = {
  kind: "lost",
  by: "pipe",
  says: "stands in a pipe, of which only the last command's failure counts",
};
const orNothing: Failing = {
  kind: "lost",
  by: "or",
  says: "stands before an || that makes nothing of its failure",
};

function asked(context: Context): Context {
  return context.failing.kind === "lost" ? context : { ...context, failing: { kind: "asked" } };
}

function maybe(context: Context): Context {
  return { ...context, conditional: true };
}

/** Whether what follows `||` takes no notice of the failure: `true`, `:`, or a text that is printed. */
function isNothing(node: SyntaxNode): boolean {
  if (node.type !== "Command") return false;
  const [first] = commandWords(node);
  return first !== undefined && ["true", ":", "echo", "printf"].includes(first.value);
}

function target(redirect: Redirection): readonly string[] {
  if (redirect.type !== "Redirect" || !redirect.operator.includes(">")) return [];
  return redirect.target === undefined ? [] : [redirect.target.text];
}
