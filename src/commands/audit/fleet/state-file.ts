import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../../failure.ts";
import { readReports } from "../../../report/read.ts";
import type { AuditReport } from "../../../report/report.ts";
import { redact } from "../../../secret.ts";

/** The reports that are done, a line each, on disk: what an interrupted run goes on from, and what a report is made of. */
export interface StateFile {
  readonly path: string;
  /** The projects that needn't be audited again. */
  readonly done: ReadonlySet<string>;
  add(report: AuditReport): Promise<void>;
  read(): AsyncIterable<AuditReport>;
  /** Closes it; one that nobody named is removed. */
  close(): Promise<void>;
}

/**
 * Opens the file of `--resume`, or one that lasts as long as the run. Projects that failed are left out of it, so that
 * they are tried again. Throws a `Failure` ("usage") when it holds something else, or can't be written.
 */
export async function openStateFile(named: string | undefined): Promise<StateFile> {
  const path = named ?? join(tmpdir(), `machinist-${randomBytes(8).toString("hex")}.jsonl`);
  const done = new Set<string>();
  const next = `${path}.${process.pid}.machinist-tmp`;
  const stream = createWriteStream(next, { mode: 0o600 });
  try {
    await once(stream, "open");
    if (existsSync(path))
      for await (const report of readReports(path)) {
        if (report.failure !== null || report.platform === null) continue;
        done.add(report.platform.project);
        await append(stream, report);
      }
    await rename(next, path);
  } catch (error) {
    stream.destroy();
    await rm(next, { force: true });
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    throw new Failure("usage", {
      what: "The state can't be written",
      where: path,
      why: error.message,
      next: "name another file with --resume",
    });
  }
  return {
    path,
    done,
    add: (report) => append(stream, report),
    read: () => readReports(path),
    async close() {
      stream.end();
      await once(stream, "close");
      if (named === undefined) await rm(path, { force: true });
    },
  };
}

/** Ends when the line has reached the file. */
function append(stream: WriteStream, report: AuditReport): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(`${redact(JSON.stringify(report))}\n`, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
