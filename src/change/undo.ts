import { takeLock } from "../disk/lock.ts";
import { Failure } from "../failure.ts";
import type { Activity } from "../platform/activities.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import type { Connection } from "../platform/connection.ts";
import { printable } from "../printable.ts";
import type { Attempt, Journal } from "./journal.ts";
import type { AnyChange, Assessment, LaterChange, Standing } from "./kinds/kind.ts";
import { actionOfChange, kindOf } from "./kinds/kind-of.ts";
import { doneLine, type Preview, previewOf } from "./preview.ts";
import {
  type JournalEntry,
  type RunPlace,
  readRun,
  runPaths,
  runPlace,
  writeRun,
} from "./run-file.ts";

/** What the last run changed that is not taken back yet, in the order to take it back. */
export interface UndoPlan {
  /** When the run made its first change, ISO 8601 in UTC; missing when there is nothing to undo. */
  readonly started?: string;
  readonly entries: readonly UndoEntry[];
}

/** One change of the run, and whether it can be taken back. */
export type UndoEntry = {
  /** What it is called by: 1 is the last change of the run that is not taken back yet. */
  readonly number: number;
  /** The change in a few words. */
  readonly title: string;
  /** Where it is written down. */
  readonly record: { readonly lock: string; readonly run: string; readonly index: number };
} & (
  | { readonly kind: "ready"; readonly reversal: AnyChange; readonly preview: Preview }
  /** There is nothing to do for it, or never a way. */
  | { readonly kind: "settled" | "stays"; readonly reason: string }
  | { readonly kind: "blocked"; readonly failure: Failure; readonly preview?: Preview }
);

/**
 * Plans to take back the last run on a directory that is not undone as a whole. Nothing is changed.
 *
 * @param directory the directory the run was for
 * @param env says where the state is kept
 * @param connection the API as the operator; without it, what was done on the platform is blocked
 * @param chosen only these changes, by their numbers; all of them when missing
 * @throws Failure when the journal can't be read
 */
export async function planUndo(
  directory: string,
  env: NodeJS.ProcessEnv,
  connection?: Connection,
  chosen?: readonly number[],
): Promise<UndoPlan> {
  const place = await runPlace(directory, env);
  for (const path of await runPaths(place)) {
    const { entries, started } = await readRun(path);
    if (entries.every(({ state }) => state === "undone")) continue;
    return { started, entries: await assessAll(entries, path, place, connection, chosen) };
  }
  return { entries: [] };
}

async function assessAll(
  entries: readonly JournalEntry[],
  run: string,
  { lock }: RunPlace,
  connection: Connection | undefined,
  chosen: readonly number[] | undefined,
): Promise<readonly UndoEntry[]> {
  const texts = new Map<string, string>();
  const assessed: UndoEntry[] = [];
  const staying: Staying[] = [];
  let number = 0;
  for (const [index, entry] of [...entries.entries()].reverse()) {
    if (entry.state === "undone") continue;
    number += 1;
    const { deed, state } = entry;
    const written = kindOf(deed).writes?.(deed);
    if (chosen?.includes(number) === false) {
      if (written !== undefined) staying.push({ number, ...written });
      continue;
    }
    const later = staying.filter(({ path }) => path === written?.path);
    const assessment = await assess(entry, { state, texts, later, connection });
    assessed.push({
      number,
      title: printable(kindOf(entry.deed).title(entry.deed)),
      record: { lock, run, index },
      ...shownAs(assessment),
    });
  }
  return assessed;
}

/** A change to a file that was not chosen to be taken back. */
type Staying = LaterChange & { readonly path: string };

async function assess({ deed: record }: JournalEntry, standing: Standing): Promise<Assessment> {
  try {
    return await kindOf(record).assess(record, standing);
  } catch (error) {
    // One project that can't be seen any more must not stand in the way of the rest.
    if (error instanceof ApiFailure) return { kind: "blocked", failure: error };
    throw error;
  }
}

