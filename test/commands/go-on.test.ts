import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { auditWords, readAuditOptions } from "../../src/commands/audit/options.ts";
import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { type Flag, type Flags, flagName } from "../../src/commands/flags/flag.ts";
import { readFlags } from "../../src/commands/flags/read-flags.ts";
import { commandTable, sharedFlags } from "../../src/commands/flags/table.ts";
import { rotateRequest } from "../../src/commands/rotate/run.ts";
import { setupRequest } from "../../src/commands/setup/run.ts";
import { undo } from "../../src/commands/undo/command.ts";
import { verifyRequest } from "../../src/commands/verify/run.ts";
import type { RecordedAnswer } from "../../src/dialogue/session.ts";
import { laterCommand, resumeCommand } from "../../src/setup/resume-command.ts";
import type { SetupRequest } from "../../src/setup/session.ts";
import { update } from "../change/changes.ts";
import { emptyDirectory } from "../change/place.ts";

type Typed = Readonly<Record<string, unknown>>;
type Guided = "setup" | "rotate" | "verify";

const samples: Readonly<Record<string, string>> = {
  cliVersion: "5.11.0",
  olderThan: "90d",
  only: "cron",
  schedule: "0 6 * * *",
  unsafeFixes: "all",
};

/** What a flag doesn't go without. */
const companions: Readonly<Record<string, Readonly<Record<string, Typed>>>> = {
  setup: { repository: { where: "github" } },
  audit: { unsafeFixes: { fix: true }, dryRun: { fix: true } },
};

function sampleOf(name: string, { takes }: Flag): unknown {
  if (takes.kind === "nothing" || takes.kind === "negation") return takes.kind === "nothing";
  if (takes.kind === "choice") return takes.values.at(-1);
  if (takes.kind === "file" || takes.kind === "folder") return `/tmp/${name}`;
  const value = samples[name] ?? "shop";
  return takes.kind === "texts" ? [value] : value;
}

const given = (["setup", "rotate", "verify", "audit"] as const).flatMap((command) => {
  const flags: Flags = { ...commandTable[command].flags, ...sharedFlags };
  return Object.entries(flags).map(([name, flag]) => ({ command, name, flag }));
});

function requestOf(command: Guided, typed: Typed): SetupRequest {
  if (command === "setup") return setupRequest("/shop", flagsOf("setup", typed));
  if (command === "rotate") return rotateRequest("/shop", flagsOf("rotate", typed));
  return verifyRequest("/shop", flagsOf("verify", typed));
}

const repeated = (command: Guided | "audit", typed: Typed) =>
  repeatableFlags(command, flagsOf(command, typed), readFlags(sharedFlags, typed));

const chose = (value: string): RecordedAnswer => {
  return { value, shown: value, because: "you chose", basis: "", origin: "asked" };
};

/** The command to go on, as words, of a run that was left before anything was asked, or with these answers. */
function wordsToGoOn(command: Guided | "audit", typed: Typed, task?: string): readonly string[] {
  const flags = repeated(command, typed);
  if (command === "audit") {
    const request = readAuditOptions({ directory: "/shop" }, flagsOf("audit", typed));
    return auditWords({ ...request, vendor: undefined, face: "flags", flags });
  }
  const answers = task === undefined ? {} : { task: chose(task) };
  const session = { request: requestOf(command, typed), answers };
  // Only what a blank, a star or an equals sign is in stands in quotes here.
  const line = resumeCommand(command, session, { flags, changes: [] });
  return [...line.matchAll(/'([^']*)'|(\S+)/gu)].map(([, quoted, plain = ""]) => quoted ?? plain);
}

