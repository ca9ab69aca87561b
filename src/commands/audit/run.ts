import { isAtLeast } from "../../audit/summary.ts";
import { isIncomplete } from "../../audit/unread.ts";
import { fileUnreadable } from "../../audit/unreadable.ts";
import type { Attempt, Journal } from "../../change/journal.ts";
import type { ExitReason } from "../../exit-code.ts";
import { valueIn } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import type { Connection } from "../../platform/connection.ts";
import { shellWord } from "../../shell/guard.ts";
import { productAgainst, requirePossible, shownClaim } from "../../vendors/detection.ts";
import { type Io, untilInterrupted } from "../terminal/io.ts";
import { type AuditState, openAudit } from "./audited.ts";
import { tellStaleBaseline, writeBaseline } from "./baseline-file.ts";
import { makeFixes, wantedFixes } from "./fix.ts";
import { type FixChange, fixItems } from "./fix-items.ts";
import type { Making } from "./guided.ts";
import { type AuditRunOptions, auditUndoWords, auditWords } from "./options.ts";
import { type FixesMade, one, reportOn, writeReports } from "./output.ts";

/**
 * Audits the apps of a checkout and, when signed in, their project; shows what was found, and fixes it when asked to.
 * Gives "findings" when something at or above `failOn` is left.
 * Throws a `Failure` when nothing can be audited, when the API fails, or when a fix can't be made. What ends it while
 * changes are made, and a signal at any time, is told with what was done by then, and how to go on.
 */
export async function auditCommand(options: AuditRunOptions, io: Io): Promise<ExitReason> {
  const changes: Changes = {};
  try {
    return await untilInterrupted(() => audit(options, changes, io), io);
  } catch (error) {
    if (changes.journal !== undefined || io.signal.aborted)
      await tellEnding(changes.journal?.attempts ?? [], options, error, io);
    throw error;
  } finally {
    await changes.journal?.close();
    await changes.audited?.close();
  }
}

/** What an audit holds while it runs, as far as it came. */
interface Changes {
  audited?: AuditState;
  /** Open as soon as something may be changed. */
  journal?: Journal;
}

async function audit(options: AuditRunOptions, changes: Changes, io: Io): Promise<ExitReason> {
  const audited = await openAudit(options, io);
  changes.audited = audited;
  const say = options.format === "text" ? io.out : io.err;
  let fixes: FixesMade | undefined;
  let guided = false;
  if (options.fix) {
    requireVendor(audited);
    const { make } = await maker(audited, options, changes, io);
    const isAsked = wantedFixes(options.unsafeFixes);
    const asked: FixChange[] = [];
    const lines = await makeFixes(audited, isAsked, async (change, finding) => {
      const line = await make(change);
      say(line);
      asked.push({ change, finding });
      return line;
    });
    const { dryRun } = options;
    const plan = () => fixItems(asked, audited.findings(), isAsked);
    fixes = { dryRun, plan, done: dryRun ? [] : lines };
    if (dryRun) say("Dry run: nothing was changed. What is left then:");
    say("");
  } else if (options.face !== "flags" && audited.findings().length > 0) {
    guided = true;
    await guidePerson(audited, options, changes, io);
  }
  const verdict = audited.verdict();
  const { findings } = verdict;
  const failOn = options.failOn ?? audited.said.configuration.failOn ?? "error";
  if (options.writeBaseline !== undefined)
    return await writeBaseline(options.writeBaseline, verdict, io);
  if (!guided)
    await writeReports(one(await reportOn(audited, options, fixes)), { ...options, failOn }, io);
  tellStaleBaseline(audited, verdict, io);
  if (findings.some(({ rule }) => rule === fileUnreadable.id)) return "findings";
  if (findings.some(({ severity }) => isAtLeast(severity, failOn))) return "findings";
  return options.complete && isIncomplete(verdict) ? "incomplete" : "done";
}

/**
 * Throws a `Failure` ("usage") when the files, or the files and the API, are of different vendors and nobody said which is
 * meant, or somebody named one that it can't be: what is right for one breaks the other.
 */
