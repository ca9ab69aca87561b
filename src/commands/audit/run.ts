import { jsonReport } from "../../audit/report/json.ts";
import { isAtLeast } from "../../audit/report/summary.ts";
import { textReport } from "../../audit/report/text.ts";
import { fileUnreadable } from "../../audit/unreadable.ts";
import type { ExitReason } from "../../exit-code.ts";
import type { Io } from "../io.ts";
import { type Audited, openAudit } from "./audited.ts";
import { type Make, makeSafeFixes } from "./fix.ts";
import type { AuditOptions } from "./options.ts";

/**
 * Audits the apps of a checkout and, when signed in, their project; shows what was found, and fixes it when asked to.
 * Gives "findings" when something at or above `failOn` is left.
 * Throws a `Failure` when nothing can be audited, when the API fails, or when a fix can't be made.
 */
export async function auditCommand(options: AuditOptions, io: Io): Promise<ExitReason> {
  const audited = await openAudit(options, io);
  const say = options.json ? io.err : io.out;
  try {
    let done: readonly string[] = [];
    let guided = false;
    if (options.fix) {
      done = await withMaker(audited, options, io, (make) =>
        makeSafeFixes(audited, async (change) => {
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
    if (options.json) io.document(JSON.stringify(report(audited, options, done), null, 2));
    else if (!guided) for (const line of textReport(verdict, shownSubject(audited))) io.out(line);
    if (findings.some(({ rule }) => rule === fileUnreadable.id)) return "findings";
    return findings.some(({ severity }) => isAtLeast(severity, options.failOn))
      ? "findings"
      : "done";
  } finally {
    await audited.close();
  }
}

async function guidePerson(
  audited: Audited,
  make: Make,
  { face, vendor }: AuditOptions,
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
  const audit = guidedAudit(audited, vendor.name, counting);
  await guide(audit, face, () => made, io);
}

/** Opens the journal for the time that fixes are made; a dry run shows them instead. */
async function withMaker<T>(
  audited: Audited,
  { directory, dryRun, json }: AuditOptions,
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
      tellPreview(preview, json ? io.err : io.out);
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

function shownSubject({ apps, online }: Audited) {
  return {
    apps: apps.map(({ name }) => name),
    platform:
      online.kind === "read"
        ? `project ${online.facts.project.title}, environment ${online.facts.environment.id}`
        : `only the files (${online.because})`,
  };
}

function report(audited: Audited, { directory }: AuditOptions, done: readonly string[]) {
  const { apps, online } = audited;
  return jsonReport(audited.verdict(), {
    directory,
    apps,
    platform:
      online.kind === "read"
        ? { project: online.facts.project.id, environment: online.facts.environment.id }
        : null,
    done,
  });
}
