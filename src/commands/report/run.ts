import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Severity } from "../../audit/finding.ts";
import { isAtLeast } from "../../audit/summary.ts";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import type { FormatName } from "../../report/names.ts";
import { readReports } from "../../report/read.ts";
import type { AuditReport } from "../../report/report.ts";
import { openReportsFile, type ReportsFile } from "../audit/fleet/state-file.ts";
import { writeReports } from "../audit/output.ts";
import type { FlagsOf } from "../command.ts";
import type { Io } from "../terminal/io.ts";

interface ReportOptions {
  /** Absolute. */
  readonly files: readonly string[];
  readonly format: FormatName;
  readonly output?: string;
  readonly failOn: Severity;
}

/** The flags, typed. Throws a `Failure` ("usage") when no file is named. */
export function readReportOptions(
  files: readonly string[],
  { format, output, failOn }: FlagsOf<"report">,
): ReportOptions {
  if (files.length === 0)
    throw new Failure("usage", {
      what: "No file is named",
      next: "name the files that the audits wrote with --format jsonl or --resume",
    });
  return {
    files: files.map((file) => resolve(file)),
    format: format ?? "text",
    ...(output !== undefined ? { output: resolve(output) } : {}),
    failOn: failOn ?? "error",
  };
}

/**
 * Writes the reports of several files as one. Throws a `Failure` ("usage") for a file that holds something else, and an
 * AbortError when a signal ends it.
 */
export async function reportCommand(options: ReportOptions, io: Io): Promise<ExitReason> {
  const { failOn } = options;
  let outcome: ExitReason = "done";
  const sources: Source[] = [];
  try {
    for (const file of options.files) sources.push(await sourceAt(file, io.signal));
    const read = async function* (): AsyncGenerator<AuditReport> {
      for (const source of sources)
        for await (const report of source.read()) {
          if (report.findings.some(({ severity }) => isAtLeast(severity, failOn)))
            outcome = "findings";
          else if (report.failure !== null && outcome === "done") outcome = "api";
          yield report;
        }
    };
    await writeReports({ many: await areMany(sources), read }, options, io);
  } finally {
    for (const source of sources) await source.close?.();
  }
  return outcome;
}

type Source = Pick<ReportsFile, "read"> & Partial<Pick<ReportsFile, "close">>;

/** What can be read several times, as the formats do: the reports of a pipe are kept for the time of the run. */
async function sourceAt(file: string, signal: AbortSignal): Promise<Source> {
  const there = await stat(file).catch(() => undefined);
  // What can't be looked at says why when it is read.
  if (there === undefined || there.isFile()) return { read: () => readReports(file, signal) };
  const kept = await openReportsFile(undefined, signal);
  try {
    for await (const report of readReports(file, signal)) await kept.add(report);
  } catch (error) {
    await kept.close();
    throw error;
  }
  return kept;
}

/** Whether the files hold more than the report on one checkout, which is written as its audit would write it. */
async function areMany(sources: readonly Source[]): Promise<boolean> {
  let checkouts = 0;
  for (const source of sources)
    for await (const { directory } of source.read()) {
      checkouts += 1;
      if (directory === null || checkouts > 1) return true;
    }
  return checkouts === 0;
}
