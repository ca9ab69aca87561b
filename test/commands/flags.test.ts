import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type Flag,
  type Flags,
  flagName,
  usageOf,
  valuesOf,
} from "../../src/commands/flags/flag.ts";
import { sharedFlags, commandTable as table } from "../../src/commands/flags/table.ts";
import { commandDefinitions } from "../../src/commands/registry.ts";
import type { Io } from "../../src/commands/terminal/io.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";

const folder = join(import.meta.dirname, "../../src/commands");

const flagsOfCommands = Object.entries<{ readonly flags: Flags }>(table).flatMap(
  ([command, { flags }]) => Object.entries(flags).map(([name, flag]) => ({ command, name, flag })),
);

/** What a command's own files do with its flags. */
const sourceOf = (command: string) => textOf(join(folder, command));

/** All source files of a folder, as one text. */
function textOf(own: string): string {
  return readdirSync(own, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(own, path), "utf8"))
    .join("\n");
}

/** Whether a source takes a flag out of the flags of its command, by name. */
function reads(source: string, name: string): boolean {
  const taken = [
    ...source.matchAll(/\{([^{}]*)\}(?: = (?:flags|options);|: (?:Pick<)?FlagsOf<)/gu),
    ...source.matchAll(/\bflags: \{([^{}]*)\}/gu),
  ].some(([, names = ""]) => new RegExp(`\\b${name}\\b`, "u").test(names));
  return taken || new RegExp(`\\b(?:flags|options)\\.${name}\\b`, "u").test(source);
}

