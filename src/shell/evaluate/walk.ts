import {
  type AndOr,
  type CommandNode,
  type CompoundList,
  type Function as FunctionNode,
  forEachChild,
  type ParsedScript,
  type Pipeline,
  type PipelineNode,
  type Statement,
  type SyntaxNode,
} from "unbash";
import type { DashRefusal } from "../parse/dash/refusal.ts";
import { notPosix } from "../parse/dialect.ts";
import { whyCutShort } from "../parse/parse.ts";
import { eachNode } from "../parse/tree.ts";
import { bind } from "./arguments.ts";
import { forgetNames, setByTheWay, valueByTheWay } from "./assigned.ts";
import { caseOutcome, type Follow, forOutcome, ifOutcome, whileOutcome } from "./compound.ts";
import { DeadEnds } from "./dead-ends.ts";
import { noteDoubleBracket } from "./flaws.ts";
import { isTest, noteBackground, noteSplitTest, noteTwoValues, splitTest } from "./joined-tests.ts";
import { Observations } from "./observations.ts";
import * as outcomes from "./outcome.ts";
import {
  anyOf,
  goesOn,
  type Likelihood,
  least,
  leaving,
  mayOnlyExit,
  type Outcome,
} from "./outcome.ts";
import { withRedirections } from "./program.ts";
import { ScriptRepository } from "./repository.ts";
import { runCommand } from "./run-command.ts";
import type { Runner } from "./runner.ts";
import {
  type Arguments,
  anyEnd,
  behind,
  type Definition,
  errexit,
  inSubshell,
  type Scope,
  type ShellState,
  type TextApart,
  type TextHere,
  wayInto,
  withoutPlace,
} from "./scope.ts";
import { withInput } from "./shell-input.ts";
import type { Shell, WalkResult, Way } from "./sighting.ts";
import { noteArithmetic, noteIdleTest, noteLoneWordBeside } from "./slips.ts";
import { doubleBracket } from "./test-command.ts";
import { Variables } from "./variables.ts";
import { type World, watchWorld } from "./world.ts";
import { WrittenFiles } from "./written-files.ts";

/** More steps than any script of a person takes; a script made to explode is given up. */
const patience = 20_000;

/** A script inside a script has to be read before it is followed: so much of it takes as long as a step. */
const charactersInAStep = 100;

/** Thrown when a script takes too many steps to follow. */
export class TooLong extends Error {}

/**
 * Follows a script in one environment, as the shell would, and notes each call of the CLI with how sure it is
 * to be run. Where the shell's way can't be known, all ways are followed.
 *
 * @param deadEnds what other environments didn't get to of the same script
 */
export function walk(
  source: string,
  world: World,
  repository: ScriptRepository = new ScriptRepository(new Map()),
  deadEnds: DeadEnds = new DeadEnds(),
): WalkResult {
  const { world: seen, asked } = watchWorld(world);
  const observed = new Observations(seen, repository.unconditional);
  new Walker(observed, repository, deadEnds).start(source);
  const { sightings, branches, called, unread, tasks, unknownFile } = observed;
  const gaps = [...observed.gaps.values()];
  return {
    ...{ sightings, branches, called, unread, tasks, gaps, asked },
    ...(unknownFile === undefined ? {} : { unknownFile }),
  };
}

class Walker implements Follow, Runner {
  readonly observed: Observations;
  readonly repository: ScriptRepository;
  readonly deadEnds: DeadEnds;
  readonly active = new Set<FunctionNode | string>();
  readonly written = new WrittenFiles((path) => this.repository.text(path) !== undefined);
  readonly #called = new Set<FunctionNode>();
  #steps = 0;

  constructor(observed: Observations, repository: ScriptRepository, deadEnds: DeadEnds) {
    this.observed = observed;
    this.repository = repository;
    this.deadEnds = deadEnds;
  }