function requireVendor({ vendor: detected, online }: AuditState): void {
  requirePossible(detected);
  const settings = online.kind === "read" ? online.facts.settings : undefined;
  const product = productAgainst(detected, settings && valueIn(settings)?.productCode);
  const others = [
    ...detected.rivals.filter(({ byFile }) => byFile),
    ...(product === undefined ? [] : [{ vendor: product, because: "as the API says" }]),
  ];
  if (others.length === 0) return;
  const claims = [detected, ...others];
  throw new Failure("usage", {
    what: "Nothing is put right unattended: whose project this is can't be told",
    why: `it may be one of ${claims.map(shownClaim).join(", or of ")}`,
    next: `name the vendor: ${claims.map(({ vendor }) => `--vendor ${vendor.id}`).join(" or ")}`,
  });
}

async function guidePerson(
  audited: AuditState,
  options: AuditRunOptions,
  changes: Changes,
  io: Io,
): Promise<void> {
  const { face } = options;
  if (face === "flags") return;
  const [{ guide }, { guidedAudit }, { hasChanged, ledgerOf }, making] = await Promise.all([
    import("./guide.ts"),
    import("./guided.ts"),
    import("../../change/ledger.ts"),
    maker(audited, options, changes, io),
  ]);
  await guide(guidedAudit(audited, making, options.directory, io.env), face, io);
  if (options.isPlayed !== true && hasChanged(ledgerOf(changes.journal?.attempts ?? [])))
    io.out(
      "Look at the changes with git diff, then commit and push them; machinist undo takes them back.",
    );
}

/** Opens the journal, and gives what makes changes and takes them back; a dry run shows them instead. */
async function maker(
  audited: AuditState,
  { directory, dryRun, format }: AuditRunOptions,
  changes: Changes,
  io: Io,
): Promise<Making> {
  if (dryRun) {
    const [{ previewOf }, { tellPreview }] = await Promise.all([
      import("../../change/preview.ts"),
      import("../faces/preview.ts"),
    ]);
    return {
      make: async (change) => {
        const preview = previewOf(change);
        tellPreview(preview, format === "text" ? io.out : io.err);
        return `would do: ${preview.title}`;
      },
      made: () => 0,
      takeBack: async () => [],
    };
  }
  const [{ applyChange }, { openJournal }, { takeBackAttempt }] = await Promise.all([
    import("../../change/apply.ts"),
    import("../../change/journal.ts"),
    import("../../change/undo.ts"),
  ]);
  const journal = await openJournal(directory, io.env, io.signal);
  changes.journal = journal;
  const { online } = audited;
  const connection: { readonly connection?: Connection } =
    online.kind === "read" ? { connection: online.connection } : {};
  const done = () => journal.attempts.filter(({ state }) => state !== "not done");
  return {
    make: async (change) => (await applyChange(change, { ...connection, journal })).line,
    made: () => done().length,
    takeBack: async (from) => {
      const lines: string[] = [];
      for (const attempt of done().slice(from).toReversed())
        lines.push(await takeBackAttempt(attempt, journal, connection.connection));
      return lines;
    },
  };
}

async function tellEnding(
  attempts: readonly Attempt[],
  options: AuditRunOptions,
  error: unknown,
  io: Io,
): Promise<void> {
  const [{ hasChanged, ledgerLines, ledgerOf }, { goingOn }] = await Promise.all([
    import("../../change/ledger.ts"),
    import("../../setup/resume-command.ts"),
  ]);
  const ledger = ledgerOf(attempts);
  for (const line of ledgerLines(ledger)) io.err(line);
  if (options.isPlayed === true) return;
  const undo = auditUndoWords(options).map(shellWord).join(" ");
  io.err(hasChanged(ledger) ? `to take it back: ${undo}` : "nothing was changed");
  const failure = error instanceof Failure ? error : undefined;
  io.err(`${goingOn(failure)}: ${auditWords(options).map(shellWord).join(" ")}`);
}
