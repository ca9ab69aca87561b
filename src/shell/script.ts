import type { CliInvocation } from "./cli-call.ts";
import { DeadEnds } from "./evaluate/dead-ends.ts";
import type { Likelihood } from "./evaluate/outcome.ts";
import { ScriptRepository } from "./evaluate/repository.ts";
import {
  gapKey,
  openWay,
  type ReadingGap,
  type Shell,
  type WalkResult,
} from "./evaluate/sighting.ts";
import { TooLong, walk } from "./evaluate/walk.ts";
import { type CallRun, type Guard, guardOf, guardSeenFrom } from "./evaluate/where-run.ts";
import { isReal, otherBranch, type World, worldsFor } from "./evaluate/world.ts";
import { tooIntricate, whyCutShort } from "./parse/parse.ts";

export { calledScripts } from "./evaluate/called-scripts.ts";
export type { Excerpt, Flaw, Repair, Stretch } from "./evaluate/compare.ts";
export type { ReadingGap } from "./evaluate/sighting.ts";
export { isTaskFile } from "./evaluate/task-file.ts";
export { environmentTypes } from "./evaluate/world.ts";

/** A call of the CLI with its guard; offsets are those of the script that it stands in. */
export interface CliCommand extends CliInvocation {
  readonly guard: Guard;
  /** How sure it is to be run in each environment that the script can tell apart. */
  readonly ways: readonly {
    readonly world: World;
    readonly likelihood: Likelihood;
    /** What passes over it at times, as it is written. */
    readonly chance?: string;
  }[];
  /** The shell that runs it: bash inside `bash -c '…'` and in called scripts that ask for it. */
  readonly shell: Shell;
}

/** What a script says about the CLI. */
export interface ScriptReading {
  readonly commands: readonly CliCommand[];
  /** The scripts of the repository that it calls, also through others, by their paths from the app's directory. */
  readonly called: ReadonlyMap<string, CalledReading>;
  /** The paths of those whose text isn't known. */
  readonly unread: readonly string[];
  /** The lines of the tasks of a package manager or of make that it runs, by how these are called: "make build". */
  readonly tasks: ReadonlyMap<string, readonly string[]>;
  /** Where the reading stops, itself and in what it calls, in the order of their places. */
  readonly gaps: readonly ReadingGap[];
  /** The branches that it asks for, itself and in what it calls. */
  readonly branches: ReadonlySet<string>;
  /** What is wrong with the script as a whole, when it isn't complete. */
  readonly problem?: string;
  /** Why commands of it may be left out, where nothing says that the shell reads less of it than is written. */
  readonly cutShort?: string;
}

/** A called script as the one that calls it sees it: a guard may stand in either. */
interface CalledReading {
  /** The shell that runs it; dash when both do. */
  readonly shell: Shell;
  readonly commands: readonly CliCommand[];
}

/**
 * Reads the calls of the CLI in a hook or cron, which dash runs, and in the scripts of the repository that it calls;
 * and where each of them runs: whether it is guarded by a branch or an environment type. The script is followed once
 * for every environment that it can tell apart, and a guard is claimed only when no other environment gets there.
 * Never throws.
 *
 * @param text the effective shell text
 * @param texts the scripts of the repository that are known, by their paths from the app's directory, with `/`
 */
export function readScript(
  text: string,
  texts: ReadonlyMap<string, string> = new Map(),
): ScriptReading {
  const repository = new ScriptRepository(texts);
  const tree = repository.tree(text, "dash");
  const [error] = tree.errors ?? [];
  const refusal = repository.refusal(text);
  const says = refusal?.says ?? error?.message;
  const problem = says === undefined ? {} : { problem: says };
  const why = refusal === undefined ? whyCutShort(tree) : undefined;
  const cutShort = why === undefined ? {} : { cutShort: why };
  try {
    return { ...followed(text, repository), ...problem, ...cutShort };
  } catch (thrown) {
    // Both come from scripts that no person wrote: nested beyond measure, or made to take for ever.
    if (thrown instanceof TooLong || thrown instanceof RangeError)
      return { ...nothing, problem: tooIntricate, cutShort: tooIntricate };
    throw thrown;
  }
}

const nothing = {
  commands: [],
  called: new Map<string, CalledReading>(),
  unread: [],
  tasks: new Map<string, readonly string[]>(),
  gaps: [],
  branches: new Set<string>(),
};

