import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCodes } from "../../src/exit-code.ts";
import { Failure, failureLines } from "../../src/failure.ts";
import { printsTables, someMoments } from "../amounts.ts";
import { type DiskCall, type DiskFault, onFaultyDisk } from "../change/faulty-disk.ts";
import { runSetup, type SetupRun } from "../setup/run-setup.ts";
import { runUndo } from "../setup/run-undo.ts";

const appBefore = "name: web\ntype: 'php:8.3'\n";
const flags = {
  offline: true,
  task: "backup",
  branch: "main",
  schedule: ["backup=7 4 * * *"],
  yes: true,
};

/** Every kind of fault that a table has a column for. */
const faults: readonly DiskFault[] = [
  { code: "ENOSPC", when: "before" },
  { code: "EIO", when: "before" },
  { code: "EIO", when: "after" },
  { code: "ESTALE", when: "after" },
  { code: "EROFS", when: "before" },
  { code: "EINTR", when: "before" },
];

/** A checkout with its state, and what a run of a command said about it. */
interface Place {
  readonly directory: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Said {
  readonly text: string;
  readonly failure: unknown;
}

interface Operation {
  readonly name: string;
  /** Makes the place ready. */
  prepare(place: Place): Promise<void>;
  run(place: Place): Promise<Said>;
  /** What the file may hold before, in the middle and at the end. */
  readonly goal: (text: string) => boolean;
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
];

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
    await writeFile(place.file, appBefore);
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

/** In what the sentences and the disk disagree; nothing when they don't. */
async function disagreements(
  { goal, name }: Operation,
  before: string,
  { place, said }: { readonly place: Place; readonly said: Said },
): Promise<readonly string[]> {
  const now = await readFile(place.file, "utf8");
  const { failure, text } = said;
  const failed = failure !== undefined;
  const whole = failure instanceof Failure ? failureLines(failure.parts).join("\n") : "";
  const all = `${text}\n${whole}`;
  const checks: readonly (readonly [boolean, string])[] = [
    [failed && !(failure instanceof Failure), `a failure without words: ${failure}`],
    [!failed && !goal(now), "success is said, and the file is not as wished"],
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
      now !== before && !/^(done|not known whether done):/mu.test(text),
      "the file is changed, and nothing says so",
    ],
    [
      /^done: Changed/mu.test(text) && now === before,
      "a change is said to be made, and the file is as it was",
    ],
    [
      name !== "undo" &&
        /^done: Changed .*cron/mu.test(text) !== backsUp(now) &&
        !/not known/u.test(all),
      "the cron is in the file or said to be, and not both",
    ],
  ];
  return checks.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** After the fault is gone, undo gives the file back what it was before the first run. */
async function isRepairable(place: Place): Promise<string | undefined> {
  for (let times = 0; times < 2; times++)
    await runUndo(place).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
    });
  const now = await readFile(place.file, "utf8");
  return now === appBefore ? undefined : "undo doesn't give the file back";
}

/** A row of the table: what went wrong, what is on disk, what was said, and how the program ended. */
interface Row {
  readonly operation: string;
  readonly fault: string;
  readonly disk: string;
  readonly said: string;
  readonly exit: number;
}

const table: Row[] = [];

function rowOf(
  { name, goal }: Operation,
  fault: string,
  before: string,
  now: string,
  { text, failure }: Said,
): Row {
  const disk = now === before ? "as before" : goal(now) ? "as wished" : "in part";
  const words = /nothing was changed|not known whether done|left out|^done: /gmu;
  const said = [...new Set(text.match(words) ?? [])].join(", ");
  const reason = failure instanceof Failure ? failure.reason : "unexpected";
  return {
    operation: name,
    fault,
    disk,
    said: failure instanceof Failure ? `${said}; ${failure.parts.what}` : said,
    exit: failure === undefined ? 0 : exitCodes[reason].code,
  };
}

afterAll(() => {
  if (printsTables) for (const row of table) process.stdout.write(`${JSON.stringify(row)}\n`);
});

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "a disk that fails under %s",
  (_name, operation) => {
    /** Plays one cell of the table, and gives in what it is wrong. */
    const cell = async (shown: string, faultOf: (call: DiskCall) => DiskFault | undefined) => {
      const before = await readFile(placeOf(operation).file, "utf8");
      const play = await played(operation, faultOf);
      const now = await readFile(play.place.file, "utf8");
      table.push(rowOf(operation, shown, before, now, play.said));
      const found = [...(await disagreements(operation, before, play))];
      const lost = await isRepairable(play.place);
      if (lost !== undefined && !/could not be written down/u.test(play.said.text))
        found.push(lost);
      await putBack(operation);
      return found.map((what) => `${shown}: ${what}\n${play.said.text}`);
    };
    const callsOf = async () => {
      const { calls } = await played(operation, () => undefined);
      await putBack(operation);
      expect(calls.length).toBeGreaterThan(8);
      return calls;
    };

    test("leaves no sentence that the disk contradicts, whichever call fails, and whether it recovers", async () => {
      const calls = await callsOf();
      const cells = calls.flatMap(({ name, path, number }) => {
        const where = `${name} ${path?.split("/").at(-1) ?? ""} (${number})`;
        return [
          ...faults.map((fault) => ({
            shown: `${fault.code} ${fault.when} ${where}`,
            faultOf: (call: DiskCall) => (call.number === number ? fault : undefined),
          })),
          ...(["ENOSPC", "EROFS", "EIO"] as const).map((code) => ({
            shown: `${code} from ${where} on`,
            faultOf: (call: DiskCall) =>
              call.number >= number ? ({ code, when: "before" } as const) : undefined,
          })),
        ];
      });
      const wrong: string[] = [];
      for (const index of someMoments(cells.length)) {
        const { shown, faultOf } = cells[index] ?? { shown: "nothing", faultOf: () => undefined };
        wrong.push(...(await cell(shown, faultOf)));
      }
      expect(wrong).toEqual([]);
    });
  },
);
