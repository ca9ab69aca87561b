import type { Case, For, If, Statement, SyntaxNode, While } from "unbash";
import { eachNode } from "../parse/tree.ts";
import { forgetArguments, wordsFor } from "./arguments.ts";
import { forgetAll } from "./assigned.ts";
import { matches } from "./compare.ts";
import { noteArm } from "./mistakes.ts";
import type { Observations } from "./observations.ts";
import * as outcomes from "./outcome.ts";
import {
  anyOf,
  goesOn,
  type Likelihood,
  least,
  leaving,
  mayOnlyExit,
  most,
  type Outcome,
} from "./outcome.ts";
import { readRounds } from "./read-loop.ts";
import { behind, type CommandOutput, type Scope } from "./scope.ts";
import type { Way } from "./sighting.ts";
import { noteForeignExpansion } from "./slips.ts";
import { isSame, sameText } from "./value.ts";
import { isGuessed, likelyText, wordValue } from "./word.ts";

/** How the parts of a compound command are followed. */
export interface Follow {
  readonly observed: Observations;
  list(statements: readonly Statement[], path: Likelihood, scope: Scope, tested: boolean): Outcome;
  expansions(nodes: readonly SyntaxNode[], path: Likelihood, scope: Scope): void;
}

/** The branches of one command: a test in one of them stands on the way to what follows, and not to the others. */
class Branches {
  readonly #observed: Observations;
  #last: Way["test"];

  constructor(observed: Observations) {
    this.#observed = observed;
  }

  /** Follows a branch from the tests that led to it. */
  follow(branch: () => Outcome): Outcome {
    const { test } = this.#observed.way;
    const outcome = branch();
    const { test: within } = this.#observed.way;
    if (within !== test) this.#last = within;
    this.#set(test);
    return outcome;
  }

  /** Goes on behind them. */
  end(): void {
    if (this.#last !== undefined) this.#set(this.#last);
  }

  #set(test: Way["test"]): void {
    const { test: _other, ...way } = this.#observed.way;
    this.#observed.way = test === undefined ? way : { ...way, test };
  }
}

/** `if`, with each test only as sure as the failure of those before it. */
export function ifOutcome(
  node: If,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
): Outcome {
  let rest: Likelihood = 3;
  const ways: { when: Likelihood; outcome: Outcome }[] = [];
  const branches = new Branches(follow.observed);
  for (const { clause, then } of [node, ...node.elif]) {
    const test = follow.list(clause.commands, least(path, rest), scope, true);
    const when = least(rest, test.ok);
    const body = branches.follow(() =>
      follow.list(then.commands, least(path, when), scope, tested),
    );
    ways.push({ when: rest, outcome: leaving(test) }, { when, outcome: body });
    rest = least(rest, test.fail);
  }
  const last = node.else;
  const otherwise =
    last === undefined
      ? outcomes.succeeds
      : branches.follow(() => follow.list(last.commands, least(path, rest), scope, tested));
  branches.end();
  return anyOf(...ways, { when: rest, outcome: otherwise });
}

/**
 * `while` and `until`.
 *
 * @param input what comes in, where it begins at the loop
 */
export function whileOutcome(
  node: While,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
  input?: CommandOutput,
): Outcome {
  const played = roundsOverArguments(node, path, scope, tested, follow);
  if (played !== undefined) return played;
  const rounds = readRounds(node, input);
  if (rounds?.kind === "known") {
    const lines = rounds.lines.length <= mostRounds(scope) ? rounds.lines : undefined;
    if (lines !== undefined) return linesOutcome(node, lines, path, scope, tested, follow);
  }
  const within = { ...scope, inLoop: true };
  forgetAll(node, scope);
  forgetArguments(node, scope);
  const test =
    rounds === undefined ? follow.list(node.clause.commands, path, within, true) : outcomes.either;
  const when = node.kind === "while" ? test.ok : test.fail;
  const body = follow.list(node.body.commands, least(path, when), within, tested);
  const loop = anyOf({ when: 3, outcome: leaving(test) }, { when, outcome: body });
  // It may go round for ever, which is as good as an exit.
  forgetAll(node, scope);
  forgetArguments(node, scope);
  const endless = when === 3 || body.jump > 0;
  return outcomes.afterLoop(endless ? { ...loop, exit: most(loop.exit, 1) } : loop, false);
}

/**
 * A loop over the arguments of a script, `while [ $# -gt 0 ]` or `while getopts …`, round by round: each of them is as
 * known as the arguments are. Undefined for another loop, and where one of the rounds can't be told.
 */
function roundsOverArguments(
  node: While,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
): Outcome | undefined {
  if (path < 3 || !movesArguments(node)) return undefined;
  let within: Scope = { ...scope, inLoop: true };
  const bodies: Outcome[] = [];
  for (let round = 0; round <= mostRounds(scope); round++) {
    if (scope.args.words === undefined) return undefined;
    const test = follow.list(node.clause.commands, 3, within, true);
    const [holds, ends] = node.kind === "while" ? [test.ok, test.fail] : [test.fail, test.ok];
    if (ends === 3 && holds === 0) return endOf(bodies);
    if (holds !== 3 || goesOn(test) !== 3) return undefined;
    const body = follow.list(node.body.commands, 3, within, tested);
    bodies.push(body);
    if (body.jump === 3 && !continues(node)) return endOf(bodies);
    if (goesOn(body) === 0 && body.jump === 0) return endOf(bodies);
    if (mayOnlyExit(body)) within = behind(within, body);
    else if (goesOn(body) !== 3) return undefined;
  }
  return undefined;
}