describe("the table of flags", () => {
  test("has every command, in the order of --help", () => {
    expect(Object.keys(table)).toEqual(commandDefinitions.map(({ name }) => name));
  });

  test.each(flagsOfCommands)("has no flag that nothing reads: $name of $command", (row) => {
    const source = sourceOf(row.command);
    const isAnswer = row.flag.answers !== undefined && source.includes("answersGiven(");
    expect(isAnswer || reads(source, row.name)).toBe(true);
  });

  test("would tell of a flag that nothing reads", () => {
    expect(reads(sourceOf("setup"), "owner")).toBe(false);
    expect(reads(sourceOf("audit"), "appFile")).toBe(true);
  });

  test("answers no step that the setup doesn't have", () => {
    const steps = new Set(setupProcedure.steps.map(({ id }) => id.split(":")[0]));
    const flags: readonly Flag[] = Object.values(table.setup.flags);
    const answered = flags.flatMap(({ answers }) => {
      if (answers === undefined) return [];
      return "step" in answers ? answers.step : answers.stepOfEachTask;
    });
    expect(answered.length).toBeGreaterThan(10);
    expect(answered.filter((step) => !steps.has(step))).toEqual([]);
  });

  test("has each flag that the question of a step names", () => {
    const known = new Set(
      Object.entries(sharedFlags)
        .map(([name, flag]) => flagName(name, flag))
        .concat(flagsOfCommands.map(({ name, flag }) => flagName(name, flag))),
    );
    const named = ["setup", "verify"].flatMap((room) =>
      [...textOf(join(folder, "..", room)).matchAll(/\bflag: "(--[a-z-]+)"/gu)].map(
        ([, flag = ""]) => flag,
      ),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });

  test("has examples that the command takes", () => {
    for (const [name, { examples, flags }] of Object.entries<{
      readonly examples: readonly { readonly line: string }[];
      readonly flags: Flags;
    }>(table)) {
      const known = Object.entries(flags).map(([key, flag]) => flagName(key, flag));
      for (const { line } of examples) {
        expect(line.split(" ")[0]).toBe(name);
        const used = [...line.matchAll(/(?<= )--[a-z-]+/gu)].map(([flag]) => flag);
        expect(used.filter((flag) => flag !== "--vendor" && !known.includes(flag))).toEqual([]);
      }
    }
  });
});

describe("a value that can't be meant", () => {
  const valued = flagsOfCommands.filter(({ flag }) => "shown" in flag.takes);

  /** How a command ends with nobody signed in, in an empty environment. */
  async function endOf(command: string, typed: Readonly<Record<string, unknown>>) {
    const definition = commandDefinitions.find(({ name }) => name === command);
    const nothing = () => undefined;
    const { signal } = new AbortController();
    const io: Io = { out: nothing, err: nothing, document: nothing, env: {}, signal };
    return definition?.run([], typed, io).catch((error: unknown) => error);
  }

  test.each(valued)("is refused before anything is done: $name of $command", async (row) => {
    const isSeveral = row.flag.takes.kind === "texts";
    const ended = await endOf(row.command, { [row.name]: isSeveral ? [" "] : " " });
    expect(ended).toMatchObject({
      reason: "usage",
      parts: { where: flagName(row.name, row.flag) },
    });
  });

  test.each([
    ["setup", { task: "bakup" }, "There is no task bakup; the tasks are backup,", "backup?"],
    ["setup", { task: "backup, zync" }, "There is no task zync; the tasks are backup,", "sync?"],
    ["setup", { email: "nope" }, "That is not an e-mail address", undefined],
    ["rotate", { email: "a@b" }, "That is not an e-mail address", undefined],
    ["setup", { schedule: ["x"] }, "“x” has 1 field instead of five", undefined],
    ["setup", { schedule: ["backup=61 5 * * *"] }, "“61 5 * * *” has “61” for the", undefined],
    ["setup", { schedule: ["bakup=0 5 * * *"] }, "There is no task bakup; the tasks", undefined],
    ["setup", { cronName: ["on fire"] }, "A cron is named with letters, digits,", undefined],
    ["setup", { cliVersion: "5" }, "A version looks like 5.11.0", undefined],
    ["setup", { branch: "a..b" }, "Git allows no branch of that name", undefined],
    ["setup", { environment: "main branch" }, "No environment has this id", undefined],
    ["setup", { command: "platform bakup" }, "The CLI has no command bakup", undefined],
    ["setup", { operation: "up date" }, "An operation is named with letters,", undefined],
    ["setup", { repository: "shop" }, "This is no repository's name, as acme/shop", undefined],
    ["setup", { guard: "brnch" }, "It takes one of branch, type", "branch?"],
    ["setup", { installer: "foo" }, "It takes one of bash, php", undefined],
    ["setup", { only: "cronn" }, "There is no such part; the parts are", "cron?"],
    ["audit", { project: "UP per" }, "This is no project's id: one has small letters", undefined],
    ["status", { project: "https://console.example" }, "This is no project's id", undefined],
    [
      "audit",
      { fix: true, unsafeFixes: "cron-gard-missing" },
      "There is no",
      "cron-guard-missing?",
    ],
    ["audit", { format: "jsn" }, "It takes one of text, json", "json?"],
    ["verify", { vendor: "upsn" }, "It takes one of platformsh, upsun", "upsun?"],
    ["sandbox", { port: " " }, "  is not a port", undefined],
  ])("of %s is told with what is allowed: %j", async (command, typed, what, meant) => {
    const ended = await endOf(command, typed);
    const next: unknown = meant === undefined ? undefined : expect.stringContaining(meant);
    expect(ended).toMatchObject({
      reason: "usage",
      parts: { what: expect.stringContaining(what), ...(next === undefined ? {} : { next }) },
    });
  });

  test("is not a value that may be", async () => {
    const given = {
      task: "backup, sync",
      email: " operator+shop@example.org ",
      schedule: ["backup=0 5 * * *", "sync=H 6 * * *"],
      cronName: ["backup=night"],
      branch: "feature/x",
      environment: "pr-12",
      project: "abcdefghijklm",
      cliVersion: "v5.11.0",
      app: "shop",
    };
    expect(await endOf("setup", given)).toMatchObject({ reason: "signedOut" });
  });
});

test("a flag is written as it is typed, with what it takes", () => {
  const { wait, appFile, otherProject } = table.setup.flags;
  expect(usageOf("wait", wait)).toBe("--no-wait");
  expect(usageOf("appFile", appFile)).toBe("--app-file <path>");
  expect(usageOf("otherProject", otherProject)).toBe("--other-project");
});

test("the values that are known beforehand can be offered", async () => {
  const { guard, only, project } = table.setup.flags;
  expect(await valuesOf(guard)).toEqual(["branch", "type"]);
  expect(await valuesOf(only)).toContain("machine-user");
  expect(await valuesOf(project)).toEqual([]);
  const rules = await valuesOf(table.audit.flags.unsafeFixes);
  expect(rules[0]).toBe("all");
  expect(rules).toContain("cron-guard-missing");
});
