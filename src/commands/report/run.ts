import { resolve } from "node:path";
import type { Severity } from "../../audit/finding.ts";
import { isAtLeast } from "../../audit/summary.ts";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import type { FormatName } from "../../report/names.ts";
import { readReports } from "../../report/read.ts";
import type { AuditReport } from "../../report/report.ts";
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

/** Writes the reports of several files as one. Throws a `Failure` ("usage") for a file that holds something else. */
export async function reportCommand(options: ReportOptions, io: Io): Promise<ExitReason> {
  const { files, failOn } = options;
  let outcome: ExitReason = "done";
  const read = async function* (): AsyncGenerator<AuditReport> {
    for (const file of files)
      for await (const report of readReports(file)) {
        if (report.findings.some(({ severity }) => isAtLeast(severity, failOn)))
          outcome = "findings";
        else if (report.failure !== null && outcome === "done") outcome = "api";
        yield report;
      }
  };
  await writeReports({ many: await areMany(files), read }, options, io);
  return outcome;
}

/** Whether the files hold more than the report on one checkout, which is written as its audit would write it. */
async function areMany(files: readonly string[]): Promise<boolean> {
  let checkouts = 0;
  for (const file of files)
    for await (const { directory } of readReports(file)) {
      checkouts += 1;
      if (directory === null || checkouts > 1) return true;
    }
  return checkouts === 0;
}
