import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type {
  Reporter,
  SerializedError,
  TestCase,
  TestModule,
  TestSuite,
  Vitest,
} from "vitest/node";

/** How many of the slowest files are named. */
const named = 10;

/** How many failures are told with their message, and how many lines of it: what a log of CI keeps at its end. */
const toldFailures = 8;
const toldLines = 4;

/** What is told of a test that runs. */
interface RunningTest extends Pick<TestCase, "id" | "fullName"> {
  readonly module: Pick<TestModule, "moduleId">;
}

/** Tells, after the run, how long it took, which files took the longest, its seed, and last of all what failed. */
export class TimesReporter implements Reporter {
  readonly #seed: string;
  readonly #longMs: number;
  #root = "";
  #began = 0;
  readonly #running = new Map<string, NodeJS.Timeout>();

  /** @param longMs a test that takes longer is named while it runs, so that one that hangs is known */
  constructor(seed: string, longMs = 60_000) {
    this.#seed = seed;
    this.#longMs = longMs;
  }

  onInit(vitest: { readonly config: Pick<Vitest["config"], "root"> }): void {
    this.#root = vitest.config.root;
    this.#began = performance.now();
  }

  onTestCaseReady(test: RunningTest): void {
    const tell = () => {
      const path = relative(this.#root, test.module.moduleId);
      process.stdout.write(
        `after ${this.#longMs / 1000} s still running: ${path} > ${test.fullName}\n`,
      );
    };
    this.#running.set(test.id, setTimeout(tell, this.#longMs));
  }

  onTestCaseResult(test: Pick<RunningTest, "id">): void {
    clearTimeout(this.#running.get(test.id));
    this.#running.delete(test.id);
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const timer of this.#running.values()) clearTimeout(timer);
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    const times = modules
      .map((module) => {
        const { duration, collectDuration } = module.diagnostic();
        return { path: relative(this.#root, module.moduleId), ms: duration + collectDuration };
      })
      .sort((a, b) => b.ms - a.ms);
    const sum = times.reduce((whole, { ms }) => whole + ms, 0);
    const slowest =
      times.length <= named
        ? []
        : times.slice(0, named).map(({ path, ms }) => `${seconds(ms).padStart(9)}  ${path}`);
    const lines = [
      ...slowest,
      `${seconds(performance.now() - this.#began)} on the clock, ${seconds(sum)} in ${times.length} files`,
      `the same cases again: MACHINIST_TEST_SEED=${this.#seed}`,
      ...this.#failures(modules, errors),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
  }

  /** The tests that failed, and what failed outside of one: a file, a hook of a suite, a promise nobody waited for. */
  #failures(modules: readonly TestModule[], errors: readonly SerializedError[]): string[] {
    const failed = modules.flatMap((module) => {
      const path = relative(this.#root, module.moduleId);
      const parts: (TestModule | TestSuite | TestCase)[] = [module];
      parts.push(...module.children.allSuites(), ...module.children.allTests());
      return parts.flatMap((part) => {
        const name = part.type === "module" ? path : `${path} > ${part.fullName}`;
        return errorsOf(part).map(({ message }) => ({ name, message }));
      });
    });
    failed.push(...errors.map(({ message }) => ({ name: "outside of a test", message })));
    return failed.flatMap(({ name, message }, at) => {
      const lines = stripVTControlCharacters(message)
        .split("\n")
        .filter((line) => line.trim());
      const told = at < toldFailures ? lines.slice(0, toldLines) : [];
      return [`failed: ${name}`, ...told.map((line) => `    ${line}`)];
    });
  }
}

function errorsOf(part: TestModule | TestSuite | TestCase): readonly { message: string }[] {
  return part.type === "test" ? (part.result().errors ?? []) : part.errors();
}
