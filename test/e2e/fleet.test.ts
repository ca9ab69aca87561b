import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readReport } from "../../src/report/read.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { fleetSize } from "../amounts.ts";
import { emptyDirectory } from "../change/place.ts";
import { sandboxForTest } from "../sandbox/client.ts";
import { keys, runInPty } from "./pty.ts";

const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const launcher = join(import.meta.dirname, "../../bin/machinist.js");

function environmentOf(sandbox: Sandbox, home: string) {
  return {
    MACHINIST_HOME: home,
    MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
    PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
    PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
    PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
  };
}

/** Runs the built program with pipes on all three ends. */
async function audit(sandbox: Sandbox, flags: readonly string[], input = "") {
  const env = { PATH: process.env["PATH"] ?? "", ...environmentOf(sandbox, folder) };
  const program = spawn(process.execPath, [launcher, "audit", ...flags], { cwd: folder, env });
  const ended = new Promise<number | null>((resolve) => program.once("close", resolve));
  program.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    ended,
  ]);
  expect(stdout + stderr).not.toContain(sandbox.operatorToken);
  return { code, stdout, stderr, ids: idsIn(stdout) };
}

/** The projects of the reports in JSON lines. */
function idsIn(lines: string): readonly string[] {
  return lines
    .split("\n")
    .flatMap((line) => readReport(line)?.platform?.project ?? [])
    .sort();
}

const jsonl = ["--format", "jsonl"];

describe("the built program", () => {
  let sandbox: Sandbox;
  let whole: Awaited<ReturnType<typeof audit>>;

  beforeAll(async () => {
    sandbox = await startSandbox({ projects: fleetSize });
    whole = await audit(sandbox, ["--all", ...jsonl]);
    expect(whole.ids.length).toBeGreaterThanOrEqual(fleetSize);
  });

  afterAll(() => sandbox.close());

  test("reads the projects of a list from standard input", async () => {
    const some = whole.ids.slice(0, 3);
    const list = `# some\r\n${some.join("\r\n")}\r\n\r\n`;
    const read = await audit(sandbox, ["--projects-from", "-", ...jsonl], list);
    expect(read.ids).toEqual(some);
    expect(read.code).toBe(whole.code);
  });

  test("refuses a list with anything else in it", async () => {
    const list = `${whole.ids[0]}\nNOT AN ID\n`;
    const wrong = await audit(sandbox, ["--projects-from", "-"], list);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("-:2");
  });

  test("finds nothing wrong in a list with nothing in it", async () => {
    const empty = await audit(sandbox, ["--projects-from", "-", ...jsonl], "");
    expect(empty).toMatchObject({ code: 0, stdout: "" });
  });

  test("refuses a shard that there isn't", async () => {
    const wrong = await audit(sandbox, ["--all", "--shard=-1/2"]);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("This isn't a shard");
  });

  test("tells its progress in lines where there is no terminal, and draws none", () => {
    const { stderr } = whole;
    expect(stderr).toMatch(
      /^(?:\d+ of \d+ projects, [^\n]* left\n)*\d+ projects in [\w ]+, [\d.]+ a second\n$/u,
    );
    expect(stderr).not.toContain("\u001b");
  });
});

describe("in a terminal", () => {
  const size = { columns: 60, rows: 16 };

  test("the progress is one line below the findings, and leaves nothing behind", async () => {
    const sandbox = await sandboxForTest({ projects: 60, latencyMs: 20 });
    const cwd = await emptyDirectory();
    const run = runInPty(["audit", "--all"], size, { env: environmentOf(sandbox, cwd), cwd });
    await run.sees(/\d+ of \d+ projects, [\d.]+ a second, \d+ s left/u);
    expect(await run.ended).toBe(10);
    const rows = run.scrollback().join("\n");
    expect(rows).not.toMatch(/of \d+ projects, /u);
    expect(rows).toMatch(/\d+ projects in \d+ s, [\d.]+ a second/u);
    expect(run.output()).not.toContain("\u001b[3J");
  });

  test("Ctrl-C takes the line away, and says how to go on", async () => {
    const sandbox = await sandboxForTest({ projects: 200, latencyMs: 50 });
    const cwd = await emptyDirectory();
    const args = ["audit", "--all", "--format", "jsonl", "--output", "out", "--resume", "state"];
    const run = runInPty(args, size, { env: environmentOf(sandbox, cwd), cwd });
    await run.sees(/[1-9]\d* of \d+ projects/u);
    run.type(keys.ctrlC);
    expect(await run.ended).toBe(130);
    const rows = run.scrollback().join("\n");
    expect(rows).not.toMatch(/of \d+ projects, /u);
    expect(rows.replace(/\s+/gu, " ")).toContain("the same command goes on where it was left");
    expect(run.output()).not.toContain("\u001b[3J");
  });
});
