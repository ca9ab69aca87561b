import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { usageOf } from "../../src/commands/flags/flag.ts";
import { commandDefinitions } from "../../src/commands/registry.ts";
import { exitCodeMeanings } from "../../src/exit-code.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));
const canary = "canary-5e1f90ab77";
/** In the form of an API token. */
const token = "cAnary5e1f90ab77-cAnary5e1f90ab77_cAnary5e1";

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built program with pipes on all three ends. */
function machinist(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: "utf8",
    input: "",
    timeout: 30_000,
    env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(folder, "state") },
  });
  return { status, stdout, stderr };
}

describe("the command line", () => {
  test("tells its version, as package.json has it", () => {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
    );
    expect(machinist("--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("gives the help when it is run alone without a terminal", () => {
    const { status, stdout } = machinist();
    expect(status).toBe(0);
    for (const { name } of commandDefinitions) expect(stdout).toContain(name);
    for (const [code, meaning] of exitCodeMeanings) {
      const told = stdout.split("\n").filter((line) => line.startsWith(`  ${code} `));
      expect(told).toEqual([expect.stringContaining(meaning)]);
    }
  });

  test.each(commandDefinitions.map(({ name, flags }) => [name, flags] as const))(
    "explains every flag of %s",
    (name, flags) => {
      const { status, stdout } = machinist(name, "--help");
      expect(status).toBe(0);
      for (const [key, flag] of Object.entries(flags)) {
        expect(stdout).toContain(usageOf(key, flag));
        expect(stdout.replace(/\s+/gu, " ")).toContain(flag.words);
      }
    },
  );

  test.each([
    [["frobnicate"], /no such command/u],
    [["setup", "--frob"], /--frob/u],
    [["setup", "a", "b"], /too many arguments/u],
    [["setup", "--guard", "moon"], /branch, type/u],
    [["setup", "--vendor", "moon"], /platformsh, upsun/u],
    [["setup", "--offline", "--only", "token"], /can't be done offline/u],
  ])("%j is wrong usage, in one message", (args, says) => {
    const { status, stderr, stdout } = machinist(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/at .*\.js:/u);
    expect(stdout).toBe("");
  });

  test.each([
    [["setup", "--token", canary]],
    [["setup", `--token=${canary}`]],
    [["setup", `--machine-token=${canary}`]],
    [["setup", "--api-token", canary]],
    [[canary]],
    [["setup", `--frob=${canary}`]],
  ])("a secret in the wrong place (%#) is refused without being repeated", (args) => {
    const { status, stdout, stderr } = machinist(...args);
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain(canary);
  });

  test.each([
    [["setup", "--task", token], "--task"],
    [["setup", "--task", `backup,${token}`], "--task"],
    [["setup", "--schedule", `backup=${token}`], "--schedule"],
    [["setup", `--email=${token}`], "--email"],
    [["setup", "--command", `PLATFORMSH_CLI_TOKEN=${token} platform backup`], "--command"],
    [["rotate", "--yes", "--revoke", token], "--revoke"],
    [["audit", "--json", "--fix", "--unsafe-fixes", token], "--unsafe-fixes"],
    [["sandbox", "--port", token], "--port"],
    [["rules", token], "the command line"],
  ])("a token in the place of a value (%#) is refused without being repeated", (args, where) => {
    const { status, stdout, stderr } = machinist(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`${where}: No secret is taken from the command line`);
    expect(stdout + stderr).not.toContain(token.slice(0, 10));
  });

  test("an offline setup asks for nothing but what only a person knows", () => {
    writeFileSync(join(folder, ".platform.app.yaml"), "name: app\ntype: 'php:8.3'\n");
    const missing = machinist("setup", "--offline", "--task", "backup", "--yes");
    expect(missing.status).toBe(2);
    expect(missing.stderr).toContain("--branch");
    const done = machinist("setup", "--offline", "--task", "backup", "--branch", "main", "--yes");
    expect(done).toMatchObject({ status: 0, stderr: "" });
    expect(done.stdout).toContain("+ ");
    const undone = machinist("undo", "--yes");
    expect(undone.status).toBe(0);
    expect(readFileSync(join(folder, ".platform.app.yaml"), "utf8")).toBe(
      "name: app\ntype: 'php:8.3'\n",
    );
  });

  test("a setup that can not go to its end changes nothing, and says how to go on", () => {
    writeFileSync(join(folder, ".platform.app.yaml"), "name: app\ntype: 'php:8.3'\ncrons: 5\n");
    const { status, stderr } = machinist(
      "setup",
      "--offline",
      "--task",
      "backup",
      "--branch",
      "main",
      "--yes",
    );
    expect(status).toBe(5);
    expect(stderr).toMatch(/\.platform\.app\.yaml:3:\d+/u);
    expect(stderr).toContain("nothing was changed");
    expect(readFileSync(join(folder, ".platform.app.yaml"), "utf8")).not.toContain("hooks");
    expect(stderr).toContain("machinist setup");
  });

  test("not signed in ends with 3 and the variable to set", () => {
    const { status, stderr } = machinist("setup", "--yes");
    expect(status).toBe(3);
    expect(stderr).toContain("PLATFORMSH_CLI_TOKEN");
  });
});
