import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import * as v from "valibot";
import { Failure } from "../failure.ts";
import { auditForm } from "./form.ts";
import type { AuditReport } from "./report.ts";

/** One report from its JSON; undefined when it is none. */
export function readReport(json: string): AuditReport | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), auditForm), json);
  return read.success ? read.output : undefined;
}

/**
 * The reports of a file that `--format jsonl` or `--resume` wrote, one a line; a last line that was cut off is left out.
 * Throws a `Failure` ("usage") with the line for anything else.
 *
 * @param path as it was given
 */
export async function* readReports(path: string): AsyncGenerator<AuditReport> {
  let number = 0;
  let broken: number | undefined;
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      if (broken !== undefined) throw notReport(path, broken);
      const report = readReport(line);
      if (report === undefined) broken = number;
      else yield report;
    }
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error && "code" in error)) throw error;
    throw new Failure("usage", { what: "The file can't be read", where: path, why: error.message });
  } finally {
    lines.close();
  }
  if (broken !== undefined && broken === 1) throw notReport(path, broken);
}

function notReport(path: string, line: number): Failure {
  return new Failure("usage", {
    what: "This isn't the report of an audit",
    where: `${path}:${line}`,
    next: "name files that machinist audit wrote with --format jsonl or --resume",
  });
}
