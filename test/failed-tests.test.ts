import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { TimesReporter } from "../.config/times-reporter.ts";

const top = join(import.meta.dirname, "..");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "machinist failed "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lay = (path: string, text: string, mode = 0o644) =>
  writeFileSync(join(folder, path), text, { mode });

test("a test that runs for long is named while it does, and one that is over isn't", () => {
  const said: string[] = [];
  vi.useFakeTimers();
  vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const reporter = new TimesReporter("7", 100);
  reporter.onInit({ config: { root: "/top" } });
  const module = { moduleId: "/top/test/c.test.ts" };
  reporter.onTestCaseReady({ id: "1", fullName: "waits for ever", module });
  reporter.onTestCaseReady({ id: "2", fullName: "is quick", module });
  reporter.onTestCaseResult({ id: "2" });
  vi.advanceTimersByTime(99);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(["after 0.1 s still running: test/c.test.ts > waits for ever\n"]);
});

test("a run of the tests ends with what failed and what was said of it", () => {
  const reporter = join(top, ".config/times-reporter.ts");
  lay(
    "config.ts",
    `import { TimesReporter } from ${JSON.stringify(reporter)};
    export default { test: { reporters: [new TimesReporter("7", 100)], globals: true } };`,
  );
  lay(
    "a.test.js",
    `test("adds", () => expect(1 + 1).toBe(3));
    test("subtracts", () => expect(1 - 1).toBe(0));
    describe("with a lamp", () => {
      beforeAll(() => { throw new Error("The lamp is\\n\\nout"); });
      test("shines", () => {});
    });`,
  );
  lay("c.test.js", `test("waits for ever", () => new Promise(() => {}), 400);`);
  lay("b.test.js", `throw new Error("no such room");`);
  const vitest = join(top, "node_modules/vitest/vitest.mjs");
  const run = spawnSync(process.execPath, [vitest, "run", "--config", "config.ts"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, MACHINIST_TEST_MODE: "test" },
  });
  expect(run.status).toBe(1);
  const [, failures = ""] = run.stdout.split("MACHINIST_TEST_SEED=7\n");
  expect(failures.split(/(?=^failed: )/mu).sort()).toEqual([
    "failed: a.test.js > adds\n    expected 2 to be 3 // Object.is equality\n",
    "failed: a.test.js > with a lamp\n    The lamp is\n    out\n",
    "failed: b.test.js\n    no such room\n",
    expect.stringMatching(/^failed: c\.test\.js > waits for ever\n {4}Test timed out in 400ms\./u),
  ]);
});

test(".ci/run ends with the last lines of what failed, after the times of its steps", () => {
  for (const path of [".ci", "bin"]) mkdirSync(join(folder, path));
  cpSync(join(top, ".ci/run"), join(folder, ".ci/run"));
  lay("bin/node", "#!/bin/sh\n", 0o755);
  lay(
    "bin/npm",
    `#!/bin/sh
    [ "$*" != test ] || { seq 1 500; echo "failed: adds" >&2; exit 1; }
    [ "$*" != "run demo" ] || { echo "the demo is dark"; exit 4; }
    echo fine\n`,
    0o755,
  );
  const run = spawnSync(join(folder, ".ci/run"), {
    encoding: "utf8",
    env: { PATH: `${join(folder, "bin")}:${process.env["PATH"]}` },
  });
  expect(run.status).toBe(1);
  const end = run.stdout.slice(run.stdout.indexOf(" s  in all\n"));
  const numbers = Array.from({ length: 59 }, (_, at) => 442 + at).join("\n");
  expect(end).toBe(
    ` s  in all\n\n== the end of npm test\n${numbers}\nfailed: adds\n\n== the end of npm run demo\nthe demo is dark\n`,
  );
});
