import { readFleet } from "../../../audit/fleet.ts";
import { reportOnProject } from "../../../audit/report/of-project.ts";
import type { AuditReport } from "../../../audit/report/report.ts";
import { isAtLeast } from "../../../audit/report/summary.ts";
import { SharedAccounts } from "../../../audit/shared-accounts.ts";
import type { ExitReason } from "../../../exit-code.ts";
import { Failure } from "../../../failure.ts";
import type { Io } from "../../io.ts";
import { operatorToken } from "../../operator-token.ts";
import type { AuditOptions } from "../options.ts";
import { writeReports } from "../output.ts";
import { readAccount, signIn } from "../platform.ts";
import { readSaid } from "../said.ts";
import { Progress } from "./progress.ts";
import type { FleetRequest } from "./request.ts";
import { isIn, selected } from "./selection.ts";
import { openStateFile, type StateFile } from "./state-file.ts";

/**
 * Audits many projects through the API; nothing is changed. What is found is written as it comes in the formats that are
 * read line by line, else at the end. Gives "findings" when something at or above `failOn` was found, "api" when nothing
 * was and a project could not be read. Throws a `Failure`: "interrupted" says how to go on.
 */
export async function fleetCommand(
  options: AuditOptions,
  { selection, shard, resume }: FleetRequest,
  io: Io,
): Promise<ExitReason> {
  const { vendor, format, verbose = false } = options;
  const { configuration } = await readSaid(options);
  const failOn = options.failOn ?? configuration.failOn ?? "error";
  const operator = await operatorToken(vendor, io);
  if (operator === undefined)
    throw new Failure("signedOut", {
      what: "Not signed in",
      next: `put your API token into ${vendor.tokenEnv}`,
    });
  const connection = signIn(vendor, operator.token, io, verbose);
  const state = await openStateFile(resume).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  let outcome: ExitReason = "done";
  const note = ({ failure, findings }: AuditReport) => {
    if (findings.some(({ severity }) => isAtLeast(severity, failOn))) outcome = "findings";
    else if (failure !== null && outcome === "done") outcome = "api";
  };
  try {
    const { id: account } = await readAccount(connection);
    const all = await selected(connection, selection, account);
    const mine = shard === undefined ? all : all.filter((project) => isIn(shard, project));
    const open = mine.filter(({ id }) => !state.done.has(id));
    const progress = new Progress(open.length, { say: io.err, everyMs: 5_000 });
    const accounts = new SharedAccounts();
    const coming = async function* (): AsyncGenerator<AuditReport> {
      for await (const report of state.read()) {
        note(report);
        yield report;
      }
      for await (const reading of readFleet(connection, open, { vendor, operator: account })) {
        const report = reportOnProject(accounts.noted(reading), configuration);
        await state.add(report);
        note(report);
        progress.step();
        yield report;
      }
    };
    if (format === "text" || format === "jsonl" || format === "github")
      await writeReports({ many: true, read: coming }, { ...options, failOn }, io);
    else {
      for await (const _ of coming());
      await writeReports({ many: true, read: () => state.read() }, { ...options, failOn }, io);
    }
    return outcome;
  } catch (error) {
    throw io.signal.aborted ? interrupted(state, resume) : error;
  } finally {
    await state.close();
    await connection.close();
  }
}

function interrupted({ path }: StateFile, resume: string | undefined): Failure {
  return new Failure("interrupted", {
    what: "The audit was interrupted; nothing was changed",
    next:
      resume === undefined
        ? "with --resume FILE, the next one can go on where it was left"
        : `the same command goes on where it was left: ${path} holds what is done`,
  });
}
