import packageJson from "../../../package.json" with { type: "json" };
import type { Severity } from "../../audit/finding.ts";
import { logged, printable } from "../../printable.ts";
import type { Format, Reports, Surroundings } from "../../report/format.ts";
import type { FormatName } from "../../report/names.ts";
import { formats } from "../../report/registry.ts";
import { type AuditReport, reportedVendor, reportOf } from "../../report/report.ts";
import { redact } from "../../secret.ts";
import { writeNamedFile } from "../named-file.ts";
import type { Io } from "../terminal/io.ts";
import type { Audited } from "./audited.ts";

/** How reports are to be written, and where to. */
export interface Output {
  readonly format: FormatName;
  /** Absolute path of the file; without it, standard output. */
  readonly output?: string;
  readonly failOn: Severity;
}

/** Writes reports in a format. Throws a `Failure` ("usage") when the file can't be written; it is as it was then. */
export async function writeReports(
  reports: Reports,
  { format: name, output, failOn }: Output,
  io: Io,
): Promise<void> {
  const format = formats[name];
  const lines = format.lines(reports, surroundingsOf(failOn, io.env));
  if (output !== undefined)
    return writeNamedFile(output, textOf(format, lines), { what: "The report", flag: "--output" });
  const write = format.readers === "people" ? io.out : io.document;
  for await (const line of lines) write(line);
}

function surroundingsOf(failOn: Severity, env: NodeJS.ProcessEnv): Surroundings {
  const pages = env["MACHINIST_RULE_PAGES"];
  return {
    version: packageJson.version,
    madeAt: new Date(),
    directory: process.cwd(),
    failOn,
    ...(pages?.startsWith("https://") ? { rulePages: pages.replace(/\/$/u, "") } : {}),
  };
}

async function* textOf({ readers }: Format, lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines)
    yield `${redact(readers === "people" ? logged(printable(line)) : line)}\n`;
}

/** The report on what was audited. */
export function reportOn(
  audited: Audited,
  directory: string,
  done: readonly string[],
): AuditReport {
  const { apps, vendor, online } = audited;
  const read = online.kind === "read";
  return reportOf(audited.verdict(), {
    directory,
    apps,
    vendor: reportedVendor(vendor),
    platform: read
      ? {
          project: online.facts.project.id,
          environment: online.facts.environment.id,
          title: online.facts.project.title,
        }
      : null,
    offlineBecause: read ? null : online.because,
    done,
  });
}

/** One report alone. */
export function one(report: AuditReport): Reports {
  return {
    many: false,
    async *read() {
      yield report;
    },
  };
}
