import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readAuditOptions } from "../../../src/commands/audit/options.ts";
import { auditCommand } from "../../../src/commands/audit/run.ts";
import { flagsOf } from "../../../src/commands/command.ts";
import { worstFiles } from "../../../src/sandbox/projects/worst-project.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { vendors } from "../../../src/vendors/registry.ts";
import { oneOf } from "../../amounts.ts";
import { layDownMagazine } from "../../setup/checkouts.ts";
import { runUndo } from "../../setup/run-undo.ts";
import { type FakeTerminal, fakeTerminal, keys } from "../../terminal/fake-terminal.ts";

const appFile = ".platform.app.yaml";
/** Stands in the project's own file. */
const canary = "kT0w3JdVq8yRz5Lx2NfHc7Bs";

async function openMagazine() {
  const folder = await mkdtemp(join(tmpdir(), "machinist-worst-"));
  const directory = join(folder, "magazine");
  await mkdir(directory);
  await layDownMagazine(directory);
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

/** The headline of the board: how many findings there are of each severity. */
const score = /(?:\d+ (?:errors?|warnings?|notes?)(?:, )?)+|No findings/u;

/** What tells that the audit has run again: the counts of the headline, or the finding pointed at. */
function stateOf(text: string): string {
  const pointed = /❯ [✖▲•] .*?(?= {4}|$)/mu.exec(text)?.[0].trim();
  return `${score.exec(text)?.[0]} ${/\d+ ignored/u.exec(text)?.[0]} ${pointed}`;
}

/** Audits on the screens of a terminal; gives what was printed once they are gone. */
async function audit(
  terminal: FakeTerminal,
  directory: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const lines: string[] = [];
  await auditCommand(
    {
      ...readAuditOptions({ directory }, flagsOf("audit", {})),
      vendor: vendors.platformsh,
      face: "screens",
      flags: [],
    },
    {
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      document: (text) => lines.push(text),
      terminal: terminal.streams,
      env,
      signal: new AbortController().signal,
    },
  );
  return lines.join("\n");
}

/** The board's own footer, or what was done. */
const onBoard = /Enter (?:the )?diff|done .*:|does nothing here/u;

const shown = (terminal: FakeTerminal) => terminal.screen().join("\n");

/**
 * Puts the finding pointed at right by its fix, or has it ignored when only a person can do that. Gives whether
 * either was possible.
 */
async function dealWith(terminal: FakeTerminal): Promise<boolean> {
  terminal.type(keys.enter);
  await terminal.shows(/Make this change|Esc close/u);
  if (shown(terminal).includes("Make this change")) {
    terminal.type("y");
    return true;
  }
  terminal.type(keys.escape);
  await terminal.shows(onBoard);
  terminal.type("i");
  await terminal.shows(/Why may this stay as it is|This can't be ignored/u);
  if (shown(terminal).includes("This can't be ignored")) {
    terminal.type(keys.escape);
    await terminal.shows(onBoard);
    return false;
  }
  terminal.type("it is looked after elsewhere\r");
  await terminal.shows("y  Write this down");
  terminal.type("y");
  return true;
}

const sizes = [
  { columns: 60, rows: 16 },
  { columns: 120, rows: 40 },
];

test.each(oneOf(sizes, 0))(
  "the worst project is played with keys alone until nothing is left, at $columns × $rows",
  async ({ columns, rows }) => {
    const { directory, env, read } = await openMagazine();
    const terminal = fakeTerminal(columns, rows);
    const ended = audit(terminal, directory, env);
    await terminal.shows("1 of ");
    terminal.type("a");
    await terminal.shows("Nothing is done yet");
    terminal.type(keys.tab + keys.enter);
    await terminal.shows((screen) => score.test(screen) && !screen.includes("without a look"));
    let stuck = 0;
    for (let turns = 0; turns < 60; turns += 1) {
      await terminal.shows(onBoard);
      const [, at = "0", of = "0"] = /(\d+) of (\d+)/u.exec(shown(terminal)) ?? [];
      if (Number(of) === stuck) break;
      const before = stateOf(shown(terminal));
      if (await dealWith(terminal)) {
        await terminal.shows(
          (screen) =>
            /still there|not done/u.test(screen) ||
            (score.test(screen) &&
              /Enter (?:the )?diff|done|Read again/u.test(screen) &&
              stateOf(screen) !== before),
        );
        if (/still there|not done/u.test(shown(terminal))) {
          terminal.type(keys.escape);
          await terminal.shows(onBoard);
          stuck += 1;
          terminal.type(keys.down);
        }
      } else {
        stuck += 1;
        if (Number(at) < Number(of)) terminal.type(keys.down);
      }
    }
    terminal.type("q");
    const said = await ended;
    expect(said).toMatch(/Nothing is left to put right(?: in what was looked at)?, \d+ ignored\./u);
    expect(terminal.written()).not.toContain("\u001b[3J");
    expect(terminal.written() + said).not.toContain(canary);
    const text = await read(appFile);
    expect(text).toContain("platform source-operation:run --no-wait update");
    expect(text).toContain("# machinist: ignore[cron-same-minute] it is looked after elsewhere");
    expect(text).not.toContain("pipefail");
    expect(await read(".environment")).toBe(
      'export PATH="/app/bin:$PATH"\necho "Welcome to the magazine" >&2\n',
    );
    const undone = await runUndo({ directory, env });
    for (const name of [appFile, ".environment"]) expect(await read(name)).toBe(worstFiles[name]);
    expect(undone).not.toContain(canary);
  },
);
