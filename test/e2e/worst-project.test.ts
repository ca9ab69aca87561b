import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { layDownWorstProject, worstFiles } from "../../src/sandbox/worst-project.ts";
import { keys, type PtyRun, runInPty } from "./pty.ts";

const appFile = ".platform.app.yaml";
/** Stands in the project's own file. */
const canary = "kT0w3JdVq8yRz5Lx2NfHc7Bs";

async function openMagazine() {
  const folder = await mkdtemp(join(tmpdir(), "machinist-worst-"));
  const directory = join(folder, "magazine");
  await mkdir(directory);
  await layDownWorstProject(directory);
  const sandbox = await startSandbox({ activityMs: 20 });
  onTestFinished(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  const env = {
    MACHINIST_HOME: join(folder, "state"),
    MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
    PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
    PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
    PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
  };
  const read = (name: string) => readFile(join(directory, name), "utf8");
  return { directory, env, read };
}

/** What tells that the audit has run again: the counts in the header, or how many findings are in the list before it. */
function stateOf(text: string): string {
  const score = /errors: \d+ · warnings: \d+ · notes: \d+(?: · ignored: \d+)?/u.exec(text)?.[0];
  const pointed = /❯ [✖▲•] [^│\n]*/u.exec(text)?.[0].trim();
  return `${score} ${pointed}`;
}

/**
 * Puts the finding pointed at right by its fix, or has it ignored when only a person can do that. Gives whether
 * either was possible.
 */
async function dealWith(run: PtyRun): Promise<boolean> {
  run.type(keys.enter);
  await run.sees(/Make this change|Esc close/u);
  if (run.screen().join("\n").includes("Make this change")) {
    run.type("y");
    return true;
  }
  run.type(keys.escape);
  await run.sees("see fix");
  run.type("i");
  await run.sees(/Why may this stay as it is|This can't be ignored/u);
  if (run.screen().join("\n").includes("This can't be ignored")) {
    run.type(keys.escape);
    await run.sees("see fix");
    return false;
  }
  run.type("it is looked after elsewhere\r");
  await run.sees("y  Write this down");
  run.type("y");
  return true;
}

test.each([
  { columns: 60, rows: 16 },
  { columns: 120, rows: 40 },
])(
  "the worst project is played with keys alone until nothing is left, at $columns × $rows",
  async (size) => {
    const { directory, env, read } = await openMagazine();
    const run = runInPty(["audit"], size, { env, cwd: directory });
    await run.sees("1 of ");
    run.type("a");
    await run.sees("Make them all");
    run.type("y");
    await run.sees("safe fixes: 0");
    let stuck = 0;
    for (let turns = 0; turns < 60; turns += 1) {
      await run.sees("see fix");
      const [, at = "0", of = "0"] = /(\d+) of (\d+)/u.exec(run.screen().join("\n")) ?? [];
      if (Number(of) === stuck) break;
      const before = stateOf(run.screen().join("\n"));
      if (await dealWith(run)) {
        await run.sees(
          (shown) =>
            /still there|not done/u.test(shown) ||
            (/errors: .*see fix/su.test(shown) && stateOf(shown) !== before),
        );
        if (/still there|not done/u.test(run.screen().join("\n"))) {
          run.type(keys.escape);
          await run.sees("see fix");
          stuck += 1;
          run.type(keys.down);
        }
      } else {
        stuck += 1;
        if (Number(at) < Number(of)) run.type(keys.down);
      }
    }
    run.type("q");
    await run.ended;
    expect(run.scrollback().join("\n")).toMatch(/Nothing is left to put right, \d+ ignored\./u);
    expect(run.output()).not.toContain("\u001b[3J");
    expect(run.output()).not.toContain(canary);
    const text = await read(appFile);
    expect(text).toContain("platform source-operation:run --no-wait update");
    expect(text).toContain("# machinist: ignore[cron-same-minute] it is looked after elsewhere");
    expect(text).not.toContain("pipefail");
    expect(await read(".environment")).toBe(
      'export PATH="/app/bin:$PATH"\necho "Welcome to the magazine" >&2\n',
    );
    const undone = runInPty(["undo"], size, { env, cwd: directory });
    await undone.sees("Take all this back? yes or no:");
    undone.type("yes\r");
    await undone.ended;
    for (const name of [appFile, ".environment"]) expect(await read(name)).toBe(worstFiles[name]);
    expect(undone.output()).not.toContain(canary);
  },
  180_000,
);
