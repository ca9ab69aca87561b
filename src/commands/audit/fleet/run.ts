import { readAuditSettings } from "../../../audit/audit-settings.ts";
import type { Severity } from "../../../audit/finding.ts";
import { readFleet } from "../../../audit/fleet.ts";
import { isAtLeast } from "../../../audit/summary.ts";
import { isIncomplete } from "../../../audit/unread.ts";
import { vendorOfApps } from "../../../automation/vendor.ts";
import { openJournal } from "../../../change/journal.ts";
import { ledgerLines, ledgerOf } from "../../../change/ledger.ts";
import type { ExitReason } from "../../../exit-code.ts";
import { Failure } from "../../../failure.ts";
import { currentUser } from "../../../platform/users.ts";
import { reportOnProject } from "../../../report/of-project.ts";
import type { AuditReport } from "../../../report/report.ts";
import { reportedPlan } from "../../../report/source.ts";
import { openPlatform } from "../../sign-in/open-platform.ts";
import { operatorToken } from "../../sign-in/operator-token.ts";
import { type Io, untilInterrupted } from "../../terminal/io.ts";
import type { AuditRunOptions } from "../options.ts";
import { writeReports } from "../output.ts";
import { agreedFixes, assertAnswerable, type Manner } from "./agreement.ts";
import { type FixChoice, makePlanned, type ProjectFixes, planFixes } from "./fix.ts";
import { FleetProgress } from "./progress.ts";
import type { FleetRequest } from "./request.ts";
import { isIn, selectProjects } from "./selection.ts";
import { openReportsFile, type ReportsFile } from "./state-file.ts";

/**
 * Audits many projects through the API. Their files are never changed; what can be put right by the API alone is with
 * `--fix`, after it was shown and agreed to. What is found is written as it comes in the formats that are
 * read line by line, else at the end. Gives "findings" when something at or above `failOn` was found, "api" when nothing
 * was and a project could not be read. Throws a `Failure`: "interrupted" says how to go on.
 */
