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
