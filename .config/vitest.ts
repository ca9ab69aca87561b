import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["test/**/*.test.{ts,tsx}"],
    // Half of the tests wait for programs they started: one worker fewer than processors leaves a small machine idle.
    maxWorkers: "100%",
    // For a hang only: a machine that is busy with something else must not fail a test that takes 20 s on an idle one.
    testTimeout: 240_000,
    hookTimeout: 60_000,
    // A colour or a line width of the terminal that runs the tests must not change what they see.
    env: { NO_COLOR: "1", FORCE_COLOR: "0", TZ: "UTC" },
  },
});
