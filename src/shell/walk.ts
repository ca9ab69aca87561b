import type {
  AndOr,
  Command,
  CommandNode,
  CompoundList,
  Function as FunctionNode,
  Pipeline,
  PipelineNode,
  Statement,
  SyntaxNode,
  Word,
} from "unbash";
import { forEachChild, parse } from "unbash";
import { cliCall } from "./cli-call.ts";
import { caseOutcome, type Follow, forOutcome, ifOutcome, whileOutcome } from "./compound.ts";
import { changesGuardVariables, notPosix } from "./dialect.ts";
import { noteDoubleBracket } from "./flaws.ts";
import * as outcomes from "./outcome.ts";
import { anyOf, goesOn, type Likelihood, least, leaving, type Outcome } from "./outcome.ts";
import { programOutcome, redirected } from "./program.ts";
import { type Definition, errexit, inSubshell, type Scope } from "./scope.ts";
import type { Walked } from "./sighting.ts";
import { type InnerScript, innerScript, started } from "./simple-command.ts";
import { doubleBracket } from "./test-command.ts";
import { Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** More steps than any script of a person takes; a script made to explode is given up. */
const patience = 20_000;

/** Thrown when a script takes too many steps to follow. */
export class TooLong extends Error {}

/**
 * Follows a script in one environment, as the shell would, and notes each call of the CLI with how sure it is
 * to be run. Where the shell's way can't be known, all ways are followed.
 */
export function walk(script: string, world: World): Walked {
  const witness = new Witness(world);
  const whole = { start: 0, end: script.length, shell: "dash", verbatim: true } as const;
  new Walker(witness).script(script, whole);
  return { sightings: [...witness.sightings.values()], branches: witness.branches };
}

class Walker implements Follow {
  readonly witness: Witness;
  readonly #active = new Set<FunctionNode>();
  readonly #called = new Set<FunctionNode>();
  #steps = 0;

  constructor(witness: Witness) {
    this.witness = witness;
  }

  /** Follows a script that a shell of its own runs. */
  script(
    source: string,
    inner: Omit<InnerScript, "errexit"> & { readonly errexit?: boolean },
    path: Likelihood = 3,
    outer?: Scope,
  ): Outcome {
    const text = source.slice(inner.start, inner.end);
    const tree = parse(text);
    const why = inDoubt(tree.errors?.[0]?.message, inner.verbatim, () =>
      inner.shell === "dash" ? notPosix(tree, text) : undefined,
    );
    const doubt = why === undefined ? outer?.doubt : { why, entered: path };
    const scope: Scope = {
      source: text,
      base: (outer?.base ?? 0) + inner.start,
      shell: inner.shell,
      trusted: (outer?.trusted ?? true) && !changesGuardVariables(tree),
      ...(doubt === undefined ? {} : { doubt }),
      functions: new Map(),
      inFunction: false,
      inLoop: false,
      options: { errexit: inner.errexit === true ? "on" : "off" },
    };
    const outcome = this.list(tree.commands, path, scope, false);
    this.#walkUncalled(scope);
    return why === undefined ? outcomes.contained(outcome) : outcomes.unproven;
  }

  /** A function that isn't called by its name may be called in a way that can't be seen. */
  #walkUncalled(scope: Scope): void {
    for (const definitions of scope.functions.values())
      for (const { node } of definitions)
        if (!this.#called.has(node)) {
          this.witness.doubt = "it is in a function that isn't called by its name";
          this.#callOne(node, 1, scope, false);
        }
  }

  list(statements: readonly Statement[], path: Likelihood, scope: Scope, tested: boolean): Outcome {
    let reached: Likelihood = 3;
    let last: { when: Likelihood; outcome: Outcome } = { when: 3, outcome: outcomes.succeeds };
    const ways: { when: Likelihood; outcome: Outcome }[] = [];
    for (const [index, statement] of statements.entries()) {
      const [doubt, flaw] = [this.witness.doubt, this.witness.flaw];
      const outcome = this.#statement(statement, least(path, reached), scope, tested);
      ways.push({ when: reached, outcome: leaving(outcome) });
      last = { when: reached, outcome };
      const on = goesOn(outcome);
      // What a statement's tests were about says nothing about the next one, if that is reached anyway.
      if (on === 3 && index < statements.length - 1)
        [this.witness.doubt, this.witness.flaw] = [doubt, flaw];
      reached = least(reached, on);
    }
    const { ok, fail } = last.outcome;
    return anyOf(...ways, { when: last.when, outcome: { ...outcomes.fails, ok, fail } });
  }

  #statement(node: Statement, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    if (node.background !== true) return this.#node(node.command, path, scope, tested);
    this.#node(node.command, path, inSubshell(scope), true);
    return outcomes.succeeds;
  }

  #node(
    node: PipelineNode | AndOr | CompoundList,
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome {
    this.#steps += 1;
    if (this.#steps > patience) throw new TooLong();
    if (node.type === "AndOr") return this.#andOr(node, path, scope, tested);
    if (node.type === "Pipeline") return this.#pipeline(node, path, scope, tested);
    if (node.type === "CompoundList") return this.list(node.commands, path, scope, tested);
    return this.#command(node, path, scope, tested);
  }

  #andOr(node: AndOr, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    let before: Outcome = outcomes.succeeds;
    for (const [index, command] of node.commands.entries()) {
      const way = index === 0 || node.operators[index - 1] === "&&" ? "ok" : "fail";
      const when = before[way];
      // Under set -e only the failure of the last one ends the script.
      const ignored = index < node.commands.length - 1 || tested;
      const outcome = this.#node(command, least(path, when), scope, ignored);
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
      for (const command of node.commands)
        outcome = outcomes.contained(this.#node(command, path, inSubshell(scope), true));
    if (negations % 2 === 1) return outcomes.negated(outcome);
    return second === undefined ? outcome : errexit(outcome, ignored, scope);
  }

  #command(node: CommandNode, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    switch (node.type) {
      case "Command":
        return this.#simple(node, path, scope, tested);
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
        return errexit(outcomes.contained(outcome), tested, scope);
      }
      case "Redirected": {
        this.expansions(node.redirects, path, scope);
        const outcome = this.#command(node.command, path, scope, tested);
        return redirected(outcome, node.redirects);
      }
      case "Function":
        this.#define(node, path, scope);
        return outcomes.succeeds;
      case "TestCommand": {
        if (scope.shell === "bash")
          return errexit(
            this.witness.judged((judge) => doubleBracket(node.expression, judge), node, scope),
            tested,
            scope,
          );
        noteDoubleBracket(node, this.witness.judge(scope));
        return errexit(outcomes.fails, tested, scope);
      }
      case "Coproc":
        this.#node(node.body, path, inSubshell(scope), true);
        return outcomes.succeeds;
      case "Select":
      case "ArithmeticFor":
        return outcomes.looped(
          this.list(node.body.commands, least(path, 1), { ...scope, inLoop: true }, tested),
        );
      case "ArithmeticCommand":
        return errexit(outcomes.unproven, tested, scope);
    }
  }

  #define(node: FunctionNode, path: Likelihood, scope: Scope): void {
    if (path === 0) return;
    const before = path === 3 ? [] : (scope.functions.get(node.name.value) ?? []);
    scope.functions.set(node.name.value, [...before, { node, certain: path === 3 }]);
  }

  #call(
    definitions: readonly Definition[],
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome {
    const [only, second] = definitions;
    const certain = second === undefined && only?.certain === true;
    const called = definitions.map(({ node }) => ({
      when: 3 as const,
      outcome: this.#callOne(node, certain ? path : least(path, 1), scope, tested),
    }));
    return certain ? anyOf(...called) : outcomes.unproven;
  }

  #callOne(node: FunctionNode, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    if (this.#active.has(node)) return outcomes.unproven;
    this.#active.add(node);
    this.#called.add(node);
    const within = { ...scope, inFunction: true, inLoop: false };
    const outcome = outcomes.returned(this.#node(node.body, path, within, tested));
    this.#active.delete(node);
    return outcome;
  }

  #simple(node: Command, path: Likelihood, scope: Scope, tested: boolean): Outcome {
    this.expansions([node], path, scope);
    const { words, replaces } = started(node);
    const outcome = redirected(this.#program(node, words, path, scope, tested), node.redirects);
    return replaces ? outcomes.exits : errexit(outcome, tested, scope);
  }

  #program(
    node: Command,
    words: readonly Word[],
    path: Likelihood,
    scope: Scope,
    tested: boolean,
  ): Outcome {
    const [first, ...rest] = words;
    if (first === undefined) return node.prefix.length > 0 ? outcomes.either : outcomes.succeeds;
    const functions = scope.functions.get(first.value);
    if (functions !== undefined) return this.#call(functions, path, scope, tested);
    const inner = innerScript(words);
    if (inner !== undefined) return this.script(scope.source, inner, path, scope);
    const call = cliCall(words);
    if (call !== undefined) return this.witness.seen(call, path, scope);
    return programOutcome(first, rest, node, path, scope, this.witness);
  }

  /** Follows what stands in `$(…)` below the nodes; it runs in a shell of its own. */
  expansions(nodes: readonly SyntaxNode[], path: Likelihood, scope: Scope): void {
    for (const node of nodes)
      forEachChild(node, (child) => {
        if (child.type !== "Script") this.expansions([child], path, scope);
        else if (child.source === undefined)
          this.list(child.commands, path, inSubshell(scope), true);
      });
  }
}

function inDoubt(
  error: string | undefined,
  verbatim: boolean,
  dialect: () => string | undefined,
): string | undefined {
  if (error !== undefined) return `the script isn't complete: ${error}`;
  if (!verbatim) return "it is in a script that another shell puts together";
  const foreign = dialect();
  return foreign === undefined ? undefined : `the script uses ${foreign}, which dash doesn't know`;
}
