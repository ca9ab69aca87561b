import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { auditCommand } from "../../src/commands/audit/run.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { Failure, failureLines } from "../../src/failure.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { someCells } from "../amounts.ts";
import { type DiskCall, type DiskFault, onFaultyDisk } from "../change/faulty-disk.ts";
import { runSetup, type SetupRun } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";
import { allWords, type Cell, cellsOf, enter, printTable, type Said } from "./fault-table.ts";

const appBefore = "name: web\ntype: 'php:8.3'\n";
/** A cron that waits, which a safe fix puts right. */
const waiting = `${appBefore}crons:\n    save:\n        spec: '11 2 * * *'\n        commands:\n            start: |\n                if [ "$PLATFORM_BRANCH" = main ]; then\n                    platform redeploy --yes\n                fi\n`;
const flags = {
  offline: true,
  task: "backup",
  branch: "main",
  schedule: ["backup=7 4 * * *"],
  yes: true,
};

/** A checkout with its state, and what a run of a command said about it. */
interface Place {
  readonly directory: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Operation {
  readonly name: string;
  /** Makes the place ready. */
  prepare(place: Place): Promise<void>;
  run(place: Place): Promise<Said>;
  /** Whether the file is as it is to be at the end. */
  readonly goal: (text: string) => boolean;
  /** The text of the app's file before all; the same for all unless given. */
  readonly app?: string;
  /** The file that it writes, beside the app's; it is of no journal. */
  readonly writes?: string;
}

const installs = (text: string) => text.includes("installer.sh");
const backsUp = (text: string) => text.includes("backup:create");
const setUp = (text: string) => installs(text) && backsUp(text);

const operations: readonly Operation[] = [
  {
    name: "setup",
    prepare: async () => undefined,
    run: async (place) => saidBy(await runSetup(place, flags)),
    goal: setUp,
  },
  {
    name: "setup --commit",
    prepare: async ({ directory }) => {
      const git = (...args: string[]) =>
        execFileSync("git", ["-C", directory, ...args], { stdio: "pipe" });
      git("init", "-q", "-b", "main");
      git("add", ".platform.app.yaml");
      git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "first");
      git("config", "user.name", "A");
      git("config", "user.email", "a@example.org");
    },
    run: async (place) => saidBy(await runSetup(place, { ...flags, commit: true })),
    goal: setUp,
  },
  {
    name: "undo",
    prepare: async (place) => {
      await runSetup(place, flags);
    },
    run: async (place) => {
      const lines: string[] = [];
      const failure = await runUndo(place, {}, lines).then(
        () => undefined,
        (error: unknown) => error,
      );
      return { text: lines.join("\n"), failure };
    },
    goal: (text) => text === appBefore,
  },
  {
    name: "audit --fix",
    app: waiting,
    prepare: async () => undefined,
    run: (place) => audited(place, { fix: true }),
    goal: (text) => text.includes("--no-wait"),
  },
  {
    name: "audit --write-baseline",
    app: waiting,
    writes: "baseline.json",
    prepare: async () => undefined,
    run: (place) => audited(place, { writeBaseline: join(place.directory, "baseline.json") }),
    goal: isJson,
  },
  {
    name: "audit --output",
    app: waiting,
    writes: "report.json",
    prepare: async () => undefined,
    run: (place) => audited(place, { json: true, output: join(place.directory, "report.json") }),
    goal: isJson,
  },
  {
    name: "setup --report",
    writes: "record.md",
    prepare: async () => undefined,
    run: async (place) =>
      saidBy(await runSetup(place, { ...flags, report: join(place.directory, "record.md") })),
    goal: (text) => text.startsWith("<!-- records of machinist -->") && text.includes("cron"),
  },
];

/** What an audit in its flags says. */
async function audited({ directory, env }: Place, flags: Readonly<Record<string, unknown>>) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  return auditCommand(
    {
      ...readAuditOptions({ directory }, flagsOf("audit", { offline: true, ...flags })),
      ...{ vendor: vendors.platformsh, face: "flags", flags: [] },
    },
    { out: say, err: say, document: say, env, signal: new AbortController().signal },
  ).then(
    (ended) => ({ text: said.join("\n"), failure: undefined, ended }),
    (failure: unknown) => ({ text: said.join("\n"), failure }),
  );
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== null;
  } catch {
    return false;
  }
}

function saidBy({ out, err, failure }: SetupRun): Said {
  return { text: `${out}\n${err}`, failure };
}

let folder: string;
const prepared = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "machinist-test-"));
  for (const operation of operations) {
    const at = join(folder, operation.name.replaceAll(" ", ""));
    const place = placeIn(at);
    await mkdir(place.directory, { recursive: true });
    await writeFile(place.file, operation.app ?? appBefore);
    await operation.prepare(place);
    prepared.set(operation.name, at);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function placeOf({ name }: Operation): Place {
  return placeIn(prepared.get(name) ?? "");
}

function placeIn(at: string): Place {
  const directory = join(at, "checkout");
  return {
    directory,
    file: join(directory, ".platform.app.yaml"),
    env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(at, "state") },
  };
}