  start(source: string): void {
    const variables = new Variables(this.observed.world);
    const text = { file: "", source, base: 0, shell: "dash", errexit: false } as const;
    this.#inShell(text, 3, { folder: "", variables }, undefined, { words: [] });
    this.observed.noteReplaced();
  }

  inShell(...[text, path, ...how]: Parameters<Runner["inShell"]>): Outcome {
    this.#spend(1 + text.source.length / charactersInAStep);
    this.#noteIncomplete(text, text.shell, path);
    return this.#inShell(text, path, ...how);
  }

  /** Behind what isn't complete, the parser may leave out commands. */
  #noteIncomplete(text: TextHere, shell: Shell, path: Likelihood): void {
    const why = whyCutShort(this.repository.tree(text.source, shell));
    if (why === undefined) return;
    const isRefused = shell === "dash" && this.repository.refusal(text.source) !== undefined;
    const says = `runs a text that can't be followed to its end, because ${why}`;
    const whole = { start: 0, end: text.source.length };
    this.observed.stopped({ says, what: isRefused ? "text" : "cut" }, whole, path, text);
  }

  #inShell(
    text: TextApart,
    path: Likelihood,
    state: Pick<ShellState, "folder" | "input" | "variables">,
    doubt: Scope["doubt"],
    args: Arguments,
  ): Outcome {
    const tree = this.repository.tree(text.source, text.shell);
    const own = this.#doubtIn(tree, text, path);
    const found = doubt ?? own;
    const { errexit, ...where } = text;
    const scope: Scope = {
      ...where,
      ...(found === undefined ? {} : { doubt: found }),
      functions: new Map(),
      aliases: new Map(),
      args,
      inFunction: false,
      inLoop: false,
      state: { ...state, errexit: errexit ? "on" : "off" },
    };
    bind(scope.state.variables, args);
    const outcome = this.list(tree.commands, path, scope, false);
    this.#walkUncalled(scope);
    return own === undefined ? outcomes.ofSubshell(outcome) : outcomes.eitherWay;
  }

  here(text: TextHere, path: Likelihood, outer: Scope): Outcome {
    this.#spend(text.source.length / charactersInAStep);
    this.#noteIncomplete(text, outer.shell, path);
    const tree = this.repository.tree(text.source, outer.shell);
    const own = this.#doubtIn(tree, { ...text, shell: outer.shell }, path);
    const doubt = outer.doubt ?? own;
    const scope: Scope = { ...outer, ...text, ...(doubt === undefined ? {} : { doubt }) };
    const outcome = this.list(tree.commands, path, scope, false);
    if (own !== undefined) scope.state.variables.lose();
    return own === undefined ? outcome : anyEnd;
  }

  #doubtIn(
    tree: ParsedScript,
    { shell, source }: Pick<TextApart, "shell" | "source">,
    path: Likelihood,
  ) {
    const refusal = shell === "dash" ? this.repository.refusal(source) : undefined;
    const why = inDoubt(tree, source, shell) ?? refusedBy(refusal);
    return why === undefined ? undefined : { why, entered: path };
  }

  /** A function that isn't called by its name may be called in a way that can't be seen. */
  #walkUncalled(scope: Scope): void {
    for (const definitions of scope.functions.values())
      for (const definition of definitions)
        if (!this.#called.has(definition.node)) {
          this.observed.doubted("it is in a function that isn't called by its name");
          this.#callOne(definition, 1, scope, false, { words: undefined });
        }
  }

  list(statements: readonly Statement[], path: Likelihood, scope: Scope, tested: boolean): Outcome {
    const { deadEnds, observed } = this;
    if (path > 0 || !DeadEnds.isPlain(scope)) return this.#list(statements, path, scope, tested);
    // What isn't reached may end as it likes.
    if (deadEnds.isPassed(statements, observed)) return outcomes.succeeds;
    // Nor does it change the shell's state, as it doesn't where it is passed.
    return deadEnds.keep(statements, observed, () =>
      this.#list(statements, path, inSubshell(scope), tested),
    );
  }

  #list(
    statements: readonly Statement[],
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome {
    let reached: Likelihood = 3;
    // As far as what came before may have left this list, and not the script.
    let here: Likelihood = 3;
    let within = scope;
    let last: { when: Likelihood; outcome: Outcome } = { when: 3, outcome: outcomes.succeeds };
    const ways: { when: Likelihood; outcome: Outcome }[] = [];
    let { way } = this.observed;
    for (const [index, statement] of statements.entries()) {
      const outer = [...this.observed.exits];
      this.observed.exits.clear();
      const outcome = this.#statement(statement, least(path, here), within, tested);
      ways.push({ when: reached, outcome: leaving(outcome) });
      last = { when: reached, outcome };
      const on = goesOn(outcome);
      const mayLeave = this.observed.exits.size > 0;
      for (const exit of outer) this.observed.exits.add(exit);
      const next = statements[index + 1];
      if (on === 3 && !mayLeave && this.#noteIdle(statement, next, way, scope)) continue;
      if (this.#noteLost(statement, way, scope)) continue;
      // What a statement's tests were about says nothing about the next one, if that is reached anyway: but for those
      // that were to leave the script.
      // A command that may fail leaves the script then, whatever a test before it has said.
      if (on < 3 && !mayLeave && !isTest(statement.command)) this.observed.chances(way.chance);
      if (on < 3 || index === statements.length - 1) way = this.observed.way;
      else if (mayLeave) way = withDoubtOf(this.observed.way, way);
      this.observed.way = way;
      reached = least(reached, on);
      if (mayOnlyExit(outcome)) within = behind(within, outcome);
      else here = least(here, on);
    }
    const { ok, fail } = last.outcome;
    return anyOf(...ways, { when: last.when, outcome: { ...outcomes.fails, ok, fail } });
  }

  /** Notes a test of the environment in the background; the next statement is what it was to keep from being run. */
  #noteLost({ background, command, end }: Statement, before: Way, scope: Scope): boolean {
    const { test } = this.observed.way;
    if (background !== true || !isTest(command)) return false;
    if (test === undefined || test === before.test) return false;
    this.observed.way = before;
    noteBackground(scope.source, end, this.observed.judge(scope));
    return true;
  }

  /** Notes a test of the environment that the statements behind it don't depend on. */
  #noteIdle(node: Statement, next: Statement | undefined, before: Way, scope: Scope): boolean {
    const { test, flaws } = this.observed.way;
    if (node.background === true || test === undefined || test === before.test) return false;
    if (flaws.length > before.flaws.length) return false;
    // Under set -e a test alone is a guard.
    if (node.command.type === "Command" && scope.state.errexit !== "off") return false;
    const found = this.observed.way;
    this.observed.way = before;
    const isNoted = noteIdleTest(node, next, scope.source, this.observed.judge(scope));
    if (!isNoted) this.observed.way = found;
    return isNoted;
  }

  #statement(node: Statement, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    if (node.background !== true) return this.#node(node.command, path, scope, tested);
    this.#node(node.command, path, inSubshell(scope), true);
    return outcomes.succeeds;
  }

  #spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > patience) throw new TooLong();
  }

  #node(
    node: PipelineNode | AndOr | CompoundList,
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome {
    this.#spend(1);
    const reached = wayInto(path, scope);
    const outcome = this.#outcome(node, reached, scope, tested);
    return reached > 0 && outcomes.isByChance(outcome)
      ? this.observed.depends(node, outcome, scope)
      : outcome;
  }

  #outcome(
    node: PipelineNode | AndOr | CompoundList,
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome {
    if (node.type === "AndOr") return this.#andOr(node, path, scope, tested);
    if (node.type === "Pipeline") return this.#pipeline(node, path, scope, tested);
    if (node.type === "CompoundList") return this.list(node.commands, path, scope, tested);
    return this.#command(node, path, scope, tested);
  }

  #andOr(node: AndOr, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    let before: Outcome = outcomes.succeeds;
    let halves: readonly PipelineNode[] = [];
    for (const [index, command] of node.commands.entries()) {
      const way = index === 0 || node.operators[index - 1] === "&&" ? "ok" : "fail";
      const when = before[way];
      // Under set -e only the failure of the last one ends the script.
      const ignored = index < node.commands.length - 1 || tested;
      const { way: tests } = this.observed;
      const left = node.commands[index - 1];
      const isInstead = way === "fail" && outcomes.isByChance(before);
      if (isInstead && left !== undefined && !isTest(left))
        this.observed.chances(scope.source.slice(left.pos, left.end));
      const ran = this.#node(command, least(path, when), scope, ignored);
      // What comes behind is reached where the left one succeeds as well.
      if (isInstead) this.observed.chances(tests.chance);
      if (index === 0) halves = splitTest(node);
      const isHalf = halves.includes(command);
      // Its halves are no tests that could have flaws of their own.
      if (isHalf) this.observed.way = tests;
      const outcome = isHalf ? outcomes.fails : ran;
      if (index === 0) {
        noteSplitTest(halves, node, scope.source, this.observed.judge(scope));
        noteTwoValues(node, scope.source, this.observed.judge(scope));
        noteLoneWordBeside(node, this.observed.judge(scope));
      }
      before = anyOf({ when: 3, outcome: { ...before, [way]: 0 } }, { when, outcome });
    }
    return before;
  }

  #pipeline(node: Pipeline, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    const negations = node.prefixes.filter(({ type }) => type === "Negation").length;
    const ignored = tested || negations > 0;
    const [only, second] = node.commands;
    let outcome: Outcome = outcomes.succeeds;
    if (only !== undefined && second === undefined)
      outcome = this.#node(only, path, scope, ignored);
    else
      for (const [index, command] of node.commands.entries())
        outcome = outcomes.ofSubshell(
          this.#inPipe(node.commands.slice(0, index), command, path, inSubshell(scope)),
        );
    if (negations % 2 === 1) return outcomes.inverse(outcome);
    return second === undefined ? outcome : errexit(outcome, ignored, scope);
  }

  #inPipe(
    before: readonly CommandNode[],
    command: CommandNode,
    path: Likelihood,
    scope: Scope,
  ): Outcome {
    if (command.type !== "Command") {
      const within = withInput(scope, [], before);
      if (command.type !== "While") return this.#node(command, path, within, true);
      return whileOutcome(command, path, within, true, this, within.input);
    }
    this.#spend(1);
    return runCommand(command, path, scope, true, this, before);
  }

  #command(node: CommandNode, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    switch (node.type) {
      case "Command":
        return runCommand(node, path, scope, tested, this, []);
      case "If":
        return ifOutcome(node, path, scope, tested, this);
      case "While":
        return whileOutcome(node, path, scope, tested, this);
      case "For":
        return forOutcome(node, path, scope, tested, this);
      case "Case":
        return caseOutcome(node, path, scope, tested, this);
      case "BraceGroup":
        return this.list(node.body.commands, path, scope, tested);
      case "Subshell": {
        const outcome = this.list(node.body.commands, path, inSubshell(scope), tested);
        return errexit(outcomes.ofSubshell(outcome), tested, scope);
      }
      case "Redirected": {
        this.expansions(node.redirects, path, scope);
        this.written.noteGroup(node.redirects, path, scope);
        const within = withInput(scope, node.redirects, []);
        const { command } = node;
        const outcome =
          command.type === "While"
            ? whileOutcome(command, path, within, tested, this, within.input)
            : this.#command(command, path, within, tested);
        return withRedirections(outcome, node.redirects);
      }
      case "Function":
        this.#define(node, path, scope);
        return outcomes.succeeds;
      case "TestCommand": {
        if (scope.shell === "bash")
          return errexit(
            this.observed.judged((judge) => doubleBracket(node.expression, judge), node, scope),
            tested,
            scope,
          );
        noteDoubleBracket(node, this.observed.judge(scope));
        return errexit(outcomes.fails, tested, scope);
      }
      case "Coproc":
        this.#node(node.body, path, inSubshell(scope), true);
        return outcomes.succeeds;
      case "Select":
      case "ArithmeticFor":
        return outcomes.afterLoop(
          this.list(node.body.commands, least(path, 1), { ...scope, inLoop: true }, tested),
          false,
        );
      case "ArithmeticCommand":
        noteArithmetic(node, scope.source, this.observed.judge(scope));
        return errexit(outcomes.eitherWay, tested, scope);
    }
  }

  #define(node: FunctionNode, path: Likelihood, scope: Scope): void {
    if (path === 0) return;
    const before = path === 3 ? [] : (scope.functions.get(node.name.value) ?? []);
    const { base, file, source, place } = scope;
    const origin = { base, file, source, ...(place === undefined ? {} : { place }) };
    const { isInWritten: isWritten } = this.observed;
    const definition = { node, origin, certain: path === 3, isWritten };
    scope.functions.set(node.name.value, [...before, definition]);
  }

  call(
    definitions: readonly Definition[],
    path: Likelihood,
    scope: Scope,
    tested: boolean,
    args: Arguments,
  ): Outcome {
    const [only, second] = definitions;
    const certain = second === undefined && only?.certain === true;
    const called = definitions.map((definition) => ({
      when: 3 as const,
      outcome: this.#callOne(definition, certain ? path : least(path, 1), scope, tested, {
        ...args,
      }),
    }));
    return certain ? anyOf(...called) : outcomes.eitherWay;
  }

  #callOne(
    { node, origin, isWritten }: Definition,
    path: Likelihood,
    scope: Scope,
    tested: boolean,
    args: Arguments,
  ): Outcome {
    if (this.active.has(node)) return outcomes.eitherWay;
    this.active.add(node);
    this.#called.add(node);
    const within = { ...withoutPlace(scope), ...origin, inFunction: true, inLoop: false, args };
    bind(scope.state.variables, args);
    const mayReturn = this.observed.exits.has("function");
    const follow = () => this.#node(node.body, path, within, tested);
    const outcome = outcomes.afterFunction(isWritten ? this.observed.inWritten(follow) : follow());
    if (!mayReturn) this.observed.exits.delete("function");
    bind(scope.state.variables, scope.args);
    eachNode(node, (each) => {
      if (each.type === "Command" && each.name?.text === "local") forgetNames(each, scope);
    });
    this.active.delete(node);
    return outcome;
  }

  /** Follows what stands in `$(…)` below the nodes; it runs in a shell of its own. */
  expansions(nodes: readonly SyntaxNode[], path: Likelihood, scope: Scope): void {
    for (const node of nodes)
      forEachChild(node, (child) => {
        const set = path > 0 ? setByTheWay(child) : undefined;
        if (set !== undefined) scope.state.variables.set(set, valueByTheWay(child, scope.state));
        if (child.type !== "Script") this.expansions([child], path, scope);
        else if (child.source === undefined)
          this.list(child.commands, path, inSubshell(scope), true);
      });
  }
}

function withDoubtOf({ doubt: _own, ...way }: Way, { doubt }: Way): Way {
  return doubt === undefined ? way : { ...way, doubt };
}

function refusedBy(refusal: DashRefusal | undefined): string | undefined {
  return refusal && `dash stops reading it: ${refusal.says}`;
}

const leavesSeveralLoops = /\b(?:break|continue)[ \t]+(?!1\b)[\w"'$]/u;

function inDoubt(tree: ParsedScript, source: string, shell: Shell): string | undefined {
  const [error] = tree.errors ?? [];
  if (error !== undefined) return `the script isn't complete: ${error.message}`;
  // Which of its loops that ends isn't followed.
  if (leavesSeveralLoops.test(source)) return "the script leaves more than one loop at once";
  const foreign = shell === "dash" ? notPosix(tree, source) : undefined;
  return foreign === undefined ? undefined : `the script uses ${foreign}, which dash doesn't know`;
}
