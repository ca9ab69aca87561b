import { resolve } from "node:path";
import { didNotHappen } from "../../change/apply.ts";
import { watchDeployments } from "../../change/deployment-watch.ts";
import { interruptedChanges } from "../../change/interrupted-run.ts";
import { hasChanged, isWhole, type Ledger, ledgerLines } from "../../change/ledger.ts";
import { planUndo, type UndoEntry, type UndoPlan, undoEntry } from "../../change/undo.ts";
import { itemReport } from "../../dialogue/plan-document.ts";
import { assertFolder } from "../../disk/folders.ts";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import type { DocumentOf } from "../../json-document.ts";
import type { Connection } from "../../platform/connection.ts";
import type { RepeatableFlag } from "../../setup/repeatable-flag.ts";
import { ledgerReport } from "../../setup/report.ts";
import type { runForm } from "../../setup/report-form.ts";
import { goingOn } from "../../setup/resume-command.ts";
import { shellWord } from "../../shell/guard.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { givenWords } from "../command.ts";
import type { Face } from "../faces/choose.ts";
import { failureReport } from "../failure-report.ts";
import { vendorIn } from "../sign-in/vendor.ts";
import { type Io, untilInterrupted } from "../terminal/io.ts";
import { decideWhat, itemOf, minuteOf } from "./choose.ts";
import { askToSignIn, signInToUndo } from "./sign-in.ts";

/** How an undo is run. */
export interface UndoManner {
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** One JSON document on standard output; people's lines go to standard error. */
  readonly json: boolean;
  /** The numbers of the changes that alone are taken back, as `--only` gives them. */
  readonly only?: readonly number[];
  /** The redeployments are watched to their end. */
  readonly waits: boolean;
  readonly verbose: boolean;
  /** The flags that every command takes, as they were given. */
  readonly flags: readonly RepeatableFlag[];
  /** Milliseconds between two looks at a redeployment; 3000 when not given. */
  readonly pollMs?: number;
}

/** What became of the changes that were to be taken back, while it is being written. */
type Noted = { readonly [Part in keyof Ledger]: Ledger[Part][number][] };

/**
 * Shows what the last run changed and takes it back, all or what is chosen, the last change first, after agreement. Who
 * isn't signed in is asked for a token, where somebody can be asked and it takes one.
 * Gives "leftOut" when it was declined as a whole or in part, or when something never can be taken back. Throws the Failure of what can't be taken back, after everything else was.
 */
export async function undoCommand(
  directory: string,
  manner: UndoManner,
  io: Io,
): Promise<ExitReason> {
  const place = resolve(directory);
  const ledger: Noted = { done: [], failed: [], unknown: [], leftOut: [] };
  const course: Course = { planned: [], chosen: [], taken: [] };
  const told: Io = manner.json ? { ...io, out: io.err } : io;
  const document = (content: object) => {
    if (manner.json) io.document(JSON.stringify(content, null, 2));
  };
  try {
    await untilInterrupted(() => undo(place, manner, ledger, course, told), io);
    for (const line of ledgerLines({ ...ledger, done: [] })) told.out(line);
    document(undoReport(place, manner, course, ledger));
    return isWhole(ledger) ? "done" : "leftOut";
  } catch (error) {
    const failure = error instanceof Failure ? error : undefined;
    if (failure?.reason !== "usage" || hasChanged(ledger)) {
      for (const line of ledgerLines(ledger)) io.err(line);
      if (!hasChanged(ledger) && !manner.dryRun) io.err("nothing was changed");
      const goOn = wordsToGoOn(place, manner, course);
      io.err(
        goOn === undefined
          ? "all of it is taken back; the redeployment goes on by itself"
          : `${goingOn(failure)}: ${goOn}`,
      );
    }
    if (failure !== undefined)
      document({ ...failureReport("undo", failure), ...ledgerReport(ledger) });
    throw error;
  } finally {
    await course.connection?.close();
  }
}

/** How far an undo came. */
interface Course {
  /** Closed at the end. */
  connection?: Connection;
  /** The changes of the run. */
  planned: readonly UndoEntry[];
  /** Those of them that it was agreed to take back, or in a dry run would be. */
  chosen: readonly UndoEntry[];
  /** The numbers of those that are taken back, and written down so. */
  readonly taken: number[];
}

/** The JSON document of an undo that came to its end. */
function undoReport(
  directory: string,
  { dryRun }: UndoManner,
  { planned, chosen }: Course,
  ledger: Ledger,
): DocumentOf<typeof runForm> {
  return {
    version: 1,
    command: "undo",
    directory,
    dryRun,
    answers: [],
    changes: chosen.flatMap((entry) => {
      if (entry.kind !== "ready") return [];
      const { title, lines } = entry.preview;
      return { kind: entry.reversal.kind, title, applied: !dryRun, preview: lines };
    }),
    plan: planned.map((entry) => {
      const taken = chosen.find(({ number }) => number === entry.number);
      return itemReport(itemOf(taken ?? entry, taken !== undefined));
    }),
    ...ledgerReport(ledger),
  };
}

async function undo(
  place: string,
  manner: UndoManner,
  ledger: Noted,
  course: Course,
  io: Io,
): Promise<void> {
  const { vendor } = await vendorIn(place, { named: manner.vendor }, io);
  const found = await signInToUndo({ ...manner, vendor }, io);
  if (found !== undefined) course.connection = found;
  for (const sentence of await interruptedChanges(place, io.env)) io.out(sentence);
  let plan = await planUndo(place, io.env, found);
  if (found === undefined && manner.face !== "flags" && needsToSignIn(plan)) {
    const asked = await askToSignIn(manner.face, { ...manner, vendor }, io);
    if (asked !== undefined) {
      course.connection = asked;
      plan = await planUndo(place, io.env, asked);
    }
  }
  course.planned = plan.entries;
  const wasDone = await takeBack(plan, place, course, manner, ledger, io);
  if (wasDone) await tellWhatIsLeft(place, course.connection, manner, io);
}