/** The flags of a command line, as the argument parser would hand them over. */
function typedIn(flags: Flags, words: readonly string[]): Typed {
  const typed: Record<string, unknown> = {};
  for (const [at, word] of words.entries()) {
    const found = Object.entries(flags).find(([name, flag]) => flagName(name, flag) === word);
    if (found === undefined) continue;
    const [name, { takes }] = found;
    const value = words[at + 1];
    if (takes.kind === "nothing" || takes.kind === "negation")
      typed[name] = takes.kind === "nothing";
    else typed[name] = takes.kind === "texts" ? [typed[name] ?? [], value ?? []].flat() : value;
  }
  return typed;
}

describe("the command to go on", () => {
  test.each(given)("has each flag that was given: $name of $command", ({ command, name, flag }) => {
    const typed = { ...companions[command]?.[name], [name]: sampleOf(name, flag) };
    const words = wordsToGoOn(command, typed);
    const flags: Flags = { ...commandTable[command].flags, ...sharedFlags };
    expect(typedIn(flags, words)).toEqual(typed);
  });

  test.each(given.filter(({ command }) => command === "setup"))(
    "is one that setup takes once the task is answered: $name",
    ({ name, flag }) => {
      const typed = { ...companions["setup"]?.[name], [name]: sampleOf(name, flag) };
      const tasks = flag.use?.tasks ?? ["backup"];
      const words = wordsToGoOn("setup", typed, tasks[0]);
      const again = typedIn(commandTable.setup.flags, words);
      expect(Object.keys(again)).toEqual(
        expect.arrayContaining(Object.keys(typed).filter((key) => !(key in sharedFlags))),
      );
      expect(() => requestOf("setup", again)).not.toThrow();
    },
  );

  test("leaves out of setup only what a variable that was set makes wrong", () => {
    const typed = { machineTokenStdin: true, ifSet: "replace", yes: true };
    const session = { request: requestOf("setup", typed), answers: {} };
    const flags = repeated("setup", typed);
    expect(resumeCommand("setup", session, { flags, changes: [update] })).toBe(
      "machinist setup /shop --if-set leave --yes",
    );
  });

  test("names a text from standard input by its flags alone, which takes no file beside it", () => {
    const typed = { stdin: true, stdinFilename: "/shop/.platform.app.yaml" };
    const standIn = { file: "/shop/.platform.app.yaml", text: "" };
    const place = { directory: "/shop", only: [".platform.app.yaml"], standIn };
    const request = readAuditOptions(place, flagsOf("audit", typed));
    const flags = repeated("audit", typed);
    expect(auditWords({ ...request, vendor: undefined, face: "flags", flags })).toEqual([
      ...["machinist", "audit", "--stdin", "--stdin-filename", "/shop/.platform.app.yaml"],
    ]);
  });

  test("has each flag of undo, and the numbers that were chosen", async () => {
    const home = join(await emptyDirectory(), "home");
    const directory = await emptyDirectory();
    await writeFile(home, "a file in the place of the folder\n");
    const said: string[] = [];
    const typed = { only: "2", wait: false, yes: true, vendor: "upsun" };
    const io = {
      ...{
        out: () => undefined,
        document: () => undefined,
        err: (line: string) => said.push(line),
      },
      ...{ env: { MACHINIST_HOME: home }, signal: AbortSignal.abort() },
    };
    await expect(undo.run([directory], typed, io)).rejects.toThrow();
    expect(said.at(-1)).toMatch(/machinist undo \S+ --only 2 --no-wait --yes --vendor upsun$/u);
  });
});

test("a later command about the same place has what was said of that, by a flag or when asked", () => {
  const typed = { project: "abcdefghijklm", yes: true, vendor: "upsun", appFile: "/shop/app.yaml" };
  const session = {
    request: requestOf("setup", typed),
    answers: { environment: chose("staging"), app: { ...chose("shop"), origin: "offered" } },
  } as const;
  const context = { flags: repeated("setup", typed), changes: [] };
  expect(laterCommand("verify", session, context)).toBe(
    "machinist verify /shop --project abcdefghijklm --environment staging --app-file /shop/app.yaml --vendor upsun",
  );
  expect(laterCommand("undo", session, context)).toBe("machinist undo /shop --vendor upsun");
});