export async function fleetCommand(
  options: AuditRunOptions,
  { selection, shard, resume, yes }: FleetRequest,
  io: Io,
): Promise<ExitReason> {
  const { format, verbose = false, fix } = options;
  const { vendor } = vendorOfApps([], [], [], {
    ...(options.vendor === undefined ? {} : { named: options.vendor }),
    env: io.env,
  });
  const manner: Manner = { face: options.face, yes, dryRun: options.dryRun };
  if (fix) assertAnswerable(manner);
  const { configuration } = await readAuditSettings(options);
  const failOn = options.failOn ?? configuration.failOn ?? "error";
  const operator = await operatorToken(vendor, io);
  if (operator === undefined)
    throw new Failure("signedOut", {
      what: "Not signed in",
      next: `put your API token into ${vendor.tokenEnv}`,
    });
  const connection = openPlatform(vendor, operator.token, io, verbose);
  const state = await openReportsFile(resume, io.signal).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  // Nothing is written before the first change.
  const journal = await openJournal(options.directory, io.env, io.signal);
  let outcome: ExitReason = "done";
  let made = 0;
  let progress: FleetProgress | undefined;
  const planned: ProjectFixes[] = [];
  const note = ({ failure, findings }: Outcome) => {
    if (findings.some(({ severity }) => isAtLeast(severity, failOn))) outcome = "findings";
    else if (failure !== null && (outcome === "done" || outcome === "incomplete")) outcome = "api";
  };
  const noteUnread = (report: AuditReport) => {
    if (options.complete && outcome === "done" && isIncomplete(report)) outcome = "incomplete";
  };
  const choice: FixChoice = { configuration, unsafeFixes: options.unsafeFixes };
  const auditAll = async () => {
    io.status?.("Reading the list of projects");
    const { id: account } = await currentUser(connection);
    const all = await selectProjects(connection, selection, account, io.signal);
    const mine = shard === undefined ? all : all.filter((project) => isIn(shard, project));
    const open = mine.filter(({ id }) => !state.done.has(id));
    progress = new FleetProgress(open.length, { say: io.err, draw: io.status });
    const coming = async function* (): AsyncGenerator<AuditReport> {
      for await (const report of state.read()) {
        note(report);
        noteUnread(report);
        yield report;
      }
      for await (const reading of readFleet(connection, open, { vendor, operator: account })) {
        const fixes =
          fix && reading.kind !== "failed" ? await planFixes(reading, choice) : undefined;
        const found = reportOnProject(reading, configuration);
        const report =
          fixes === undefined
            ? found
            : { ...found, dryRun: options.dryRun, plan: reportedPlan(fixes.items) };
        await state.add(report);
        if (fixes !== undefined && fixes.changes.length > 0) planned.push(fixes);
        note(fixes === undefined ? report : { failure: null, findings: fixes.left });
        noteUnread(report);
        progress?.step();
        yield report;
      }
    };
    if (format === "text" || format === "jsonl" || format === "github")
      await writeReports({ many: true, read: coming }, { ...options, failOn }, io);
    else {
      for await (const _ of coming());
      await writeReports({ many: true, read: () => state.read() }, { ...options, failOn }, io);
    }
    progress.end();
    if (fix) {
      const say = format === "text" && options.output === undefined ? io.out : io.err;
      const agreed = await agreedFixes(planned, manner, say, io);
      const notMade = await makePlanned(agreed, choice, {
        connection,
        vendor,
        operator: account,
        journal,
        say,
        made: () => made++,
      });
      if (made > 0) say("machinist undo takes this back.");
      const leftOut = planned.filter((fixes) => !agreed.includes(fixes));
      if (!options.dryRun) {
        for (const { found } of notMade) note({ failure: [], findings: found });
        for (const { found } of leftOut) note({ failure: null, findings: found });
      }
    }
    return outcome;
  };
  try {
    return await untilInterrupted(auditAll, io);
  } catch (error) {
    const ledger = ledgerOf(journal.attempts);
    for (const line of ledgerLines(ledger)) io.err(line);
    const begun = ledger.done.length + ledger.unknown.length;
    if (io.signal.aborted) throw interrupted(state, resume, begun);
    throw isSignedOut(error) && progress !== undefined
      ? signedOutAmid(error, progress.left, resume)
      : error;
  } finally {
    await journal.close();
    progress?.end();
    io.status?.("");
    await state.close();
    await connection.close();
  }
}

/** What one project says about how the run ends. */
interface Outcome {
  readonly failure: readonly string[] | null;
  readonly findings: readonly { readonly severity: Severity }[];
}

function isSignedOut(error: unknown): error is Failure {
  return error instanceof Failure && error.reason === "signedOut";
}

/** A sign-in that ends amid the projects leaves the rest of them, which is told. @param left how many of them */
function signedOutAmid({ parts }: Failure, left: number, resume: string | undefined): Failure {
  if (left === 0) return new Failure("signedOut", parts);
  const goOn =
    resume === undefined
      ? "with --resume FILE, the next one can go on where it was left"
      : "the same command goes on where it was left";
  return new Failure("signedOut", {
    ...parts,
    what: `${parts.what}; ${left} ${left === 1 ? "project was" : "projects were"} not audited`,
    next: parts.next === undefined ? goOn : `${parts.next}; ${goOn}`,
  });
}

/** @param begun how many changes are made, or may be */
function interrupted({ path }: ReportsFile, resume: string | undefined, begun: number): Failure {
  if (begun > 0)
    return new Failure("interrupted", {
      what: `The audit was interrupted after ${begun} ${begun === 1 ? "change" : "changes"}`,
      next: "the same command goes on with what is left; machinist undo takes back what was changed",
    });
  return new Failure("interrupted", {
    what: "The audit was interrupted; nothing was changed",
    next:
      resume === undefined
        ? "with --resume FILE, the next one can go on where it was left"
        : `the same command goes on where it was left: ${path} holds what is done`,
  });
}
