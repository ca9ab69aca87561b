import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { completionCommand } from "../../src/commands/completion/run.ts";
import { commandTable } from "../../src/commands/flags/table.ts";
import { Failure } from "../../src/failure.ts";
import { rememberProject } from "../../src/settings.ts";

const folder = mkdtempSync(join(tmpdir(), "machinist-completion-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { MACHINIST_HOME: join(folder, "state") };

async function printed(wanted: string | undefined): Promise<string> {
  const lines: string[] = [];
  await completionCommand(wanted, { document: (text) => lines.push(text), env });
  return lines.join("\n");
}

describe("in bash", async () => {
  const script = await printed("bash");

  /** What bash offers for the last of some words. */
  function offered(...words: readonly string[]): readonly string[] {
    const stub = 'machinist() { printf "%s\\n" shopq4m2v7xk3 blogn6w3t8ry5; }';
    const run = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _machinist; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-c", [stub, script, run].join("\n"), "bash", ...words],
      { encoding: "utf8", cwd: folder },
    );
    expect(stderr).toBe("");
    return stdout.split("\n").filter(Boolean);
  }

  test("every command is offered, and what begins as typed", () => {
    expect(offered("machinist", "")).toEqual(expect.arrayContaining(Object.keys(commandTable)));
    expect(offered("machinist", "ru")).toEqual(["rules"]);
  });

  test("a command's flags are offered, those of every command too, and no other's", () => {
    expect(offered("machinist", "verify", "--")).toEqual(
      expect.arrayContaining(["--wait", "--json", "--no-color", "--help"]),
    );
    expect(offered("machinist", "verify", "--")).not.toContain("--fail-on");
  });

  test("the values of a flag are offered, and the rules, and the projects of lately", () => {
    expect(offered("machinist", "audit", "--format", "s")).toEqual(["sarif"]);
    expect(offered("machinist", "rules", "pipefail")).toEqual(["pipefail-in-dash"]);
    expect(offered("machinist", "setup", "--project", "shop")).toEqual(["shopq4m2v7xk3"]);
  });

  test("behind a comma the next of several values is offered, with those that stand there", () => {
    expect(offered("machinist", "setup", "--task", "backup,sy")).toEqual(["backup,sync"]);
    expect(offered("machinist", "setup", "--only", "token,variable,cr")).toEqual([
      "token,variable,cron",
    ]);
  });

  test("a value is offered behind = too, of which bash makes a word", () => {
    expect(offered("machinist", "audit", "--format", "=", "sar")).toEqual(["sarif"]);
    expect(offered("machinist", "setup", "--guard", "=")).toEqual(["branch", "type"]);
  });

  test("help is offered, and a command behind it", () => {
    expect(offered("machinist", "hel")).toEqual(["help"]);
    expect(offered("machinist", "help", "rot")).toEqual(["rotate"]);
  });

  test("a path is offered whole where a flag takes a file", () => {
    writeFileSync(join(folder, "two words.json"), "");
    expect(offered("machinist", "audit", "--baseline", "two")).toEqual(["two words.json"]);
  });
});

test.each(["zsh", "fish"])(
  "in %s, every command and every value of a choice is there",
  async (shell) => {
    const script = await printed(shell);
    for (const name of Object.keys(commandTable)) expect(script).toContain(name);
    for (const part of ["sarif", "cron-guard-missing", "machinist completion projects"])
      expect(script).toContain(part);
  },
);

test("in zsh and fish, several values go behind a flag, a value behind =, and a command behind help", async () => {
  const [zsh, fish] = [await printed("zsh"), await printed("fish")];
  expect(zsh).toMatch(/'--task=\[[^']*\]:value:_values -s , value backup /u);
  expect(zsh).toMatch(/'--format=\[[^']*\]:value:\(/u);
  expect(zsh).toContain("'help:the help, or that of a command'");
  expect(fish).toMatch(/ -l task -x -a '\(__machinist_list backup /u);
  expect(fish).toMatch(/__fish_seen_subcommand_from help' -f -a 'setup audit /u);
  for (const script of [zsh, fish]) expect(script).toMatch(/--version|-l version/u);
});

test("the projects of lately are told to the scripts", async () => {
  expect(await printed("projects")).toBe("");
  await rememberProject(env, "shopq4m2v7xk3");
  expect(await printed("projects")).toBe("shopq4m2v7xk3");
});

test.each([undefined, "tcsh"])(
  "without a shell that is known (%s) it says which there are",
  async (shell) => {
    await expect(printed(shell)).rejects.toThrow(Failure);
  },
);
