import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["test/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A colour or a line width of the terminal that runs the tests must not change what they see.
    env: { NO_COLOR: "1", FORCE_COLOR: "0", TZ: "UTC" },
  },
});
