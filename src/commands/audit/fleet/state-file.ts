import { existsSync } from "node:fs";
import { open, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownedFolder } from "../../../disk/owned-folder.ts";
import { replaceFile } from "../../../disk/replace-file.ts";
import { Failure } from "../../../failure.ts";
import { UnfitFile } from "../../../regular-file.ts";
import { readReports } from "../../../report/read.ts";
import type { AuditReport } from "../../../report/report.ts";
import { redact } from "../../../secret.ts";

/** The reports that are done, a line each, on disk: what an interrupted run goes on from, and what a report is made of. */
export interface ReportsFile {
  readonly path: string;
  /** The projects that needn't be audited again. */
  readonly done: ReadonlySet<string>;
  /** Throws a `Failure` when it can't be written any more. */
  add(report: AuditReport): Promise<void>;
  read(): AsyncIterable<AuditReport>;
  /** Closes it; one that nobody named is removed. */
  close(): Promise<void>;
}

/**
 * Opens the file of `--resume`, or one that lasts as long as the run. Projects that failed are left out of it, so that
 * they are tried again. Throws a `Failure` ("usage") when it holds something else, or can't be written.
 */
export async function openReportsFile(
  named: string | undefined,
  signal: AbortSignal,
): Promise<ReportsFile> {
  const done = new Set<string>();
  let given = named ?? tmpdir();
  let folder: string | undefined;
  try {
    if (named === undefined) {
      folder = (await ownedFolder(join(given, "machinist-audit-"))).path;
      given = join(folder, "reports.jsonl");
    }
    const path = await fileAt(given);
    await replaceFile(path, { text: keptIn(path, done, signal), mode: 0o600 });
    const handle = await open(path, "a");
    return {
      path: given,
      done,
      add: async (report) => {
        await handle.appendFile(lineOf(report)).catch((error: unknown) => {
          throw unwritable("unexpected", given, named, error);
        });
      },
      read: () => readReports(path, signal),
      async close() {
        // What is lost by this is audited again.
        await handle.close().catch(() => undefined);
        await removed(folder);
      },
    };
  } catch (error) {
    await removed(folder);
    throw unwritable("usage", given, named, error);
  }
}

/** A folder that can't be removed is swept by a later run. */
async function removed(folder: string | undefined): Promise<void> {
  if (folder !== undefined)
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

function unwritable(
  reason: "usage" | "unexpected",
  where: string,
  named: string | undefined,
  error: unknown,
): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const next =
    named === undefined
      ? "make room there, or name another folder for temporary files with TMPDIR"
      : "name another file with --resume";
  return new Failure(reason, {
    what: "The state can't be written",
    where,
    why: error.message,
    next,
  });
}

/** The file itself where a link leads to one. Throws for what is no file: it would be replaced by one. */
async function fileAt(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isFile()) return real;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return path;
    throw error;
  }
  throw new UnfitFile("it is no file");
}

/** What the file holds of projects that need not be audited again, whose ids are added to `done`. */
async function* keptIn(
  path: string,
  done: Set<string>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  for await (const report of readReports(path, signal)) {
    if (report.failure !== null || report.platform === null) continue;
    done.add(report.platform.project);
    yield lineOf(report);
  }
}

function lineOf(report: AuditReport): string {
  return `${redact(JSON.stringify(report))}\n`;
}
