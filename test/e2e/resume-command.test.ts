import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { CommandDefinition } from "../../src/commands/command.ts";
import { flagName } from "../../src/commands/flags/flag.ts";
import { sharedFlags } from "../../src/commands/flags/table.ts";
import { rotate } from "../../src/commands/rotate/command.ts";
import { setup } from "../../src/commands/setup/command.ts";
import { verify } from "../../src/commands/verify/command.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const folder = mkdtempSync(join(tmpdir(), "machinist-test-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built program where nobody is signed in, and gives the words of the command that it says to go on with. */
function commandAfter(args: readonly string[]): readonly string[] {
  const { stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: "utf8",
    input: "a-token",
    env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(folder, "state") },
  });
  const line = /(?:go on|look again)[^:]*: machinist (.*)/u.exec(stderr)?.[1];
  if (line === undefined) throw new Error(`no command in: ${stderr}`);
  const words = execFileSync("sh", ["-c", `for word in ${line}; do printf '%s\\0' "$word"; done`], {
    encoding: "utf8",
  });
  return words.split("\0").slice(0, -1);
}

const given: readonly {
  readonly definition: CommandDefinition;
  /** Flags that exclude others; what else excludes these is left out. */
  readonly flags: readonly (readonly string[])[];
}[] = [
  {
    definition: setup,
    flags: [
      ["--project", "shopq4m2v7xk3"],
      ["--other-project"],
      ["--environment", "main"],
      ["--app", "shop"],
      ["--app-file", join(folder, "my app.yaml")],
      ["--task", "backup,custom,source-operation"],
      ["--command", "platform backup:list && echo 'it is done'"],
      ["--operation", "update"],
      ["--live"],
      ["--schedule", "backup=0 5 * * *", "--schedule", "custom=0 6 * * *"],
      ["--cron-name", "backup=nightly"],
      ["--guard", "branch"],
      ["--branch", "main"],
      ["--installer", "php"],
      ["--email", "machine+shop@example.org"],
      ["--machine-token-stdin"],
      ["--change-role"],
      ["--accept-extra-rights"],
      ["--report", join(folder, "record.md")],
      ["--commit"],
      ["--verify-job"],
      ["--keychain"],
      ["--if-set", "replace"],
      ["--delete-strays"],
      ["--no-wait"],
      ["--only", "machine-user,token,variable,cron"],
      ["--dry-run"],
      ["--yes"],
      ["--json"],
    ],
  },
  { definition: setup, flags: [["--cli-version", "5.11.0"]] },
  {
    definition: setup,
    flags: [
      ["--where", "github"],
      ["--repository", "example/shop"],
    ],
  },
  {
    definition: rotate,
    flags: [
      ["--project", "shopq4m2v7xk3"],
      ["--environment", "main"],
      ["--email", "machine+shop@example.org"],
      ["--machine-token-stdin"],
      ["--accept-extra-rights"],
      ["--revoke", "the old one"],
      ["--older-than", "0d"],
      ["--repository", "acme/shop"],
      ["--no-wait"],
      ["--report", join(folder, "record.md")],
      ["--dry-run"],
      ["--yes"],
      ["--json"],
    ],
  },
  {
    definition: verify,
    flags: [
      ["--project", "shopq4m2v7xk3"],
      ["--environment", "main"],
      ["--app", "shop"],
      ["--app-file", join(folder, "my app.yaml")],
      ["--repository", "acme/shop"],
      ["--machine-token-stdin"],
      ["--keychain"],
      ["--report", join(folder, "record.md")],
      ["--wait"],
      ["--json"],
    ],
  },
];

const shared = [["--vendor", "upsun"], ["--accessible"], ["--no-color"], ["--verbose"]];

test.each(given)("the command to go on with has every flag of the run (%#)", (row) => {
  const { definition, flags } = row;
  const all = [...flags, ...shared].flat();
  const [name, directory, ...words] = commandAfter([definition.name, folder, ...all]);
  expect([name, directory]).toEqual([definition.name, folder]);
  expect(words.toSorted()).toEqual(all.toSorted());
});

/** A run without an account goes on below; one about many projects names in its own words those that are left. */
const goesOnOtherwise = ["--offline", "--all", "--org", "--projects-from"];

test("no flag is missing in the test above, but those of runs that go on in another way", () => {
  for (const definition of [setup, rotate, verify]) {
    const tested = given.flatMap((row) => (row.definition === definition ? row.flags : []));
    const names = Object.entries({ ...definition.flags, ...sharedFlags }).map(([key, flag]) =>
      flagName(key, flag),
    );
    expect([...tested, ...shared].map(([flag]) => flag).toSorted()).toEqual(
      names.filter((name) => !goesOnOtherwise.includes(name)).toSorted(),
    );
  }
});

test("a run without an account goes on without one", () => {
  // This can't be edited with certainty, so the run ends before its end.
  writeFileSync(join(folder, ".platform.app.yaml"), "name: app\ntype: 'php:8.3'\ncrons: 5\n");
  const words = ["setup", folder, "--offline", "--task", "backup", "--branch", "main", "--yes"];
  expect(commandAfter(words)).toEqual(expect.arrayContaining(words));
});
