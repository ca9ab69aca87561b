import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { TimesReporter } from "./times-reporter.ts";

const root = join(import.meta.dirname, "..");

/** Files that need a process of their own, and why; all others share a few processes and what is loaded in them. */
const alone = [
  // Has a registry of its own, with one kind of change more.
  "test/change/kind.test.ts",
  // Looks at what is loaded for the first time.
  "test/platform/loading.test.ts",
];

/** What installs other releases of Node and makes an executable of 90 MB, and what needs a browser. */
const releaseOnly = ["test/release/played.test.ts", "test/release/html.test.ts"];

/** How long `npm run test:share` begins tests; the last of them take some seconds more. */
const shareMs = 60_000;

/** Vitest's own mode is "test"; `npm run test:deep`, `test:share` and `test:release` name theirs. */
export default defineConfig(({ mode }) => {
  const seed = process.env["MACHINIST_TEST_SEED"] ?? String(Math.floor(Math.random() * 2 ** 31));
  const exclude = [
    ...configDefaults.exclude,
    ...(mode === "share" ? withoutAmounts() : []),
    ...(mode === "deep" || mode === "release" ? [] : releaseOnly),
  ];
  const both = {
    root,
    // For a hang only: a machine that is busy with something else must not fail a test that takes 20 s on an idle one.
    testTimeout: mode === "test" ? 240_000 : 3_600_000,
    hookTimeout: 60_000,
    env: {
      // A colour or a line width of the terminal that runs the tests must not change what they see.
      ...{ NO_COLOR: "1", FORCE_COLOR: "0", TZ: "UTC" },
      // Ink draws nothing before its end where it finds CI, and looks only once, when the first test loads it.
      ...{ CI: "false", CONTINUOUS_INTEGRATION: "false" },
      // The React that is bundled, which draws in half the time; its warnings are heard in the deep mode.
      ...(mode === "deep" ? {} : { NODE_ENV: "production" }),
      ...{ MACHINIST_TEST_MODE: mode, MACHINIST_TEST_SEED: seed },
      ...(mode === "share" ? { MACHINIST_TEST_SHARE_END: String(Date.now() + shareMs) } : {}),
    },
    setupFiles: mode === "share" ? [".config/share-end.ts"] : [],
  };
  const together = {
    ...both,
    name: "together",
    include: mode === "release" ? ["test/release/*.test.ts"] : ["test/**/*.test.{ts,tsx}"],
    exclude: [...exclude, ...alone],
    // Threads would share one process, and the larger a process is, the longer it takes to start a program from it.
    pool: "forks" as const,
    isolate: false,
  };
  const oxc = { jsx: { development: mode === "deep" } };
  return {
    test: {
      root,
      projects: [
        { oxc, test: together },
        {
          oxc,
          test: {
            ...both,
            name: "alone",
            include: mode === "release" ? [] : alone,
            exclude,
            pool: "forks",
          },
        },
      ],
      globalSetup: [".config/needed-programs.ts", ".config/temporary-folder.ts"],
      // Half of the tests wait for programs they started: one worker fewer than processors leaves a small machine idle.
      maxWorkers: "100%",
      reporters: ["default", new TimesReporter(seed)],
      sequence: mode === "share" ? { shuffle: { files: true }, seed: Number(seed) } : {},
    },
  };
});

/** The test files in which nothing differs between the modes. */
function withoutAmounts(): readonly string[] {
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.test\.tsx?$/u.test(path))
    .map((path) => join("test", path))
    .filter((path) => !readFileSync(join(root, path), "utf8").includes("/amounts.ts"));
}
