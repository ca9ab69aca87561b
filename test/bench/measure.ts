import { performance } from "node:perf_hooks";

/** Medians of two things measured in turns, so that both meet the same weather, and their ratio. */
export interface Comparison {
  readonly name: string;
  readonly against: string;
  /** Milliseconds. */
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
}

/** Measures two things in turns. @param rounds how often each; the first round of both is thrown away */
export async function compare(
  name: string,
  against: string,
  rounds: number,
  ours: () => Promise<void> | void,
  theirs: () => Promise<void> | void,
): Promise<Comparison> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const first = await elapsed(ours);
    const second = await elapsed(theirs);
    if (round === 0) continue;
    times.ours.push(first);
    times.theirs.push(second);
  }
  const [mine, other] = [median(times.ours), median(times.theirs)];
  return { name, against, ours: mine, theirs: other, ratio: mine / other };
}

async function elapsed(run: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