function shownAs(assessment: Assessment) {
  if (assessment.kind !== "ready") return assessment;
  const { kind, reversal, notes } = assessment;
  const { title, lines } = previewOf(reversal);
  const facts = notes.map((text) => ({ kind: "fact" as const, text }));
  return { kind, reversal, preview: { title, lines: [...lines, ...facts] } };
}

/** What taking one entry back did. */
export interface Undone {
  /** In the past tense, for the transcript. */
  readonly line: string;
  /** What the platform set off by it, and whose project that is in; missing when that is nothing. */
  readonly setOff?: { readonly project: string; readonly activities: readonly Activity[] };
  /** Why it could not be written down: it is done all the same, and the next undo finds nothing to do for it. */
  readonly unwritten?: Failure;
}

/**
 * Takes one entry back and writes that down; the run counts as undone when all its entries are. Entries of one run
 * are taken back in the order of the plan. Of what is settled or stays, only that is written down.
 *
 * @param env the environment of the command, in which programs are looked for and started
 * @throws Failure when the entry is blocked, when another run has the project, or as taking it back does
 */
export async function undoEntry(
  entry: UndoEntry,
  env: NodeJS.ProcessEnv,
  connection?: Connection,
): Promise<Undone> {
  if (entry.kind === "blocked") throw entry.failure;
  const release = await takeLock(entry.record.lock);
  try {
    const undone =
      entry.kind === "ready"
        ? await takeBack(entry.reversal, connection, env)
        : { line: `${entry.title}: ${entry.reason}` };
    const unwritten = await markUndone(entry);
    return { ...undone, ...(unwritten === undefined ? {} : { unwritten }) };
  } finally {
    await release();
  }
}

/**
 * Takes back what a run that still goes on has done, and writes that down.
 *
 * @returns what was done, in the past tense
 * @throws Failure when it can't be taken back, and then the journal keeps it as done; or as taking it back does
 */
export async function takeBackAttempt(
  attempt: Attempt,
  journal: Journal,
  connection: Connection | undefined,
): Promise<string> {
  const { record } = attempt;
  const state = attempt.state === "begun" ? "pending" : "done";
  const standing = { state, texts: new Map<string, string>(), later: [], connection } as const;
  const assessment = await assess({ state, deed: record }, standing);
  if (assessment.kind === "blocked") throw assessment.failure;
  const title = kindOf(record).title(record);
  if (assessment.kind === "stays")
    throw new Failure("usage", {
      what: `It can't be taken back: ${title}`,
      why: assessment.reason,
    });
  const undone: Undone =
    assessment.kind === "ready"
      ? await takeBack(assessment.reversal, connection, journal.env)
      : { line: `${title}: ${assessment.reason}` };
  await journal.takenBack(attempt);
  return undone.setOff === undefined
    ? undone.line
    : `${undone.line}; the redeployment goes on by itself`;
}

async function takeBack(
  reversal: AnyChange,
  connection: Connection | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Undone> {
  const { activities } = await actionOfChange(reversal).apply(reversal, connection, env);
  const line = doneLine(reversal);
  const { project } = reversal;
  return activities.length > 0 && project !== undefined
    ? { line, setOff: { project, activities } }
    : { line };
}

async function markUndone({ record }: UndoEntry): Promise<Failure | undefined> {
  try {
    const run = await readRun(record.run);
    const entries = run.entries.map(
      (entry, index): JournalEntry =>
        index === record.index ? { ...entry, state: "undone" } : entry,
    );
    await writeRun(record.run, { ...run, entries });
    return undefined;
  } catch (error) {
    return new Failure(
      "unexpected",
      {
        what: "That it is taken back could not be written down",
        where: record.run,
        why: error instanceof Failure ? (error.parts.why ?? error.parts.what) : String(error),
        next: "undo again once that is put right; it finds what is done already",
      },
      { cause: error },
    );
  }
}
