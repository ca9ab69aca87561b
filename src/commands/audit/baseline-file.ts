import type { KnownVerdict } from "../../audit/finding.ts";
import { countWithWord } from "../../audit/summary.ts";
import type { ExitReason } from "../../exit-code.ts";
import { writeNamedFile } from "../named-file.ts";
import type { Io } from "../terminal/io.ts";
import type { AuditState } from "./audited.ts";

/**
 * Makes what counts now, and what is in the baseline already, the baseline.
 * Throws a `Failure` ("usage") when the file can't be written.
 */
export async function writeBaseline(
  path: string,
  { findings, ignored }: KnownVerdict,
  io: Io,
): Promise<ExitReason> {
  const { baselineText } = await import("../../audit/baseline.ts");
  const kept = ignored.filter((finding) => finding.ignored.by === "baseline");
  const all = [...findings, ...kept];
  const named = { what: "The baseline", flag: "--write-baseline" };
  await writeNamedFile(path, baselineText(all), named, io.signal);
  io.err(
    `The baseline ${path} holds ${countWithWord(all.length, "finding")}; --baseline leaves what is in it uncounted`,
  );
  return "done";
}

/** Says how many findings of the baseline are gone, so that it can shrink. */
export function tellStaleBaseline(
  { said: { baseline } }: AuditState,
  { ignored }: KnownVerdict,
  io: Io,
): void {
  if (baseline === undefined) return;
  const found = new Set(ignored.map(({ fingerprint }) => fingerprint));
  const gone = [...baseline.fingerprints].filter((fingerprint) => !found.has(fingerprint)).length;
  if (gone > 0)
    io.err(
      `${gone} of the findings in ${baseline.shown} are gone; --baseline and --write-baseline with that file take them out`,
    );
}
