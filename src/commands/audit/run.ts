import { isAtLeast } from "../../audit/summary.ts";
import { isIncomplete } from "../../audit/unread.ts";
import { fileUnreadable } from "../../audit/unreadable.ts";
import type { Ledger } from "../../change/ledger.ts";
import type { ExitReason } from "../../exit-code.ts";
import { valueIn } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { shellWord } from "../../shell/guard.ts";
import { productAgainst, shownClaim } from "../../vendors/detection.ts";
import type { Io } from "../terminal/io.ts";
import { type Audited, openAudit } from "./audited.ts";
import { tellStaleBaseline, writeBaseline } from "./baseline-file.ts";
import { type Make, makeFixes, wantedFixes } from "./fix.ts";
import { type AuditOptions, auditWords } from "./options.ts";
import { one, reportOn, writeReports } from "./output.ts";

/**
 * Audits the apps of a checkout and, when signed in, their project; shows what was found, and fixes it when asked to.
 * Gives "findings" when something at or above `failOn` is left.
 * Throws a `Failure` when nothing can be audited, when the API fails, or when a fix can't be made.
 */
export async function auditCommand(options: AuditOptions, io: Io): Promise<ExitReason> {
  const audited = await openAudit(options, io);
  const say = options.format === "text" ? io.out : io.err;
  try {
    let done: readonly string[] = [];
    let guided = false;
    if (options.fix) {
      requireVendor(audited);
      done = await withMaker(audited, options, io, ({ make }) =>
        makeFixes(audited, wantedFixes(options.unsafeFixes), async (change) => {
          const line = await make(change);
          say(line);
          return line;
        }),
      );
      if (options.dryRun) say("Dry run: nothing was changed. What is left then:");
      say("");
    } else if (options.face !== "flags" && audited.findings().length > 0) {
      guided = true;
      await withMaker(audited, options, io, (maker) => guidePerson(audited, maker, options, io));
    }
    const verdict = audited.verdict();
    const { findings } = verdict;
    const failOn = options.failOn ?? audited.said.configuration.failOn ?? "error";
    if (options.writeBaseline !== undefined)
      return await writeBaseline(options.writeBaseline, verdict, io);
    if (!guided)
      await writeReports(one(await reportOn(audited, options, done)), { ...options, failOn }, io);
    tellStaleBaseline(audited, verdict, io);
    if (findings.some(({ rule }) => rule === fileUnreadable.id)) return "findings";
    if (findings.some(({ severity }) => isAtLeast(severity, failOn))) return "findings";
    return options.complete && isIncomplete(verdict) ? "incomplete" : "done";
  } finally {
    await audited.close();
  }
}

/**
 * Throws a `Failure` ("usage") when the files, or the files and the API, are of different vendors and nobody said which is
 * meant: what is right for one breaks the other.
 */
function requireVendor({ vendor: detected, online }: Audited): void {
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
  audited: Audited,
  { make, ledger }: Maker,
  { face }: AuditOptions,
  io: Io,
): Promise<void> {
  if (face === "flags") return;
  const [{ guide }, { guidedAudit }, { hasChanged }] = await Promise.all([
    import("./guide.ts"),
    import("./guided.ts"),
    import("../../change/ledger.ts"),
  ]);
  await guide(guidedAudit(audited, make, io.env), face, io);
  if (hasChanged(ledger()))
    io.out(
      "Look at the changes with git diff, then commit and push them; machinist undo takes them back.",
    );
}

interface Maker {
  readonly make: Make;
  /** What became of the changes so far. */
  readonly ledger: () => Ledger;
}

/**
 * Opens the journal for the time that changes are made; a dry run shows them instead. What ends it before its end is told
 * with what was done by then, and how to go on.
 */
async function withMaker<T>(
  audited: Audited,
  options: AuditOptions,
  io: Io,
  use: (maker: Maker) => Promise<T>,
): Promise<T> {
  const { directory, dryRun, format } = options;
  const { ledgerOf } = await import("../../change/ledger.ts");
  if (dryRun) {
    const [{ previewOf }, { tellPreview }] = await Promise.all([
      import("../../change/preview.ts"),
      import("../faces/preview.ts"),
    ]);
    const make: Make = async (change) => {
      const preview = previewOf(change);
      tellPreview(preview, format === "text" ? io.out : io.err);
      return `would do: ${preview.title}`;
    };
    return use({ make, ledger: () => ledgerOf([]) });
  }
  const [{ applyChange }, { openJournal }] = await Promise.all([
    import("../../change/apply.ts"),
    import("../../change/journal.ts"),
  ]);
  const journal = await openJournal(directory, io.env);
  const { online } = audited;
  const connection = online.kind === "read" ? { connection: online.connection } : {};
  const ledger = () => ledgerOf(journal.attempts);
  const make: Make = async (change) => (await applyChange(change, { ...connection, journal })).line;
  try {
    return await use({ make, ledger });
  } catch (error) {
    await tellEnding(ledger(), options, error, io);
    throw error;
  } finally {
    await journal.close();
  }
}

async function tellEnding(
  ledger: Ledger,
  options: AuditOptions,
  error: unknown,
  io: Io,
): Promise<void> {
  const [{ hasChanged, ledgerLines }, { goingOn }] = await Promise.all([
    import("../../change/ledger.ts"),
    import("../../setup/resume-command.ts"),
  ]);
  for (const line of ledgerLines(ledger)) io.err(line);
  const undo = `to take it back: machinist undo ${shellWord(options.directory)}`;
  io.err(hasChanged(ledger) ? undo : "nothing was changed");
  const failure = error instanceof Failure ? error : undefined;
  io.err(`${goingOn(failure)}: ${auditWords(options).map(shellWord).join(" ")}`);
}
