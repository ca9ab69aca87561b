import type { Case, For, If, Statement, SyntaxNode, While } from "unbash";
import { forgetArguments, wordsFor } from "./arguments.ts";
import { forgetAll } from "./assigned.ts";
import { matches } from "./compare.ts";
import { noteArm } from "./mistakes.ts";
import type { Observations } from "./observations.ts";
import * as outcomes from "./outcome.ts";
import { anyOf, goesOn, type Likelihood, least, leaving, most, type Outcome } from "./outcome.ts";
import type { Scope } from "./scope.ts";
import { isSame, sameText } from "./value.ts";
import { fixedText, wordValue } from "./word.ts";

/** How the parts of a compound command are followed. */
export interface Follow {
  readonly observed: Observations;
  list(statements: readonly Statement[], path: Likelihood, scope: Scope, tested: boolean): Outcome;
  expansions(nodes: readonly SyntaxNode[], path: Likelihood, scope: Scope): void;
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
  for (const { clause, then } of [node, ...node.elif]) {
    const test = follow.list(clause.commands, least(path, rest), scope, true);
    const when = least(rest, test.ok);
    ways.push(
      { when: rest, outcome: leaving(test) },
      { when, outcome: follow.list(then.commands, least(path, when), scope, tested) },
    );
    rest = least(rest, test.fail);
  }
  const otherwise =
    node.else === undefined
      ? outcomes.succeeds
      : follow.list(node.else.commands, least(path, rest), scope, tested);
  return anyOf(...ways, { when: rest, outcome: otherwise });
}

/** `while` and `until`. */
export function whileOutcome(
  node: While,
  path: Likelihood,
  scope: Scope,
  tested: boolean,
  follow: Follow,
): Outcome {
  const within = { ...scope, inLoop: true };
  forgetAll(node, scope);
  forgetArguments(node, scope);
  const test = follow.list(node.clause.commands, path, within, true);
  const when = node.kind === "while" ? test.ok : test.fail;
  const body = follow.list(node.body.commands, least(path, when), within, tested);
  const loop = anyOf({ when: 3, outcome: leaving(test) }, { when, outcome: body });
  // It may go round for ever, which is as good as an exit.
  forgetAll(node, scope);
  forgetArguments(node, scope);
  const endless = when === 3 || body.jump > 0;
  return outcomes.afterLoop(endless ? { ...loop, exit: most(loop.exit, 1) } : loop, false);
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
  const texts =
    node.wordlist === undefined
      ? scope.args.words?.map(fixedText)
      : wordsFor(words, scope).map(fixedText);
  const known = texts?.filter((text) => text !== undefined) ?? [];
  const isFixed = known.length > 0 && known.length === texts?.length;
  const steady = words.every((word) => isSame(wordValue(word, scope.state)));
  let when: Likelihood = isFixed ? 3 : steady ? 2 : 1;
  const within = { ...scope, inLoop: true };
  const bodies: { when: Likelihood; outcome: Outcome }[] = [];
  // A loop in a loop is gone through in full only where it is short.
  const rounds = isFixed && known.length <= (scope.inLoop ? 6 : 40) ? known : [undefined];
  for (const text of rounds) {
    forgetAll(node, scope);
    forgetArguments(node, scope);
    if (text !== undefined) scope.state.variables.set(node.name.value, sameText(text));
    const outcome = follow.list(node.body.commands, least(path, when), within, tested);
    bodies.push({ when, outcome });
    // A `continue` goes on with the next round, and a `break` doesn't: of which it was nothing is known here.
    when = outcome.jump > 0 ? least(when, 1) : least(when, goesOn(outcome));
  }
  forgetAll(node, scope);
  forgetArguments(node, scope);
  // What ends the script in any round ends it; the status is that of the last one.
  const { ok, fail } = bodies.at(-1)?.outcome ?? outcomes.succeeds;
  return outcomes.afterLoop({ ...anyOf(...bodies), ok, fail }, isFixed);
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
  let rest: Likelihood = 3;
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
    const body = follow.list(item.body.commands, least(path, when), scope, tested);
    ways.push({ when, outcome: body });
    rest = least(rest, fits.map(({ fail }) => fail).reduce(least, 3));
  }
  return anyOf(...ways, { when: rest, outcome: outcomes.succeeds });
}