/** What rounds that are gone through one after the other come to. */
function endOf(bodies: readonly Outcome[]): Outcome {
  const last = bodies.at(-1);
  if (last === undefined) return outcomes.succeeds;
  const exit = bodies.map((body) => body.exit).reduce(most, 0);
  return outcomes.afterLoop({ ...last, exit }, true);
}

function movesArguments(loop: While): boolean {
  return hasCommand(loop, /^(?:shift|getopts)$/u);
}

function continues(loop: While): boolean {
  return hasCommand(loop, /^continue$/u);
}

function hasCommand(loop: While, name: RegExp): boolean {
  let found = false;
  eachNode(loop, (node) => {
    if (node.type === "Command" && name.test(node.name?.text ?? "")) found = true;
  });
  return found;
}

/** `while read`, once for each line. */
function linesOutcome(
  node: While,
  lines: readonly ReadonlyMap<string, string>[],
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
): Outcome {
  const round = (when: Likelihood) =>
    follow.list(node.body.commands, least(path, when), { ...scope, inLoop: true }, tested);
  if (lines.length === 0) round(0);
  // What the first round starts may take the lines behind it.
  return roundsOutcome(node, lines, { first: 3, later: 2 }, scope, round);
}

/** The rounds of a loop that is gone through in full, or once for all of them; the loop has one at least if `first` is 3. */
function roundsOutcome(
  node: For | While,
  rounds: readonly (ReadonlyMap<string, string> | undefined)[],
  { first, later }: { readonly first: Likelihood; readonly later: Likelihood },
  scope: Scope,
  follow: (when: Likelihood) => Outcome,
): Outcome {
  let when = first;
  const bodies: { when: Likelihood; outcome: Outcome }[] = [];
  for (const values of rounds) {
    forgetAll(node, scope);
    forgetArguments(node, scope);
    for (const [name, text] of values ?? []) scope.state.variables.set(name, sameText(text));
    const outcome = follow(when);
    bodies.push({ when, outcome });
    // A `continue` goes on with the next round, and a `break` doesn't: of which it was nothing is known here.
    when = outcome.jump > 0 ? least(when, 1) : least(when, goesOn(outcome));
    when = least(when, later);
  }
  forgetAll(node, scope);
  forgetArguments(node, scope);
  // What ends the script in any round ends it; the status is that of the last one.
  const { ok, fail } = bodies.at(-1)?.outcome ?? outcomes.succeeds;
  const isSure = first === 3 && rounds.length > 0;
  return outcomes.afterLoop({ ...anyOf(...bodies), ok, fail }, isSure);
}

/** A loop in a loop is gone through in full only where it is short. */
function mostRounds({ inLoop }: Scope): number {
  return inLoop ? 6 : 40;
}

/** `for`, whose body is sure to run when the words are fixed, once for each of them. */
export function forOutcome(
  node: For,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
): Outcome {
  const words = node.wordlist ?? [];
  follow.expansions(words, path, scope);
  const listed = node.wordlist === undefined ? scope.args.words : wordsFor(words, scope);
  const texts = listed?.map(likelyText);
  const known = texts?.filter((text) => text !== undefined) ?? [];
  const isFixed = known.length > 0 && known.length === texts?.length;
  const steady = words.every((word) => isSame(wordValue(word, scope.state)));
  const first: Likelihood = isFixed ? 3 : steady ? 2 : 1;
  const isShort = isFixed && listed?.some(isGuessed) === false && known.length <= mostRounds(scope);
  const rounds = isShort ? known.map((text) => new Map([[node.name.value, text]])) : [undefined];
  const within = { ...scope, inLoop: true };
  return roundsOutcome(node, rounds, { first, later: 3 }, scope, (when) =>
    follow.list(node.body.commands, least(path, when), within, tested),
  );
}

/** `case`, with each pattern only as sure as the mismatch of those before it. */
export function caseOutcome(
  node: Case,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
): Outcome {
  follow.expansions([node.word], path, scope);
  const isRefused =
    scope.shell === "dash" && noteForeignExpansion([node.word], follow.observed.judge(scope));
  if (isRefused) follow.observed.exits.add("script");
  const branches = new Branches(follow.observed);
  let rest: Likelihood = isRefused ? 0 : 3;
  const ways: { when: Likelihood; outcome: Outcome }[] = [];
  for (const item of node.items) {
    const fits = item.pattern.map((pattern) =>
      follow.observed.judged(
        (judge) => {
          noteArm(node.word, pattern, judge);
          return matches(node.word, pattern, judge);
        },
        node.word,
        scope,
      ),
    );
    const when = least(rest, fits.map(({ ok }) => ok).reduce(most, 0));
    const body = branches.follow(() =>
      follow.list(item.body.commands, least(path, when), scope, tested),
    );
    ways.push({ when, outcome: body });
    rest = least(rest, fits.map(({ fail }) => fail).reduce(least, 3));
  }
  branches.end();
  return isRefused ? outcomes.exits : anyOf(...ways, { when: rest, outcome: outcomes.succeeds });
}
