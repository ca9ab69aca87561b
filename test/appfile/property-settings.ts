/**
 * How many cases each property is tried with, and the seed they come from. MACHINIST_PROPERTY_RUNS and
 * MACHINIST_PROPERTY_SEED set them; the seed is printed, so that a failure can be seen again.
 */
export const settings = {
  numRuns: Number(process.env["MACHINIST_PROPERTY_RUNS"] ?? 2500),
  seed: Number(process.env["MACHINIST_PROPERTY_SEED"] ?? Math.floor(Math.random() * 2 ** 31)),
};

process.stdout.write(
  `properties: ${settings.numRuns} cases each, MACHINIST_PROPERTY_SEED=${settings.seed}\n`,
);
