import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readReport } from "../../src/report/read.ts";
import type { AuditReport } from "../../src/report/report.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
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
  return [...reportsIn(lines).keys()].sort();
}

/** The reports in JSON lines, by their projects. */
function reportsIn(lines: string): ReadonlyMap<string, AuditReport> {
  const reports = lines.split("\n").flatMap((line) => readReport(line) ?? []);
  return new Map(reports.map((report) => [report.platform?.project ?? "", report]));
}

/** The findings by project, but for those about an account that another project has: they stand at the one read later. */
function withoutShared(lines: string) {
  const shared = "machine-user-in-several-projects";
  return new Map(
    [...reportsIn(lines)].map(([id, { findings }]) => [
      id,
      findings.filter(({ rule }) => rule !== shared),
    ]),
  );
}

const jsonl = ["--format", "jsonl"];

describe("the built program", { timeout: 180_000 }, () => {
  let sandbox: Sandbox;
  let all: readonly string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ projects: 24 });
    all = (await audit(sandbox, ["--all", ...jsonl])).ids;
    expect(all.length).toBeGreaterThanOrEqual(24);
  });

  afterAll(() => sandbox.close());

  test("audits the projects of an organization, and names those that there are", async () => {
    const wrong = await audit(sandbox, ["--org", "nobody"]);
    expect(wrong.code).toBe(2);
    const [, named = ""] = /choose among (.*)/u.exec(wrong.stderr) ?? [];
    const organizations = named.split(", ");
    expect(organizations.length).toBeGreaterThan(1);
    const parts = [];
    for (const name of organizations)
      parts.push((await audit(sandbox, ["--org", name, ...jsonl])).ids);
    for (const ids of parts) expect(ids.length).toBeLessThan(all.length);
    expect(parts.flat().sort()).toEqual(all);
  });

  test("reads the projects of a list from a file, and from standard input", async () => {
    const some = all.slice(0, 3);
    const list = `# some\r\n${some.join("\r\n")}\r\n\r\n`;
    const file = join(await emptyDirectory(), "list");
    await writeFile(file, list);
    const fromFile = await audit(sandbox, ["--projects-from", file, ...jsonl]);
    expect(fromFile.ids).toEqual(some);
    const fromInput = await audit(sandbox, ["--projects-from", "-", ...jsonl], list);
    expect(fromInput.ids).toEqual(some);
    expect(fromInput.stdout.split("\n").sort()).toEqual(fromFile.stdout.split("\n").sort());
    expect(fromInput.code).toBe(fromFile.code);
  });

  test("refuses a list with anything else in it, and one that isn't there", async () => {
    const wrong = await audit(sandbox, ["--projects-from", "-"], `${all[0]}\nNOT AN ID\n`);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("-:2");
    const missing = await audit(sandbox, ["--projects-from", "/nowhere/list"]);
    expect(missing).toMatchObject({ code: 2, stdout: "" });
    expect(missing.stderr).toContain("The list can't be read");
    const empty = await audit(sandbox, ["--projects-from", "-", ...jsonl], "");
    expect(empty).toMatchObject({ code: 0, stdout: "" });
  });

  test("shares the projects among shards, each in one of them and always in the same", async () => {
    const parts = [];
    for (const shard of ["1/3", "2/3", "3/3"]) {
      const part = await audit(sandbox, ["--all", "--shard", shard, ...jsonl]);
      parts.push(part.ids);
    }
    expect(parts.flat().sort()).toEqual(all);
    const again = await audit(sandbox, ["--all", "--shard", "2/3", ...jsonl]);
    expect(again.ids).toEqual(parts[1]);
    for (const shard of ["0/3", "4/3", "1", "1/0", "-1/2"]) {
      const wrong = await audit(sandbox, ["--all", `--shard=${shard}`]);
      expect(wrong).toMatchObject({ code: 2, stdout: "" });
      expect(wrong.stderr).toContain("This isn't a shard");
    }
  });

  test("goes on from a state file, asks nothing again, and gives the same report", async () => {
    const state = join(await emptyDirectory(), "state.jsonl");
    const [first = ""] = all;
    const broken = { method: "GET", path: `/projects/${first}/environments` };
    sandbox.faults.add({ on: broken, times: 50, effect: { kind: "html" } });
    const cut = await audit(sandbox, ["--all", "--resume", state, ...jsonl]);
    expect(cut.ids).toEqual(all);
    expect(idsIn(await readFile(state, "utf8"))).toEqual(all);
    sandbox.faults.clear();
    const before = sandbox.requests.length;
    const rest = await audit(sandbox, ["--all", "--resume", state, ...jsonl]);
    expect(rest.ids).toEqual(all);
    const asked = sandbox.requests.slice(before).map(({ path }) => path.split("?")[0]);
    const read = asked.filter((path) => path?.endsWith("/environments"));
    expect(read).toEqual([`/projects/${first}/environments`]);
    const whole = await audit(sandbox, ["--all", ...jsonl]);
    expect(withoutShared(rest.stdout)).toEqual(withoutShared(whole.stdout));
  });

  test("tells its progress in lines where there is no terminal, and draws none", async () => {
    const { stderr } = await audit(sandbox, ["--all", ...jsonl]);
    expect(stderr).toMatch(
      /^(?:\d+ of \d+ projects, [^\n]* left\n)*\d+ projects in [\w ]+, [\d.]+ a second\n$/u,
    );
    expect(stderr).not.toContain("\u001b");
  });
});

describe("in a terminal", { timeout: 180_000 }, () => {
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
