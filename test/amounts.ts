/**
 * How much is tried of what has no end: little in `npm test`, with another seed each time, and much in
 * `npm run test:deep`. `npm run test:share` tries as much as a minute and a half allows. The one place for these numbers.
 */
const amounts = {
  test: {
    texts: 200,
    scripts: 60,
    situations: 400,
    runs: 40,
    items: 3,
    cells: 3,
    combinations: 3,
    kills: 1,
    projects: 8,
    presses: 10,
    listed: 400,
    bytes: 1_000_000,
    limitMs: 60_000,
  },
  share: {
    texts: 10_000,
    scripts: 400,
    situations: 3_200,
    runs: 2_500,
    items: 12,
    cells: 12,
    combinations: 12,
    kills: 3,
    projects: 120,
    presses: 300,
    listed: 2_000,
    bytes: 10_000_000,
    limitMs: 6_000,
  },
  deep: {
    texts: 10_000,
    scripts: 2_500,
    situations: 20_000,
    runs: 2_500,
    items: 40,
    cells: 60,
    combinations: 250,
    kills: 12,
    projects: 120,
    presses: 300,
    listed: 2_000,
    bytes: 10_000_000,
    limitMs: 30_000,
  },
} as const;

// .config/vitest.ts hands both to the tests.
const mode = process.env["MACHINIST_TEST_MODE"];
const seed = Number(process.env["MACHINIST_TEST_SEED"]);

const amount = amounts[mode === "deep" || mode === "share" ? mode : "test"];
const settings = { seed, interruptAfterTimeLimit: amount.limitMs } as const;

/** Whether a test prints the table that it holds. */
export const printsTables = mode === "deep";

/** For a property of texts that are judged in memory. */
export const ofTexts = { ...settings, numRuns: amount.texts } as const;

/** For a property of scripts, of which each starts a few processes. */
export const ofScripts = { ...settings, numRuns: amount.scripts } as const;

/** In how many situations fixed scripts are run by dash. */
export const mostSituations = amount.situations;

/** For a property of what takes a good part of the program each time: an audit by all rules, a drawn screen. */
export const ofRuns = { ...settings, numRuns: amount.runs } as const;

/** How long a text is that is much longer than any should be. */
export const hugeBytes = amount.bytes;

/** In how many ways a project is set up, of all in which it can be. */
export const mostCombinations = amount.combinations;

/** How often a command is killed at any time, beside the moments that are known. */
export const randomKills = amount.kills;

/** How many projects an organization has that is audited as a whole. */
export const fleetSize = amount.projects;

/** How often Enter is pressed on a page by somebody who holds it. */
export const heldPresses = amount.presses;

/** How many projects there are in an organization whose projects are listed alone. */
export const listedSize = amount.listed;

/** Some of the items, evenly spread; which ones depends on the seed. @param most how many at the most */
export function someOf<Item>(items: readonly Item[], most: number = amount.items): readonly Item[] {
  const step = Math.max(1, items.length / most);
  const taken = new Set<number>();
  for (let at = seed % step; at < items.length; at += step) taken.add(Math.floor(at));
  return items.filter((_, at) => taken.has(at));
}

/** Some of the cells of a table of faults, others for each seed. */
export function someCells<Cell>(cells: readonly Cell[]): readonly Cell[] {
  return someOf(cells, amount.cells);
}

/** Some of the moments, which are counted from 0. */
export function someMoments(count: number): readonly number[] {
  return someOf(Array.from({ length: count }, (_, moment) => moment));
}

/**
 * One of the items, another one for each place and seed; all of them where much is tried.
 * @param place tells this use from others, from 0
 */
export function oneOf<Item>(items: readonly Item[], place: number): readonly Item[] {
  return mode === "deep" || mode === "share"
    ? items
    : items.filter((_, at) => at === (seed + place) % items.length);
}

/**
 * One in four of the items, others for each place and seed; all of them where much is tried.
 * @param place tells this use from others, from 0
 */
export function quarterOf<Item>(items: readonly Item[], place: number): readonly Item[] {
  return mode === "deep" || mode === "share"
    ? items
    : items.filter((_, at) => at % 4 === (seed + place) % 4);
}
