import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { sampleFiles, upsunSampleFiles } from "../../src/sandbox/sample-project.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { printsTables, someOf } from "../amounts.ts";
import { play } from "../sandbox/client.ts";
import { type CommandRow, commandRows } from "./command-rows.ts";
import { binary, listedCommands, runOfficialCli } from "./official-cli.ts";

const git = promisify(execFile);

const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFN7cFrdBcCtUcnHVbIsyuZrRzNzYiNdGTnWQGyvPvKW laptop\n";

/** The shop of Upsun with a task and an operation, which the sample doesn't have. */
const withTask = {
  ...upsunSampleFiles,
  ".upsun/config.yaml": (upsunSampleFiles[".upsun/config.yaml"] ?? "").replace(
    "services:\n",
    [
      "        operations:",
      "            greet:",
      "                commands:",
      "                    start: echo hello",
      "tasks:",
      "    reindex:",
      "        type: 'php:8.3'",
      "        run:",
      "            command: bin/console reindex",
      "services:",
      "",
    ].join("\n"),
  ),
};

const tried = printsTables ? commandRows : someOf(commandRows);

describe.runIf(existsSync(binary))("the official CLI in the sandbox", () => {
  test("has a row for each command that it lists, in its order", async () => {
    const names = await listedCommands();
    expect(commandRows.map(({ name }) => name)).toEqual(names);
    expect(commandRows.filter(({ ends }) => ends === "as real").length).toBeGreaterThanOrEqual(120);
  });

  test.each(tried.map((row) => [row.name, row] as const))(
    "%s ends as its row says",
    async (_name, row) => {
      const { code, said, crashed } = await ending(row);
      if (printsTables)
        console.log(`${row.name}: ${row.ends}${row.why === undefined ? "" : `, ${row.why}`}`);
      expect({ code, crashed, said }).toEqual({
        code: row.code ?? 0,
        crashed: false,
        said: expect.stringMatching(row.says),
      });
    },
  );
});

/** Runs a command against a sandbox of its own, and what its row wants before it. */
async function ending(row: CommandRow) {
  const isUpsun = row.where?.includes("Upsun") === true;
  const sandbox = await startSandbox({
    activityMs: row.name === "activity:cancel" ? 60_000 : 0,
    ofUpsun: isUpsun,
  });
  const home = await mkdtemp(join(tmpdir(), "machinist-official-cli-"));
  onTestFinished(async () => {
    await sandbox.close();
    await rm(home, { recursive: true });
  });
  await writeFile(join(home, "key.pub"), publicKey);
  if (row.where === "sample of Upsun") await lay(home, upsunSampleFiles);
  if (row.where === "Upsun with tasks") {
    const email = sandbox.operatorEmail;
    await play(sandbox, "pushes", {
      project: demoProjectId,
      environment: "main",
      email,
      files: withTask,
    });
  }
  if (row.where === "checkout") await checkOut(home);
  let last = "";
  for (const args of [...(row.before ?? []), row.args]) {
    const filled = args.map((arg) => (arg === "{}" ? last : arg));
    const { code, out, err } = await runOfficialCli(sandbox, {
      args: filled,
      home,
      token: sandbox.operatorToken,
    });
    last = out.trim().split("\n")[0] ?? "";
    const said = out + err;
    if (args === row.args) return { code, said, crashed: /Fatal error|Uncaught/.test(said) };
    expect({ args: filled, code, said }).toMatchObject({ code: 0 });
  }
  throw new Error(`${row.name} wasn't run`);
}

async function lay(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A clone of the sample project, as the official CLI leaves one. */
async function checkOut(folder: string): Promise<void> {
  await lay(folder, { ...sampleFiles, ".upsun/local/project.yaml": `id: ${demoProjectId}\n` });
  const run = (...args: readonly string[]) => git("git", ["-C", folder, ...args]);
  await run("init", "--quiet", "--initial-branch=main");
  const author = ["-c", "user.name=Sample", "-c", "user.email=sample@example.org"];
  await run(...author, "commit", "--quiet", "--allow-empty", "-m", "Code");
  await run("branch", "staging");
}
