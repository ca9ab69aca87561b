import { isAtLeast } from "../../audit/report/summary.ts";
import { fileUnreadable } from "../../audit/unreadable.ts";
import type { ExitReason } from "../../exit-code.ts";
import type { Io } from "../io.ts";
import { type Audited, openAudit } from "./audited.ts";
import { tellStaleBaseline, writeBaseline } from "./baseline-file.ts";
import { type Make, makeFixes, wantedFixes } from "./fix.ts";
import type { AuditOptions } from "./options.ts";
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
      done = await withMaker(audited, options, io, (make) =>
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
      await withMaker(audited, options, io, (make) => guidePerson(audited, make, options, io));
    }
    const verdict = audited.verdict();
    const { findings } = verdict;
    const failOn = options.failOn ?? audited.said.configuration.failOn ?? "error";
    if (options.writeBaseline !== undefined)
      return await writeBaseline(options.writeBaseline, verdict, io);
    if (!guided)
      await writeReports(
        one(reportOn(audited, options.directory, done)),
        { ...options, failOn },
        io,
      );
    tellStaleBaseline(audited, verdict, io);
    if (findings.some(({ rule }) => rule === fileUnreadable.id)) return "findings";
    if (findings.some(({ severity }) => isAtLeast(severity, failOn))) return "findings";
    const isIncomplete = verdict.unread.some(({ byChoice }) => !byChoice);
    return options.complete && isIncomplete ? "incomplete" : "done";
  } finally {
    await audited.close();
  }
}

async function guidePerson(
  audited: Audited,
  make: Make,
  { face, directory }: AuditOptions,
  io: Io,
): Promise<void> {
  if (face === "flags") return;
  const [{ guide }, { guidedAudit }] = await Promise.all([
    import("./guide.ts"),
    import("./guided.ts"),
  ]);
  let made = 0;
  const counting: Make = async (change) => {
    const line = await make(change);
    made += 1;
    return line;
  };
  const audit = guidedAudit(audited, counting, io.env);
  await guide(audit, face, () => made, directory, io);
}

/** Opens the journal for the time that fixes are made; a dry run shows them instead. */
async function withMaker<T>(
  audited: Audited,
  { directory, dryRun, format }: AuditOptions,
  io: Io,
  use: (make: Make) => Promise<T>,
): Promise<T> {
  if (dryRun) {
    const [{ previewOf }, { tellPreview }] = await Promise.all([
      import("../../change/preview.ts"),
      import("../faces/preview.ts"),
    ]);
    return use(async (change) => {
      const preview = previewOf(change);
      tellPreview(preview, format === "text" ? io.out : io.err);
      return `would do: ${preview.title}`;
    });
  }
  const [{ applyChange }, { openJournal }] = await Promise.all([
    import("../../change/apply.ts"),
    import("../../change/journal.ts"),
  ]);
  const journal = await openJournal(directory, io.env);
  const { online } = audited;
  const connection = online.kind === "read" ? { connection: online.connection } : {};
  try {
    return await use(
      async (change) => (await applyChange(change, { ...connection, journal })).line,
    );
  } finally {
    await journal.close();
  }
}