/** One undo takes back one run: whoever wants it all back has to know of the others. */
async function tellWhatIsLeft(
  place: string,
  connection: Connection | undefined,
  manner: UndoManner,
  { out, env }: Io,
): Promise<void> {
  // What was to be done is done by now: a hint that can't be given is no failure of it.
  const { started, entries } = await planUndo(place, env, connection).catch(
    (): UndoPlan => ({ entries: [] }),
  );
  if (started !== undefined && entries.some(({ kind }) => kind === "ready"))
    out(`the run of ${minuteOf(started)} UTC can be taken back next: ${undoWords(place, manner)}`);
}

function needsToSignIn({ entries }: UndoPlan): boolean {
  return entries.some((entry) => entry.kind === "blocked" && entry.failure.reason === "signedOut");
}

/** The command line that takes back what is next, whatever was chosen of what went before. */
function undoWords(place: string, { flags }: UndoManner, ...only: readonly string[]): string {
  const others = givenWords(flags.filter(({ flag }) => flag !== "--only"));
  return ["machinist", "undo", place, ...only, ...others].map(shellWord).join(" ");
}

/**
 * The command line that takes back what was asked for and is still there; undefined where that is nothing: it would take
 * the run before back. The changes are numbered anew once some of them are taken back, from the last one on.
 */
function wordsToGoOn(
  place: string,
  manner: UndoManner,
  { chosen, taken }: Course,
): string | undefined {
  const wanted = manner.only ?? chosen.map(({ number }) => number);
  const left = wanted.filter((number) => !taken.includes(number));
  if (wanted.length > 0 && left.length === 0) return undefined;
  if (manner.only === undefined) return undoWords(place, manner);
  const anew = left.map((number) => number - taken.filter((other) => other < number).length);
  return undoWords(place, manner, "--only", anew.join(","));
}

/** Gives whether it was gone through with: not without agreement, nor in a dry run. */
async function takeBack(
  plan: UndoPlan,
  place: string,
  course: Course,
  manner: UndoManner,
  ledger: Noted,
  io: Io,
): Promise<boolean> {
  const { connection } = course;
  if (plan.started === undefined) {
    // Of a checkout that was removed, a run can be taken back all the same.
    await assertFolder(place);
    io.out("There is nothing to undo here.");
    return false;
  }
  const decided = await decideWhat(plan, { ...manner, place, connection }, io);
  const { entries, agreed: isAgreed } = decided;
  if (isAgreed) course.chosen = entries;
  if (manner.dryRun) {
    io.out("Dry run: nothing was changed.");
    return false;
  }
  if (!isAgreed) {
    const declined = entries.length > 0 ? entries : plan.entries;
    ledger.leftOut.push(...declined.map(({ title }) => ({ what: `to take back: ${title}` })));
    io.out("Nothing was changed.");
    return false;
  }
  for (const { title } of decided.unmarked)
    ledger.leftOut.push({ what: `to take back: ${title}`, next: "it was not marked" });
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === "stays")
      ledger.leftOut.push({ what: `to take back: ${entry.title}`, next: entry.reason });
    if (entry.kind === "blocked") ledger.failed.push({ what: `to take back: ${entry.title}` });
    else
      await takeBackOne(entry, course, manner, ledger, io).catch((error: unknown) => {
        const rest = entries.slice(index + 1).filter(({ kind }) => kind === "ready");
        ledger.leftOut.push(...rest.map(({ title }) => ({ what: `to take back: ${title}` })));
        throw error;
      });
  }
  const blocked = entries.find((entry) => entry.kind === "blocked");
  if (blocked !== undefined) throw blocked.failure;
  return true;
}

async function takeBackOne(
  entry: UndoEntry,
  { connection, taken }: Course,
  manner: UndoManner,
  ledger: Noted,
  io: Io,
): Promise<void> {
  const undone = await undoEntry(entry, io.env, connection).catch((error: unknown) => {
    const what = `to take back: ${entry.title}`;
    if (didNotHappen(error)) ledger.failed.push({ what });
    else ledger.unknown.push({ what, next: "undo again, which looks first" });
    throw error;
  });
  if (entry.kind !== "stays") {
    io.out(`done: ${undone.line}`);
    ledger.done.push({ what: undone.line, at: new Date().toISOString() });
  }
  if (undone.unwritten !== undefined) throw undone.unwritten;
  taken.push(entry.number);
  if (undone.setOff !== undefined && connection !== undefined)
    await watch(connection, undone.setOff, manner, io);
}

/** Tells how the redeployment goes and how it ended, unless it isn't waited for. */
async function watch(
  connection: Connection,
  { project, activities }: NonNullable<Awaited<ReturnType<typeof undoEntry>>["setOff"]>,
  { waits, face, pollMs = 3000 }: UndoManner,
  { signal, out }: Io,
): Promise<void> {
  if (!waits) {
    out("the redeployment goes on by itself");
    return;
  }
  const progress = (line: string) => (face === "flags" ? undefined : out(`${line} …`));
  const ends = await watchDeployments(connection, project, activities, {
    signal,
    pollMs,
    progress,
  });
  out(`the redeployment has ended: ${ends.join("; ")}`);
}
