import type { Severity } from "../audit/finding.ts";
import { allVendors } from "../vendors/registry.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { AuditReport, ReportedFinding } from "./report.ts";

/** Reports to be shown: of one checkout or project, or of many. */
export interface Reports {
  readonly many: boolean;
  /** Reads them in order, from the start each time; many of them don't have to fit into memory. */
  read(): AsyncIterable<AuditReport>;
}

/** Whose project a single report is about; undefined where there are several, or where nobody could tell. */
export async function onlyVendor(reports: Reports): Promise<Vendor | undefined> {
  if (reports.many) return undefined;
  for await (const { vendor } of reports.read())
    return allVendors.find(({ id }) => id === vendor?.id);
  return undefined;
}

/** What a format has to know beside the reports. */
export interface FormatContext {
  /** The program's own version. */
  readonly version: string;
  readonly madeAt: Date;
  /** Absolute: paths are written as seen from here, when the audited directory is below it. */
  readonly directory: string;
  /** The least severity that fails. */
  readonly failOn: Severity;
  /** Where the program's own page is, when that is known. */
  readonly homepage?: string;
  /** Where the pages about the rules are, when that is known: the address of a folder. */
  readonly rulePages?: string;
}

/** A way to write reports. */
export interface Format {
  /** What it is for, in a few words. */
  readonly summary: string;
  /** The text for whom it is: people's lines lose their control characters on the way out, a program's text must have none. */
  readonly readers: "people" | "programs";
  /** The lines of the whole text; one may hold line ends. */
  lines(reports: Reports, context: FormatContext): AsyncIterable<string>;
}

/** The file of a finding as seen from the directory that `context` names; undefined for one on the platform. */
export function findingPath(
  { directory, platform }: AuditReport,
  { location }: ReportedFinding,
  context: FormatContext,
): string | undefined {
  if (location.kind === "resource") return undefined;
  return pathFrom(context, { directory, platform }, location.file);
}

/** A file of a checkout as seen from the directory; of a project read through the API, below the project's id. */
export function pathFrom(
  { directory: from }: FormatContext,
  { directory, platform }: Pick<AuditReport, "directory" | "platform">,
  file: string,
): string {
  if (directory === null) return platform === null ? file : `${platform.project}/${file}`;
  const [base, top] = [slashed(from), slashed(directory)];
  return top.startsWith(`${base}/`) ? `${top.slice(base.length + 1)}/${file}` : file;
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/").replace(/\/$/u, "");
}

/** `file:line:column`, as editors and terminals know to open it, or the name of what is on the platform. */
export function placeText({ location }: ReportedFinding): string {
  return location.kind === "resource"
    ? location.resource
    : `${location.file}:${location.line}:${location.column}`;
}
