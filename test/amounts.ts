/**
 * How much is tried of what has no end: little in `npm test`, with another seed each time, and much in
 * `npm run test:deep`. `npm run test:share` tries as much as a minute and a half allows. The one place for these numbers.
 */
const amounts = {
  test: { texts: 250, scripts: 150, runs: 60, moments: 6, limitMs: 60_000 },
  share: { texts: 10_000, scripts: 400, runs: 2_500, moments: 12, limitMs: 8_000 },
  deep: { texts: 10_000, scripts: 2_500, runs: 2_500, moments: 100, limitMs: 60_000 },
} as const;

// .config/vitest.ts hands both to the tests.
const mode = process.env["MACHINIST_TEST_MODE"];
const seed = Number(process.env["MACHINIST_TEST_SEED"]);

const amount = amounts[mode === "deep" || mode === "share" ? mode : "test"];
const settings = { seed, interruptAfterTimeLimit: amount.limitMs } as const;

/** For a property of texts that are judged in memory. */
export const ofTexts = { ...settings, numRuns: amount.texts } as const;

/** For a property of scripts, of which each starts a few processes. */
export const ofScripts = { ...settings, numRuns: amount.scripts } as const;

/** For a property of what takes a good part of the program each time: an audit by all rules, a drawn screen. */
export const ofRuns = { ...settings, numRuns: amount.runs } as const;

/**
 * Some of the moments at which something could happen, evenly spread; which ones depends on the seed.
 * @param count how many moments there are: from 0 to one below it
 */
export function someMoments(count: number): readonly number[] {
  const step = Math.max(1, count / amount.moments);
  const some: number[] = [];
  for (let at = seed % step; at < count; at += step) some.push(Math.floor(at));
  return some;
}

/**
 * One of the items, another one for each place and seed; all of them where much is tried.
 * @param place tells this use from others, from 0
 */
export function someOf<Item>(items: readonly Item[], place: number): readonly Item[] {
  return mode === "deep" || mode === "share"
    ? items
    : items.filter((_, index) => index === (seed + place) % items.length);
}
