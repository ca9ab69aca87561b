import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { replaceFile } from "../disk/replace-file.ts";
import { Failure } from "../failure.ts";
import { largestChanged, readRegularText } from "../regular-file.ts";
import { redact } from "../secret.ts";

/** The first line of every file of records; a file without it is somebody else's. */
const mark = "<!-- records of machinist -->\n";

/**
 * Makes sure that a record can be written before anything else is done.
 * Throws a Failure ("usage") when the folder is missing, or the file holds anything but records.
 *
 * @param path absolute
 */
export async function assertRecordFile(path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory() !== true) {
    throw refused(
      "There is no such folder for the record",
      path,
      "name a file in a folder that is there",
    );
  }
  await records(path);
}

/** Adds a record to a file of records, or begins one. Throws a Failure as `assertRecordFile`, and when it can't be written. */
export async function addRecord(path: string, record: string): Promise<void> {
  const before = await records(path);
  const text = `${before === "" ? mark : `${before}\n`}\n${redact(record)}`;
  await replaceFile(path, { text, mode: 0o644 }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw refused("The record can't be written", path, "name another file with --report", why);
  });
}

/** The records that are in the file; empty when there is no file. */
async function records(path: string): Promise<string> {
  const text = await readRegularText(path, largestChanged).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw refused("The file for the record can't be read", path, "name another one", error.message);
  });
  if (text === "" || text.startsWith(mark)) return text;
  throw refused(
    "The file holds something else than records",
    path,
    "name another one with --report",
  );
}

function refused(what: string, where: string, next: string, why?: string): Failure {
  return new Failure("usage", { what, where, next, ...(why === undefined ? {} : { why }) });
}
