import type { GuardTarget } from "../guard.ts";
import type { Excerpt, Flaw } from "./compare.ts";
import type { Sighting } from "./sighting.ts";
import { environmentTypes, isReal, otherBranch, type World } from "./world.ts";

/** One branch or type that a guard lets through, and where the script names it. */
interface GuardLiteral {
  readonly by: GuardTarget;
  /** The word in the script, with its quotes. */
  readonly literal: Excerpt;
}

/** Where a command runs, as far as the script says. */
export type Guard =
  /** On this branch or type only, or on these few: `others` holds what is let through beside the first. */
  | (GuardLiteral & Tested & { readonly kind: "guarded"; readonly others: readonly GuardLiteral[] })
  /** In every environment. */
  | (Tested & { readonly kind: "unguarded" })
  /** In none. */
  | (Tested & { readonly kind: "never"; readonly why: string })
  /** It can't be told, or is no one kind; `allBut` where it is every environment but those of one branch or type. */
  | (Tested & { readonly kind: "unknown"; readonly why: string; readonly allBut?: GuardTarget });

/** The tests on the way to a command. */
interface Tested {
  /** Those that can't say what was meant. */
  readonly flaws: readonly Flaw[];
  /** The last one that asks for the environment's branch or type, also where it keeps nothing apart. */
  readonly test?: Excerpt;
}

/** How a call of the CLI was come across in one environment. */
export interface CallRun {
  readonly world: World;
  readonly sighting: Sighting;
}

/** The guard that explains in which environments a call is run; one run for each of them. */
export function guardOf(runs: readonly CallRun[]): Guard {
  const possible = runs.filter(({ sighting }) => sighting.likelihood > 0);
  const tested = testsOf(runs);
  if (possible.length === 0) {
    const [flaw] = tested.flaws;
    const why = flaw === undefined ? "the script never gets there" : `its guard ${flaw.says}`;
    return { kind: "never", why, ...tested };
  }
  const [literal, ...others] = guardLiterals(runs, possible) ?? [];
  if (literal !== undefined) return { kind: "guarded", ...literal, others, ...tested };
  const real = runs.filter(({ world }) => isReal(world));
  const likelihoods = new Set(real.map(({ sighting }) => sighting.likelihood));
  const isAlike = likelihoods.size === 1 && real.every(({ sighting }) => sighting.likelihood >= 2);
  const conditions = new Set(real.map(({ sighting }) => sighting.way.conditions));
  if (isAlike && (likelihoods.has(3) || conditions.size === 1))
    return { kind: "unguarded", ...tested };
  const doubt = possible.map(({ sighting }) => sighting.way.doubt).find((why) => why !== undefined);
  const why = isAlike
    ? "it depends on how commands end that aren't the same in every environment"
    : "it runs in some environments, but not in one kind only";
  const allBut = leftOutOf(real);
  return {
    kind: "unknown",
    why: doubt ?? why,
    ...(allBut === undefined ? {} : { allBut }),
    ...tested,
  };
}

/** The one branch or type on which a call certainly isn't run, when it certainly is on all others. */
function leftOutOf(runs: readonly CallRun[]): GuardTarget | undefined {
  const [first, ...others] = runs.filter(({ sighting }) => sighting.likelihood === 0);
  const isTold = runs.every(({ sighting: { likelihood } }) => likelihood === 0 || likelihood === 3);
  if (first === undefined || !isTold) return undefined;
  const { branch, type } = first.world;
  const isWhole = (belongs: (world: World) => boolean) =>
    others.every(({ world }) => belongs(world)) &&
    runs.every(({ world, sighting }) => !belongs(world) || sighting.likelihood === 0);
  if (type !== undefined && isWhole((world) => world.type === type)) return { kind: "type", type };
  return branch !== undefined && isWhole((world) => world.branch === branch)
    ? { kind: "branch", branch }
    : undefined;
}

/** Without quotes, a variable that isn't set is a fault of the test; the platform sets those that guards ask for. */
function testsOf(runs: readonly CallRun[]): Tested {
  const ways = runs.filter(({ world }) => isReal(world)).map(({ sighting }) => sighting.way);
  const flaws = new Map(
    ways.flatMap((way) => way.flaws).map((flaw) => [`${flaw.start} ${flaw.in}`, flaw]),
  );
  const test = ways.map((way) => way.test).find((each) => each !== undefined);
  return { flaws: [...flaws.values()], ...(test === undefined ? {} : { test }) };
}

/**
 * The fewest branches or types that cover every environment in which the command may run; undefined when
 * there are none, because it also runs on branches that the script doesn't name, or on every type.
 */
function guardLiterals(
  runs: readonly CallRun[],
  possible: readonly CallRun[],
): GuardLiteral[] | undefined {
  const named = (run: CallRun) =>
    run.world.branch !== undefined && run.world.branch !== otherBranch;
  if (possible.every(named)) return literalsOf("branch", possible);
  // A branch that gets there whatever its type counts as let through by itself.
  const kept = new Set(
    runs.flatMap(({ world, sighting }) => (sighting.likelihood > 0 ? [] : [world.branch])),
  );
  const freely = (run: CallRun) => named(run) && !kept.has(run.world.branch);
  const byType = possible.filter((run) => !freely(run));
  const types = new Set(byType.map(({ world }) => world.type));
  if (types.has(undefined) || types.size === environmentTypes.length) return undefined;
  const literals = literalsOf("type", byType);
  const branches = literalsOf("branch", possible.filter(freely));
  return literals === undefined || branches === undefined ? undefined : [...branches, ...literals];
}

function literalsOf(
  kind: GuardTarget["kind"],
  runs: readonly CallRun[],
): GuardLiteral[] | undefined {
  const found = new Map<string, GuardLiteral>();
  for (const { world, sighting } of runs) {
    const value = world[kind];
    const literal = sighting.literals[kind];
    if (value === undefined || literal === undefined) return undefined;
    const by: GuardTarget =
      kind === "branch" ? { kind, branch: value } : { kind: "type", type: value };
    found.set(value, { by, literal });
  }
  return [...found.values()].sort((a, b) => a.literal.start - b.literal.start);
}

/** The guard with its places as seen from a file: of what stands in that file itself, no file is said. */
export function guardSeenFrom(file: string, guard: Guard): Guard {
  if (guard.kind === "guarded") {
    const seen = ({ by, literal }: GuardLiteral) => ({ by, literal: excerptFrom(file, literal) });
    return { ...guard, ...seen(guard), others: guard.others.map(seen), ...testsFrom(file, guard) };
  }
  return { ...guard, ...testsFrom(file, guard) };
}

function testsFrom(file: string, { flaws, test }: Tested): Tested {
  return {
    flaws: flaws.map((flaw) => flawFrom(file, flaw)),
    ...(test === undefined ? {} : { test: excerptFrom(file, test) }),
  };
}

function excerptFrom<E extends Excerpt>(file: string, excerpt: E): E | Omit<E, "in"> {
  const { in: place, ...here } = excerpt;
  return place === file ? here : excerpt;
}

function flawFrom(file: string, flaw: Flaw): Flaw {
  const { in: place, repair, ...here } = flaw;
  return {
    ...here,
    ...(place === undefined || place === file ? {} : { in: place }),
    ...(repair === undefined ? {} : { repair: excerptFrom(file, repair) }),
  };
}
