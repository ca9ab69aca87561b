import type {
  AndOr,
  CommandNode,
  CompoundList,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  SyntaxNode,
  TestExpression,
} from "unbash";
import { ScriptRepository } from "../evaluate/repository.ts";
import { playCommand } from "./command.ts";
import { playCase, playFor, playIf, playWhile } from "./compound.ts";
import type { Play } from "./decisions.ts";
import { Loop, Return, ShellEnd } from "./ending.ts";
import { fields, unsplitText } from "./expansion.ts";
import type { Context, Machine, ScriptToPlay } from "./machine.ts";
import { meantStatus } from "./meant.ts";
import type { Model } from "./model.ts";
import { plumbingOf } from "./plumbing.ts";
import { PlayedShell, type ScriptPlace, type ScriptText } from "./shell-state.ts";
import { doubleBracketStatus, wordsForDash } from "./test.ts";
import type { Event, Trace, TracedLook } from "./trace.ts";
import { unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** More steps than any script of a person takes. */
const mostSteps = 4000;

/** Nothing that a person wrote has so many lists of commands in each other. */
const deepest = 60;

/**
 * What a script does in one play. Throws `Unplayable` where that can't be told exactly.
 *
 * @param readings what was read of the texts in former plays
 */
export function trace(
  script: ScriptToPlay,
  play: Play,
  model: Model = {},
  readings: ScriptRepository = new ScriptRepository(script.files),
): Trace {
  return new Player(script, play, model, readings).trace();
}

/** Plays a script once. */
class Player implements Machine {
  readonly script: ScriptToPlay;
  readonly play: Play;
  readonly model: Model;
  readonly #events: Event[] = [];
  readonly #looks: TracedLook[] = [];
  readonly #readings: ScriptRepository;
  #steps = 0;
  #depth = 0;

  constructor(script: ScriptToPlay, play: Play, model: Model, readings: ScriptRepository) {
    this.script = script;
    this.play = play;
    this.model = model;
    this.#readings = readings;
  }

  trace(): Trace {
    const { text: source, shell } = this.script;
    const status = this.inShell({ source, file: "" }, new PlayedShell(shell), "");
    this.play.decides();
    return { events: this.#events, looks: this.#looks, status, steps: this.#steps };
  }

  /** Notes a program that is started. */
  noted(event: Event): void {
    this.#events.push(event);
  }

  /** Notes a file that is read, or a test, for which no program is started. */
  looked(at: string): void {
    this.#looks.push({ at, after: this.#events.length });
  }

  placeOf({ pos, end }: SyntaxNode, { text }: Context): ScriptPlace {
    return text.within ?? { file: text.file, start: pos, end };
  }

  plumbing(redirects: readonly Redirection[], context: Context): string {
    return plumbingOf(redirects, context, this);
  }

  /** The status of a script that a shell of its own runs. */
  inShell(text: ScriptText, shell: PlayedShell, plumbing: string): number {
    const context = { text, shell, plumbing, tested: false, loops: 0 };
    return this.#contained(context, () => this.here(text, context));
  }

  /** Runs a text in the shell that it is in. */
  here(text: ScriptText, context: Context): number {
    return this.list(this.#read(text, context).commands, { ...context, text });
  }

  #read({ source, file, within }: ScriptText, { shell }: Context): ParsedScript {
    const whole = within ?? { file, start: 0, end: source.length };
    const isMeant = this.model.isMeant?.(whole) === true;
    const reader = shell.shell === "bash" || isMeant ? "bash" : "dash";
    const tree = this.#readings.tree(source, reader);
    const [error] = tree.errors ?? [];
    if (error !== undefined) throw new Unplayable(`it isn't complete: ${error.message}`);
    const refusal = reader === "dash" ? this.#readings.refusal(source) : undefined;
    if (refusal !== undefined) throw new Unplayable(`dash stops reading it: ${refusal.says}`);
    return tree;
  }

  /** Runs what a subshell does; neither its end nor what it sets gets out. */
  #contained(context: Context, run: () => number): number {
    const { shell } = context;
    let status = this.#ended(run);
    const { exitTrap } = shell;
    shell.exitTrap = undefined;
    if (exitTrap !== undefined) {
      this.play.decides();
      shell.status = status;
      const { script: source, text } = exitTrap;
      const ended = this.#ended(() => {
        this.here({ ...text, source }, { ...context, tested: false, loops: 0 });
        return status;
      });
      status = ended;
    }
    return status;
  }

  #ended(run: () => number): number {
    try {
      return run();
    } catch (end) {
      if (end instanceof ShellEnd || end instanceof Return) return end.status;
      if (end instanceof Loop) return 0;
      throw end;
    }
  }

  /** Counts a round of a loop among the steps. */
  step(): void {
    this.#steps += 1;
  }

  list(statements: readonly Statement[], context: Context): number {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unplayable("it calls itself");
    let status = 0;
    try {
      for (const statement of statements) status = this.#statement(statement, context);
    } finally {
      this.#depth -= 1;
    }
    return status;
  }

  #statement({ command, background }: Statement, context: Context): number {
    if (background !== true) return this.#node(command, context);
    const shell = context.shell.subshell();
    this.#inSubshell(command, { ...context, shell, plumbing: `${context.plumbing} &` });
    context.shell.status = 0;
    return 0;
  }

  #inSubshell(node: PipelineNode | AndOr | CompoundList, context: Context): number {
    return this.#contained(context, () =>
      node.type === "CompoundList" ? this.list(node.commands, context) : this.#node(node, context),
    );
  }

  #node(node: PipelineNode | AndOr, context: Context): number {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new Unplayable("it goes on for too long");
    const at = this.placeOf(node, context);
    const instead = this.model.instead?.(at);
    // What runs instead is in no file, so that nothing runs instead of that.
    const within = { ...at, file: "\0" };
    const status =
      instead === undefined
        ? this.#run(node, context)
        : this.here({ source: instead, file: "", within }, context);
    context.shell.status = status;
    return status;
  }

  #run(node: PipelineNode | AndOr, context: Context): number {
    if (node.type === "AndOr") return this.#meant(node, context) ?? this.#andOr(node, context);
    if (node.type === "Pipeline") return this.#pipeline(node, context);
    return this.command(node, context);
  }

  #andOr({ commands, operators }: AndOr, context: Context): number {
    let status = 0;
    for (const [index, command] of commands.entries()) {
      const operator = operators[index - 1];
      if (operator !== undefined && (operator === "&&") !== (status === 0)) continue;
      const tested = index < commands.length - 1 || context.tested;
      status = this.#node(command, { ...context, tested });
      if (index < commands.length - 1) this.play.decides();
    }
    return status;
  }

  #pipeline({ commands, prefixes, operators }: Pipeline, context: Context): number {
    if (prefixes.some(({ type }) => type === "Time") || operators.includes("|&"))
      throw new Unplayable("it has a pipe that dash doesn't know");
    const isNegated = prefixes.length % 2 === 1;
    const tested = context.tested || prefixes.length > 0;
    const [only, second] = commands;
    let status = 0;
    if (only !== undefined && second === undefined)
      status = this.#node(only, { ...context, tested });
    else {
      const statuses = commands.map((command, index) => {
        const plumbing = `${context.plumbing} |${index + 1}/${commands.length}`;
        const inPipe = { ...context, tested, plumbing, shell: context.shell.subshell() };
        const ended = this.#inSubshell(command, inPipe);
        if (context.shell.pipefail) this.play.decides();
        return ended;
      });
      const failed = context.shell.pipefail ? statuses.findLast((each) => each !== 0) : undefined;
      status = failed ?? statuses.at(-1) ?? 0;
      if (!isNegated) this.errexit(status, { ...context, tested });
    }
    if (!isNegated) return status;
    return status === 0 ? 1 : 0;
  }

  /** Under `set -e` a failure that nothing tests ends the shell. */
  errexit(status: number, { shell, tested }: Context): number {
    shell.status = status;
    if (shell.errexit && !tested) this.play.decides();
    if (status !== 0 && !tested && shell.errexit) throw new ShellEnd(status);
    return status;
  }

  /** Runs a command of any kind. */
  command(node: CommandNode, context: Context): number {
    if (node.type === "Command" || node.type === "TestCommand") {
      const meant = this.#meant(node, context);
      if (meant !== undefined) return this.errexit(meant, context);
    }
    switch (node.type) {
      case "Command":
        return playCommand(node, context, this);
      case "If":
        return playIf(node, context, this);
      case "While":
        return playWhile(node, context, this);
      case "For":
        return playFor(node, context, this);
      case "Case":
        return playCase(node, context, this);
      case "BraceGroup":
        return this.list(node.body.commands, context);
      case "Subshell": {
        const shell = context.shell.subshell();
        return this.errexit(this.#inSubshell(node.body, { ...context, shell }), context);
      }
      case "Redirected": {
        const plumbing = this.plumbing(node.redirects, context);
        return this.command(node.command, {
          ...context,
          plumbing: context.plumbing + plumbing,
        });
      }
      case "Function":
        context.shell.functions.set(node.name.value, { node, text: context.text });
        return 0;
      case "TestCommand":
        if (context.shell.shell !== "bash") return this.#notFound(node.expression, context);
        this.looked(context.text.source.slice(node.pos, node.end));
        return this.errexit(
          doubleBracketStatus(node.expression, this.expander(context), this.play),
          context,
        );
      default:
        throw new Unplayable("it uses what dash doesn't know");
    }
  }

  /** `[[`, of which dash says that it isn't found, and goes on behind its `&&` as behind any other. */
  #notFound(expression: TestExpression, context: Context): number {
    this.play.latest = undefined;
    if (expression.type === "TestLogical" && expression.operator === "&&") {
      const [first] = expression.operands;
      if (first !== undefined) return this.#notFound(first, { ...context, tested: true });
    }
    for (const word of wordsForDash(expression)) fields(word, this.expander(context));
    return this.errexit(127, context);
  }

  /** The status of a test that is taken as its author meant it; undefined for what is taken as it stands. */
  #meant(node: SyntaxNode, context: Context): number | undefined {
    if (this.model.isMeant?.(this.placeOf(node, context)) !== true) return undefined;
    const source = context.text.source.slice(node.pos, node.end);
    return meantStatus(source, (name) => this.#variable(name, context), this.play);
  }

  #variable(name: string, context: Context): string {
    const text = `$${name}`;
    const part = { type: "SimpleExpansion", pos: 0, end: text.length, text } as const;
    return unsplitText(
      { type: "Word", pos: 0, end: text.length, text, value: text, parts: [part] },
      this.expander(context),
    );
  }

  /** What words are expanded with in a context. */
  expander(context: Context) {
    const { shell, text } = context;
    return {
      play: this.play,
      shell,
      printed: (script: ParsedScript) => {
        const first = this.#events.length;
        const inner = { ...context, plumbing: `${context.plumbing} $()`, tested: false };
        const source = script.source ?? text.source;
        const within = script.source === undefined ? {} : { within: this.placeOf(script, context) };
        const subshell = {
          ...inner,
          shell: shell.subshell(),
          text: { ...text, source, ...within },
        };
        shell.printing = this.#contained(subshell, () => this.list(script.commands, subshell));
        const ran = this.#events
          .slice(first)
          .map(({ words, folder }) => [folder, ...words].join(" "));
        return ran.length === 0 ? "" : unknownText(`output of ${ran.join(", ")}`);
      },
    };
  }
}
