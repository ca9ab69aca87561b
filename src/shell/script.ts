import { parse } from "unbash";
import type { CliCall } from "./cli-call.ts";
import type { Flaw } from "./compare.ts";
import type { GuardTarget } from "./guard.ts";
import type { Excerpt, Sighting } from "./sighting.ts";
import { TooLong, walk } from "./walk.ts";
import { environmentTypes, isReal, otherBranch, type World, worldsFor } from "./world.ts";

/** One branch or type that a guard lets through, and where the script names it. */
export interface GuardLiteral {
  readonly by: GuardTarget;
  /** The word in the script, with its quotes. */
  readonly literal: Excerpt;
}

/** Where a command runs, as far as the script says. */
type Guard =
  /** On this branch or type only, or on these few: `others` holds what is let through beside the first. */
  | (GuardLiteral & { readonly kind: "guarded"; readonly others: readonly GuardLiteral[] })
  /** In every environment; `flaw` is the test that was to prevent it and doesn't. */
  | { readonly kind: "unguarded"; readonly flaw?: Flaw }
  /** In none. */
  | { readonly kind: "never"; readonly why: string; readonly flaw?: Flaw }
  /** It can't be told; nothing is claimed. */
  | { readonly kind: "unknown"; readonly why: string };

/** A call of the CLI with its guard; offsets are those of the script. */
export interface CliCommand extends CliCall {
  readonly guard: Guard;
  /** The shell that runs it: bash inside `bash -c '…'`. */
  readonly shell: "dash" | "bash";
}

/** What a script says about the CLI. */
export interface ScriptReading {
  readonly commands: readonly CliCommand[];
  /** What is wrong with the script as a whole, when it isn't complete. */
  readonly problem?: string;
}

/**
 * Reads the calls of the CLI in a hook or cron, which dash runs, and where each of them runs: whether it is
 * guarded by a branch or an environment type. The script is followed once for every environment that it can
 * tell apart, and a guard is claimed only when no other environment gets there. Never throws.
 *
 * @param text the effective shell text
 */
export function readScript(text: string): ScriptReading {
  const [error] = parse(text).errors ?? [];
  const problem = error === undefined ? {} : { problem: error.message };
  if (!/platform|upsun/u.test(text)) return { commands: [], ...problem };
  try {
    return { commands: commandsOf(text), ...problem };
  } catch (thrown) {
    // Both come from scripts that no person wrote: nested beyond measure, or made to take for ever.
    if (thrown instanceof TooLong || thrown instanceof RangeError)
      return { commands: [], problem: "the script is too intricate to follow" };
    throw thrown;
  }
}

/** More branches than this aren't told apart. */
const branchLimit = 24;

function commandsOf(text: string): readonly CliCommand[] {
  const branches = new Set<string>();
  for (;;) {
    const worlds = worldsFor(branches);
    const walks = worlds.map((world) => walk(text, world));
    const known = branches.size;
    for (const branch of walks.flatMap((walked) => [...walked.branches])) branches.add(branch);
    if (branches.size > branchLimit) throw new TooLong();
    if (branches.size > known) continue;
    const runs = new Map<number, Run[]>();
    for (const [index, world] of worlds.entries())
      for (const sighting of walks[index]?.sightings ?? []) {
        const { start } = sighting.call;
        runs.set(start, [...(runs.get(start) ?? []), { world, sighting }]);
      }
    return [...runs.values()].flatMap(commandOf).sort((a, b) => a.start - b.start);
  }
}

interface Run {
  readonly world: World;
  readonly sighting: Sighting;
}

function commandOf(runs: readonly Run[]): CliCommand[] {
  const [first] = runs;
  if (first === undefined) return [];
  const { call, shell } = first.sighting;
  return [{ ...call, shell, guard: guardOf(runs) }];
}

function guardOf(runs: readonly Run[]): Guard {
  const possible = runs.filter(({ sighting }) => sighting.likelihood > 0);
  const flaw = runs.find(({ sighting }) => sighting.flaw !== undefined)?.sighting.flaw;
  const flawed = flaw === undefined ? {} : { flaw };
  if (possible.length === 0)
    return { kind: "never", why: flaw?.says ?? "the script never gets there", ...flawed };
  const [literal, ...others] = guardLiterals(runs, possible) ?? [];
  if (literal !== undefined) return { kind: "guarded", ...literal, others };
  const real = runs.filter(({ world }) => isReal(world));
  const likelihoods = new Set(real.map(({ sighting }) => sighting.likelihood));
  if (likelihoods.size === 1 && real.every(({ sighting }) => sighting.likelihood >= 2))
    return { kind: "unguarded", ...flawed };
  const doubt = possible.find(({ sighting }) => sighting.doubt !== undefined)?.sighting.doubt;
  return {
    kind: "unknown",
    why: doubt ?? "it runs in some environments, but not in one kind only",
  };
}

/**
 * The fewest branches or types that cover every environment in which the command may run; undefined when
 * there are none, because it also runs on branches that the script doesn't name, or on every type.
 */
function guardLiterals(runs: readonly Run[], possible: readonly Run[]): GuardLiteral[] | undefined {
  const named = (run: Run) => run.world.branch !== undefined && run.world.branch !== otherBranch;
  if (possible.every(named)) return literalsOf("branch", possible);
  // A branch that gets there whatever its type counts as let through by itself.
  const freely = (run: Run) =>
    named(run) &&
    runs.every((other) => other.world.branch !== run.world.branch || possible.includes(other));
  const byType = possible.filter((run) => !freely(run));
  const types = new Set(byType.map(({ world }) => world.type));
  if (types.has(undefined) || types.size === environmentTypes.length) return undefined;
  const literals = literalsOf("type", byType);
  const branches = literalsOf("branch", possible.filter(freely));
  return literals === undefined || branches === undefined ? undefined : [...branches, ...literals];
}

function literalsOf(kind: GuardTarget["kind"], runs: readonly Run[]): GuardLiteral[] | undefined {
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
