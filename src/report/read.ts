import type { Readable } from "node:stream";
import * as v from "valibot";
import { readableAt } from "../disk/pipe.ts";
import { Failure } from "../failure.ts";
import { largestChanged, mebibyte } from "../regular-file.ts";
import { auditForm } from "./form.ts";
import type { AuditReport } from "./report.ts";

/** In characters: more than any file has that is audited, with what is found in it. */
const longestLine = 2 * largestChanged;

/** One report from its JSON; undefined when it is none. */
export function readReport(json: string): AuditReport | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), auditForm), json);
  return read.success ? read.output : undefined;
}

/**
 * The reports of a file that `--format jsonl` or `--resume` wrote, one a line; a last line that was cut off is left out.
 * Throws a `Failure` ("usage") with the line for anything else, and an AbortError when `signal` ends the reading.
 *
 * @param path as it was given; a named pipe gives its reports once
 */
export async function* readReports(path: string, signal: AbortSignal): AsyncGenerator<AuditReport> {
  let number = 0;
  let broken: number | undefined;
  try {
    for await (const line of linesOf(await readableAt(path, signal))) {
      number += 1;
      if (line.trim() === "") continue;
      if (broken !== undefined) throw notReport(path, broken);
      if (line.length > longestLine) throw notReport(path, number, endless);
      const report = readReport(line);
      if (report === undefined) broken = number;
      else yield report;
    }
  } catch (error) {
    if (signal.aborted || error instanceof Failure || !(error instanceof Error && "code" in error))
      throw error;
    throw new Failure("usage", { what: "The file can't be read", where: path, why: error.message });
  }
  if (broken !== undefined && broken === 1) throw notReport(path, broken);
}

/**
 * The lines of a text without their ends. JSON may hold whatever else ends a line elsewhere. One that is longer than any
 * report ends the reading, and is given as far as it was read.
 */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const part of stream.setEncoding("utf8")) {
    const [first = "", ...others] = String(part).split("\n");
    rest += first;
    for (const line of others) {
      yield rest;
      rest = line;
    }
    if (rest.length > longestLine) break;
  }
  yield rest;
}

const endless = `the line is longer than ${longestLine / mebibyte} MiB, which no report is`;

function notReport(path: string, line: number, why?: string): Failure {
  return new Failure("usage", {
    what: "This isn't the report of an audit",
    where: `${path}:${line}`,
    ...(why === undefined ? {} : { why }),
    next: "name files that machinist audit wrote with --format jsonl or --resume",
  });
}