type Walk = WalkResult & { readonly world: World };

/** More branches than this aren't told apart. */
const branchLimit = 250;

function followed(
  text: string,
  repository: ScriptRepository,
): Omit<ScriptReading, "problem" | "cutShort"> {
  const branches = new Set<string>();
  const walked = new Walks();
  const deadEnds = new DeadEnds();
  for (;;) {
    const walks = worldsFor(branches).map((world): Walk => {
      const found =
        walked.like(world) ?? walked.keep(walk(text, world, repository, deadEnds), world);
      return { ...found, world };
    });
    const known = branches.size;
    for (const found of walked.all) for (const branch of found.branches) branches.add(branch);
    if (branches.size > branchLimit) throw new TooLong();
    if (branches.size === known) return { ...readingOf(walks, walked.all), branches };
  }
}

/** The walks that were made, by what they asked of the world: a world that is alike in that needs none of its own. */
class Walks {
  readonly all = new Set<WalkResult>();
  readonly #byAsked = new Map<
    string,
    { asked: readonly (keyof World)[]; by: Map<string, WalkResult> }
  >();

  like(world: World): WalkResult | undefined {
    for (const { asked, by } of this.#byAsked.values()) {
      const found = by.get(answersOf(world, asked));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  keep(found: WalkResult, world: World): WalkResult {
    this.all.add(found);
    const asked = [...found.asked].sort();
    const key = asked.join(" ");
    const kept = this.#byAsked.get(key) ?? { asked, by: new Map<string, WalkResult>() };
    this.#byAsked.set(key, kept);
    kept.by.set(answersOf(world, asked), found);
    return found;
  }
}

function answersOf(world: World, asked: readonly (keyof World)[]): string {
  return asked.length === 0 ? "" : JSON.stringify(asked.map((fact) => world[fact] ?? null));
}

function readingOf(
  walks: readonly Walk[],
  different: ReadonlySet<WalkResult>,
): Pick<ScriptReading, "commands" | "called" | "unread" | "tasks" | "gaps"> {
  const runs = new Map<string, CallRun[]>();
  for (const { world, sightings } of walks)
    for (const [key, sighting] of sightings) {
      const found = runs.get(key);
      if (found === undefined) runs.set(key, [{ world, sighting }]);
      else found.push({ world, sighting });
    }
  const byFile = new Map<string, CliCommand[]>();
  for (const found of reached([...runs.values()])) {
    const { file, command } = commandOf(found, walks) ?? {};
    if (file === undefined || command === undefined) continue;
    const inFile = byFile.get(file);
    if (inFile === undefined) byFile.set(file, [command]);
    else inFile.push(command);
  }
  const commandsIn = (file: string) =>
    (byFile.get(file) ?? []).toSorted((a, b) => a.start - b.start);
  const called = new Map<string, CalledReading>();
  for (const [file, shell] of [...different].flatMap((walked) => [...walked.called])) {
    const dash = called.get(file)?.shell === "dash";
    called.set(file, { shell: dash ? "dash" : shell, commands: commandsIn(file) });
  }
  const unread = new Set([...different].flatMap((walked) => [...walked.unread]));
  const gaps = new Map(
    [...different].flatMap((walked) => walked.gaps).map((gap) => [gapKey(gap), gap]),
  );
  return {
    commands: commandsIn(""),
    called,
    unread: [...unread],
    tasks: new Map([...different].flatMap((walked) => [...walked.tasks])),
    gaps: [...gaps.values()].sort((a, b) => a.start - b.start),
  };
}

/**
 * The runs of each call. Where a place isn't reached, a variable that is set on the way to it isn't known: what is seen
 * there is no other call than the one that is reached elsewhere, and says what stood on the way.
 */
function reached(calls: readonly (readonly CallRun[])[]): readonly (readonly CallRun[])[] {
  const isReached = (runs: readonly CallRun[]) =>
    runs.some(({ sighting }) => sighting.likelihood > 0);
  const placeOf = ([first]: readonly CallRun[]) =>
    first === undefined
      ? ""
      : gapKey({ in: first.sighting.file, start: first.sighting.call.start });
  const places = new Set(calls.filter(isReached).map(placeOf));
  const idle = new Map<string, CallRun[]>();
  for (const runs of calls)
    if (!isReached(runs)) idle.set(placeOf(runs), [...(idle.get(placeOf(runs)) ?? []), ...runs]);
  return calls.flatMap((runs) => {
    const place = placeOf(runs);
    if (!isReached(runs)) return places.has(place) ? [] : [runs];
    const worlds = new Set(runs.map(({ world }) => world));
    const others = idle.get(place) ?? [];
    return [[...runs, ...others.filter(({ world }) => !worlds.has(world))]];
  });
}

function commandOf(
  runs: readonly CallRun[],
  walks: readonly Walk[],
): { readonly file: string; readonly command: CliCommand } | undefined {
  const [first] = runs;
  if (first === undefined) return undefined;
  const { call, shell, file } = first.sighting;
  const through = new Set(
    runs.flatMap(({ sighting }) => [
      gapKey({ in: file, start: sighting.call.start }),
      ...(sighting.through === undefined ? [] : [sighting.through]),
    ]),
  );
  const seen = new Map(runs.map(({ world, sighting }) => [world, sighting]));
  const isWritten = runs.some(({ sighting }) => sighting.isWritten);
  const nowhere = { ...first.sighting, likelihood: 0, literals: {}, way: openWay } as const;
  const all = walks.map(({ world, gaps, unknownFile }): CallRun => {
    const sighting = seen.get(world) ?? nowhere;
    if (sighting.likelihood > 0) return { world, sighting };
    // What is passed on there, or stands in a file that is run there, isn't known: it may be this call.
    const passed = gaps.find((gap) => through.has(gapKey(gap)))?.says;
    const doubt = passed ?? (isWritten ? unknownFile : undefined);
    return doubt === undefined
      ? { world, sighting }
      : { world, sighting: { ...sighting, likelihood: 1, way: { ...sighting.way, doubt } } };
  });
  const guard = guardSeenFrom(file, guardOf(all));
  const ways = all.map(({ world, sighting: { likelihood, way } }) => ({
    world,
    likelihood,
    ...(likelihood === 3 || way.chance === undefined ? {} : { chance: way.chance }),
  }));
  return { file, command: { ...call, shell, guard, ways } };
}

/** What is known of an environment; what isn't may be anything. */
export interface EnvironmentTraits {
  /** Its id, which is the name of its branch. */
  readonly branch?: string;
  /** Undefined where it isn't known. */
  readonly type?: string | undefined;
}

/**
 * Whether a call is run on an environment, as far as its script says. A call that depends on what is the same on every
 * environment, such as a file or the network, is run.
 */
export function runsOn(
  { ways }: Pick<CliCommand, "ways">,
  environment: EnvironmentTraits,
): "yes" | "no" | "unknown" {
  const here = waysOn(ways, environment);
  if (here.length === 0) return "unknown";
  if (here.every(({ likelihood }) => likelihood === 0)) return "no";
  return here.every(({ likelihood }) => likelihood >= 2) ? "yes" : "unknown";
}

/**
 * What passes over a call at times on an environment on which it is run, as it is written: a test of a file or of the
 * day, a command whose failure it waits for. Undefined where only a failure on the way does.
 */
export function chanceOn(
  { ways }: Pick<CliCommand, "ways">,
  environment: EnvironmentTraits,
): string | undefined {
  return waysOn(ways, environment).flatMap(({ chance }) => chance ?? [])[0];
}

function waysOn(ways: CliCommand["ways"], { branch, type }: EnvironmentTraits): CliCommand["ways"] {
  const isNamed = ways.some(({ world }) => world.branch === branch);
  return ways.filter(
    ({ world }) =>
      isReal(world) &&
      (branch === undefined || world.branch === (isNamed ? branch : otherBranch)) &&
      (type === undefined || world.type === type),
  );
}

/** At build, the variables that guards test aren't set (platform manual, "Use variables"). */
const atBuild = { branch: undefined, type: undefined };

/**
 * Whether a build hook never gets to a place, because it ends before, or only goes there where a variable is set that
 * isn't at build. False when it can't be told. Never throws.
 *
 * @param place a command of the script
 */
export function isNeverReached(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  // The walk notes calls of the CLI, so one is put there.
  const probe = script.slice(0, start) + "platform".padEnd(end - start) + script.slice(end);
  try {
    const { sightings } = walk(probe, atBuild);
    const found = [...sightings.values()].filter(({ call }) => call.start === start);
    return found.length > 0 && found.every(({ likelihood }) => likelihood === 0);
  } catch (error) {
    if (error instanceof TooLong || error instanceof RangeError) return false;
    throw error;
  }
}
