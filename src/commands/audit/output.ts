import packageJson from "../../../package.json" with { type: "json" };
import type { Severity } from "../../audit/finding.ts";
import type { PlanItem } from "../../dialogue/plan.ts";
import { logLine, printable } from "../../printable.ts";
import type { Format, FormatContext, Reports } from "../../report/format.ts";
import type { FormatName } from "../../report/names.ts";
import { formats } from "../../report/registry.ts";
import { type AuditReport, reportedVendor, reportOf } from "../../report/report.ts";
import { redact } from "../../secret.ts";
import { writeNamedFile } from "../named-file.ts";
import type { Io } from "../terminal/io.ts";
import type { AuditState } from "./audited.ts";

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
    return writeNamedFile(
      output,
      textOf(format, lines),
      { what: "The report", flag: "--output" },
      io.signal,
    );
  const write = format.readers === "people" ? io.out : io.document;
  for await (const line of lines) write(line);
}

function surroundingsOf(failOn: Severity, env: NodeJS.ProcessEnv): FormatContext {
  const pages = env["MACHINIST_RULE_PAGES"];
  return {
    version: packageJson.version,
    madeAt: new Date(),
    directory: process.cwd(),
    failOn,
    // A release names where it comes from; a checkout may be anybody's.
    ...("homepage" in packageJson && typeof packageJson.homepage === "string"
      ? { homepage: packageJson.homepage }
      : {}),
    ...(pages?.startsWith("https://") ? { rulePages: pages.replace(/\/$/u, "") } : {}),
  };
}

async function* textOf({ readers }: Format, lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines)
    yield `${redact(readers === "people" ? logLine(printable(line)) : line)}\n`;
}

/** Formats that show the text that a finding is about, or hand it on. */
const withSource: readonly FormatName[] = ["html", "json", "jsonl"];

/** What `--fix` came to. */
export interface FixesMade {
  readonly dryRun: boolean;
  /** What it set out to do; only programs are told, so it is made when it is asked for. */
  plan(): readonly PlanItem[];
  /** What was done, a line each. */
  readonly done: readonly string[];
}

/** The report on what was audited, with what the format needs. @param fixes missing where nothing was to be fixed */
export async function reportOn(
  audited: AuditState,
  { directory, format }: { readonly directory: string; readonly format: FormatName },
  fixes: FixesMade | undefined,
): Promise<AuditReport> {
  const { apps, vendor, online } = audited;
  const read = online.kind === "read";
  const about = {
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
    done: fixes?.done ?? [],
  };
  if (!withSource.includes(format)) return reportOf(audited.verdict(), about);
  const { reportedPlan, sourceOf } = await import("../../report/source.ts");
  return reportOf(
    audited.verdict(),
    fixes === undefined
      ? about
      : { ...about, dryRun: fixes.dryRun, plan: reportedPlan(fixes.plan()) },
    sourceOf((shown) => audited.text(shown)),
  );
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
