/**
 * How sure something is to happen, in one environment.
 * 0: it can't. 1: it may, and whether it does may depend on the environment. 2: it may, for reasons that
 * are the same in every environment, such as a file or the network. 3: it does.
 */
export type Likelihood = 0 | 1 | 2 | 3;

/** The ways in which a piece of a script can end, each with its likelihood, given that it was started. */
export interface Outcome {
  /** It ends with status 0. */
  readonly ok: Likelihood;
  /** It ends with another status. */
  readonly fail: Likelihood;
  /** It ends the whole script. */
  readonly exit: Likelihood;
  /** It returns from the function it is in, with status 0 or another. */
  readonly returnOk: Likelihood;
  readonly returnFail: Likelihood;
  /** It breaks out of its loop, or goes on with the next round. */
  readonly jump: Likelihood;
}

const nothing: Outcome = { ok: 0, fail: 0, exit: 0, returnOk: 0, returnFail: 0, jump: 0 };
const ways = ["ok", "fail", "exit", "returnOk", "returnFail", "jump"] as const;

/** It goes on after a success. */
export const succeeds: Outcome = { ...nothing, ok: 3 };
/** It goes on after a failure. */
export const fails: Outcome = { ...nothing, fail: 3 };
/** The script ends here. */
export const exits: Outcome = { ...nothing, exit: 3 };
/** A loop is left, or begun again. */
export const jumps: Outcome = { ...nothing, jump: 3 };
/** A function ends here with a success. */
export const returnsOk: Outcome = { ...nothing, returnOk: 3 };
/** A function ends here with a failure. */
export const returnsFail: Outcome = { ...nothing, returnFail: 3 };
/** It ends either way, for reasons that are the same in every environment. */
export const either: Outcome = { ...nothing, ok: 2, fail: 2 };
/** It ends either way, and that may depend on the environment. */
export const eitherWay: Outcome = { ...nothing, ok: 1, fail: 1 };

/** The less likely of two. */
export const least = (a: Likelihood, b: Likelihood): Likelihood => (a < b ? a : b);
/** The likelier of two. */
export const most = (a: Likelihood, b: Likelihood): Likelihood => (a > b ? a : b);

/** One of several endings: each way is as likely as the likeliest of its sources; a single way left is sure. */
export function anyOf(
  ...parts: readonly { readonly when: Likelihood; readonly outcome: Outcome }[]
): Outcome {
  const sum: { -readonly [way in keyof Outcome]: Likelihood } = { ...nothing };
  for (const { when, outcome } of parts)
    for (const way of ways) sum[way] = most(sum[way], least(when, outcome[way]));
  const possible = ways.filter((way) => sum[way] > 0);
  const [only, second] = possible;
  return only !== undefined && second === undefined ? { ...nothing, [only]: 3 } : sum;
}

/** Whether it may end in more than one way, for reasons that are the same in every environment. */
export function isByChance(outcome: Outcome): boolean {
  return ways.some((way) => outcome[way] === 2);
}

/** As it is when what was the same in every environment isn't. */
export function notAlike(outcome: Outcome): Outcome {
  const ends: { -readonly [way in keyof Outcome]: Likelihood } = { ...outcome };
  for (const way of ways) if (ends[way] === 2) ends[way] = 1;
  return ends;
}

/** The outcome without its status: what is left when the next command is reached. */
export function leaving(outcome: Outcome): Outcome {
  return { ...outcome, ok: 0, fail: 0 };
}

/** How sure the command after this one is to be reached, given that this one was started. */
export function goesOn({ ok, fail, exit, returnOk, returnFail, jump }: Outcome): Likelihood {
  const on = most(ok, fail);
  const left = [exit, returnOk, returnFail, jump].reduce(most, 0);
  if (on === 0) return 0;
  if (left === 0) return 3;
  return left === 3 ? least(on, 1) : least(on, left);
}

/** Whether it goes on, or ends the whole script: behind it, all is as it has left it. */
export function mayOnlyExit(outcome: Outcome): boolean {
  const { exit, returnOk, returnFail, jump } = outcome;
  return exit > 0 && returnOk === 0 && returnFail === 0 && jump === 0 && goesOn(outcome) > 0;
}

/** As the script that started it in a shell of its own sees it: an exit ends only that shell. */
export function ofSubshell(outcome: Outcome): Outcome {
  const { ok, fail, exit, returnOk, returnFail, jump } = outcome;
  const left = [exit, returnOk, returnFail, jump].reduce(most, 0);
  const unknown = least(left, 1);
  return { ...nothing, ok: most(ok, unknown), fail: most(fail, unknown) };
}

/** As the caller of a function sees it: a return ends only the function. */
export function afterFunction(outcome: Outcome): Outcome {
  const { ok, fail, exit, returnOk, returnFail, jump } = outcome;
  return { ...nothing, ok: most(ok, returnOk), fail: most(fail, returnFail), exit, jump };
}

/**
 * As what follows a loop sees it: a break ends only the loop, whose status is that of its last round, and 0 without one.
 *
 * @param last the outcome of the last round
 * @param hasRound whether it is sure to have one
 */
export function afterLoop(last: Outcome, hasRound: boolean): Outcome {
  const { ok, fail, exit, returnOk, returnFail, jump } = last;
  const left = [exit, returnOk, returnFail].reduce(most, 0);
  const held = (likelihood: Likelihood) => (left === 0 ? likelihood : least(likelihood, 1));
  const mayBeOk = ok > 0 || jump > 0 || !hasRound;
  if (fail === 0) return { ...last, ok: held(mayBeOk ? 3 : 0), fail: 0, jump: 0 };
  if (!mayBeOk) return { ...last, ok: 0, fail: held(3), jump: 0 };
  // Whether the last round fails may depend on the environment, and so then does whether there is one that counts.
  const on = held(ok === 2 && fail === 2 ? 2 : 1);
  return { ...last, ok: on, fail: on, jump: 0 };
}

/** As it is when it may also not be started, or again; what depended on the environment still does. */
export function orEither(outcome: Outcome): Outcome {
  return { ...outcome, ok: outcome.ok === 0 ? 1 : outcome.ok, fail: outcome.fail || 2 };
}

/** As it is when something else may have run: what was sure isn't, and it may end with either status. */
export function unsure(outcome: Outcome): Outcome {
  if (isByChance(outcome) && outcome.ok > 0 && outcome.fail > 0) return outcome;
  return anyOf({ when: 1, outcome }, { when: 1, outcome: eitherWay });
}

/** With the status turned round, as `!` does. */
export function inverse(outcome: Outcome): Outcome {
  return { ...outcome, ok: outcome.fail, fail: outcome.ok };
}