/** Runs an operation from the same start, with a fault at the calls that are meant. */
async function played(
  { name, run }: Operation,
  faultOf: (call: DiskCall) => DiskFault | undefined,
): Promise<{ readonly place: Place; readonly said: Said; readonly calls: readonly DiskCall[] }> {
  // The journal knows a directory by its path, so that each play is at the same one.
  const at = prepared.get(name) ?? "";
  const kept = `${at}.kept`;
  await cp(at, kept, { recursive: true, errorOnExist: false });
  let said: Said = { text: "", failure: undefined };
  const place = placeIn(at);
  const calls = await onFaultyDisk(faultOf, async () => {
    said = await run(place);
  });
  return { place, said, calls };
}

async function putBack({ name }: Operation): Promise<void> {
  const at = prepared.get(name) ?? "";
  await rm(at, { recursive: true, force: true });
  await cp(`${at}.kept`, at, { recursive: true });
  await rm(`${at}.kept`, { recursive: true, force: true });
}

/** What is in the file that counts; undefined where there is none. */
async function textOf({ writes }: Operation, { directory, file }: Place) {
  const path = writes === undefined ? file : join(directory, writes);
  return readFile(path, "utf8").catch(() => undefined);
}

/** The same for a file that is written as a whole and of which there is no journal. */
function disagreementsOfWriting(
  { goal, name }: Operation,
  now: string | undefined,
  { failure, text }: Said,
): readonly string[] {
  const whole = failure instanceof Failure ? failureLines(failure.parts).join("\n") : "";
  const isThere = now !== undefined;
  const checks: readonly (readonly [boolean, string])[] = [
    [failure !== undefined && !(failure instanceof Failure), `no words: ${failure}`],
    [failure === undefined && !isThere, "success is said, and the file isn't there"],
    [isThere && !goal(now) && name !== "setup --report", "the file is there in part"],
    [
      isThere && /can't be written/u.test(whole) && name !== "setup --report",
      "the file is said not to be written, and is",
    ],
    [!isThere && /the record is in/u.test(text), "the record is said to be there, and isn't"],
  ];
  return checks.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** In what the sentences and the disk disagree; nothing when they don't. */
function disagreements(
  operation: Operation,
  before: string | undefined,
  now: string | undefined,
  said: Said,
): readonly string[] {
  const { goal, name } = operation;
  if (operation.writes !== undefined) return disagreementsOfWriting(operation, now, said);
  if (now === undefined) return ["the file is gone"];
  const { failure, text, ended = "done" } = said;
  const failed = failure !== undefined || ended !== "done";
  const whole = failure instanceof Failure ? failureLines(failure.parts).join("\n") : "";
  const all = allWords(said);
  const checks: readonly (readonly [boolean, string])[] = [
    [failure !== undefined && !(failure instanceof Failure), `a failure without words: ${failure}`],
    [!failed && !goal(now), "success is said, and the file is not as wished"],
    [/There is no app/u.test(whole), "the app is said to be gone, and is there"],
    [
      /nothing was done/u.test(whole) && /^not known/mu.test(text),
      "nothing is said to be done, and not to be known",
    ],
    [
      /nothing was changed/iu.test(text) && now !== before,
      "nothing is said to be changed, and the file is",
    ],
    [
      /it is as it was/u.test(whole) && !/^done:/mu.test(text) && now !== before,
      "the file is said to be as it was",
    ],
    [
      now !== before && !/^(?:done:|not known whether done:|Changed )/mu.test(text),
      "the file is changed, and nothing says so",
    ],
    [
      /^(?:done: )?Changed/mu.test(text) && now === before,
      "a change is said to be made, and the file is as it was",
    ],
    [
      name.startsWith("setup") &&
        /^done: Changed .*cron/mu.test(text) !== backsUp(now) &&
        !/not known/u.test(all),
      "the cron is in the file or said to be, and not both",
    ],
  ];
  return checks.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** After the fault is gone, undo gives the file back what it was before the first run. */
async function isRepairable(
  { app = appBefore }: Operation,
  place: Place,
): Promise<string | undefined> {
  for (let times = 0; times < 2; times++)
    await runUndo(place).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
    });
  const now = await readFile(place.file, "utf8");
  return now === app ? undefined : "undo doesn't give the file back";
}

afterAll(printTable);

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "a disk that fails under %s",
  (_name, operation) => {
    /** Plays one cell of the table, and gives in what it is wrong. */
    const play = async (cell: Cell) => {
      const before = await textOf(operation, placeOf(operation));
      const { place, said } = await played(operation, cell.faultOf);
      const now = await textOf(operation, place);
      const isGoal = now !== undefined && operation.goal(now);
      enter(operation.name, cell, now === before ? "as before" : isGoal ? "all" : "a part", said);
      const found = [...disagreements(operation, before, now, said)];
      const lost = await isRepairable(operation, place);
      if (lost !== undefined && !/could not be written down/u.test(said.text)) found.push(lost);
      await putBack(operation);
      return found.map((what) => `${cell.shown}: ${what}\n${allWords(said)}`);
    };

    test("leaves no sentence that the disk contradicts, whichever call fails, and whether it recovers", async () => {
      const { calls } = await played(operation, () => undefined);
      await putBack(operation);
      expect(calls.length).toBeGreaterThan(3);
      const wrong: string[] = [];
      for (const cell of someCells(cellsOf(calls))) wrong.push(...(await play(cell)));
      expect(wrong).toEqual([]);
    });
  },
);
