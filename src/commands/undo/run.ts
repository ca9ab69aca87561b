import { resolve } from "node:path";
import { watchAftermath } from "../../change/aftermath.ts";
import { cutOff } from "../../change/cut-off.ts";
import { planUndo, type UndoEntry, type UndoPlan, undoEntry } from "../../change/undo.ts";
import { Failure, failureLines } from "../../failure.ts";
import type { Connection } from "../../platform/connection.ts";
import { goingOn } from "../../setup/resume-command.ts";
import { shellWord } from "../../shell/guard.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Face } from "../faces/choose.ts";
import { tellPreview } from "../faces/preview.ts";
import type { Io } from "../io.ts";
import { vendorIn } from "../vendor.ts";
import { askToSignIn, signedIn } from "./sign-in.ts";

export interface UndoManner {
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** The redeployments are watched to their end. */
  readonly waits: boolean;
  readonly verbose: boolean;
  /** The flags that every command takes, as they were given. */
  readonly shared: readonly string[];
  /** Milliseconds between two looks at a redeployment; 3000 when not given. */
  readonly pollMs?: number;
}

/**
 * Shows what the last run changed and takes it back, the last change first, after agreement. Who isn't signed in is asked
 * for a token, where somebody can be asked and it takes one.
 * Throws the Failure of what can't be taken back, after everything else was.
 */
export async function undoCommand(directory: string, manner: UndoManner, io: Io): Promise<void> {
  const place = resolve(directory);
  const done: string[] = [];
  const { vendor } = await vendorIn(place, { named: manner.vendor }, io);
  let connection = await signedIn({ ...manner, vendor }, io);
  try {
    for (const sentence of await cutOff(place, io.env)) io.out(sentence);
    let plan = await planUndo(place, io.env, connection);
    if (connection === undefined && manner.face !== "flags" && needsToSignIn(plan)) {
      connection = await askToSignIn(manner.face, { ...manner, vendor }, io);
      if (connection !== undefined) plan = await planUndo(place, io.env, connection);
    }
    await takeBack(plan, connection, manner, done, io);
  } catch (error) {
    const failure = error instanceof Failure ? error : undefined;
    if (failure?.reason !== "usage" || done.length > 0) {
      if (done.length === 0 && !manner.dryRun) io.err("nothing was changed");
      io.err(`${goingOn(failure)}: ${undoWords(place, manner)}`);
    }
    throw error;
  } finally {
    await connection?.close();
  }
}

function needsToSignIn({ entries }: UndoPlan): boolean {
  return entries.some((entry) => entry.kind === "blocked" && entry.failure.reason === "signedOut");
}

function undoWords(place: string, { waits, dryRun, yes, shared }: UndoManner): string {
  return [
    "machinist undo",
    shellWord(place),
    ...(waits ? [] : ["--no-wait"]),
    ...(dryRun ? ["--dry-run"] : []),
    ...(yes ? ["--yes"] : []),
    ...shared,
  ].join(" ");
}

/** @param done gets a line for each change that was taken back */
async function takeBack(
  { entries, started }: UndoPlan,
  connection: Connection | undefined,
  manner: UndoManner,
  done: string[],
  io: Io,
): Promise<void> {
  if (started === undefined) {
    io.out("There is nothing to undo here.");
    return;
  }
  io.out(`The run of ${started.slice(0, 16).replace("T", " ")} UTC, the last change first:`);
  for (const entry of entries) tellEntry(entry, io);
  if (manner.dryRun) {
    io.out("Dry run: nothing was changed.");
    return;
  }
  if (entries.some(({ kind }) => kind === "ready") && !(await agreed(manner, io))) {
    io.out("Nothing was changed.");
    return;
  }
  for (const entry of entries) {
    if (entry.kind === "blocked") continue;
    const { line, setOff } = await undoEntry(entry, connection);
    io.out(`done: ${line}`);
    done.push(line);
    if (setOff !== undefined && connection !== undefined)
      await watch(connection, setOff, manner, io);
  }
  const blocked = entries.find((entry) => entry.kind === "blocked");
  if (blocked !== undefined) throw blocked.failure;
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
  const ends = await watchAftermath(connection, project, activities, { signal, pollMs, progress });
  out(`the redeployment has ended: ${ends.join("; ")}`);
}

function tellEntry(entry: UndoEntry, io: Io): void {
  switch (entry.kind) {
    case "ready":
      tellPreview(entry.preview, io.out);
      break;
    case "settled":
      io.out(`${entry.title}: ${entry.reason}`);
      break;
    case "blocked":
      io.out(`${entry.title}: can't be taken back`);
      for (const line of failureLines(entry.failure.parts)) io.out(`  ${line}`);
      if (entry.preview !== undefined) tellPreview(entry.preview, io.out);
  }
}

async function agreed({ yes, face }: UndoManner, { signal }: Io): Promise<boolean> {
  if (yes) return true;
  if (face === "flags") {
    throw new Failure("usage", {
      what: "Not answered: take all this back?",
      why: "there is no terminal to ask in",
      next: "agree beforehand with --yes",
    });
  }
  const { terminalReader } = await import("../faces/terminal-reader.ts");
  const reader = terminalReader(signal);
  try {
    const answer = await reader.read("Take all this back? yes or no: ", true);
    return ["y", "yes"].includes(answer.trim().toLowerCase());
  } finally {
    reader.close();
  }
}
