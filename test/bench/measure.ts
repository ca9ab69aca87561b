import { performance } from "node:perf_hooks";
import * as v from "valibot";

/** Medians of two things measured in turns, so that both meet the same weather, and of their ratio turn by turn. */
export const comparison = v.object({
  name: v.string(),
  against: v.string(),
  /** Milliseconds. */
  ours: v.number(),
  theirs: v.number(),
  ratio: v.number(),
  /** What else is to be said, behind the ratio. */
  says: v.optional(v.string()),
});

export type Comparison = v.InferOutput<typeof comparison>;

/** What time is read from, in milliseconds. */
type Clock = () => number;

/** Time as it passes; the only one that tells of processes that were started. */
const wall: Clock = () => performance.now();

/** Processor time of this process, which other processes on the machine don't lengthen. */
export const processor: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Measures two things in turns. @param rounds how often each; the first round of both is thrown away */
export async function compare(
  name: string,
  against: string,
  rounds: number,
  ours: () => Promise<void> | void,
  theirs: () => Promise<void> | void,
  clock: Clock = wall,
): Promise<Comparison> {
  const times = { ours: [] as number[], theirs: [] as number[], ratios: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const first = await elapsed(ours, clock);
    const second = await elapsed(theirs, clock);
    if (round === 0) continue;
    times.ours.push(first);
    times.theirs.push(second);
    times.ratios.push(first / second);
  }
  return {
    name,
    against,
    ours: median(times.ours),
    theirs: median(times.theirs),
    ratio: median(times.ratios),
  };
}

async function elapsed(run: () => Promise<void> | void, clock: Clock): Promise<number> {
  const start = clock();
  await run();
  return clock() - start;
}

/** The one in the middle; NaN of none. */
export function median(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
