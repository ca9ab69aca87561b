import * as v from "valibot";
import { Failure } from "../failure.ts";
import type { KnownFinding } from "./finding.ts";

/** Findings that were there already when somebody began to look: they are told, and don't count. */
export interface Baseline {
  /** The path of its file, as it was given. */
  readonly shown: string;
  readonly fingerprints: ReadonlySet<string>;
}

const form = v.object({
  version: v.literal(1),
  baseline: v.array(v.object({ fingerprint: v.pipe(v.string(), v.regex(/^[\da-f]{32}$/u)) })),
});

/**
 * Reads what `baselineText` wrote. Throws a `Failure` ("usage") for anything else.
 *
 * @param shown its path, as it was given
 */
export function readBaseline(shown: string, text: string): Baseline {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), form), text);
  if (!read.success)
    throw new Failure("usage", {
      what: "This isn't a baseline",
      where: shown,
      why: read.issues[0].message,
      next: "write one with --write-baseline",
    });
  const fingerprints = read.output.baseline.map(({ fingerprint }) => fingerprint);
  return { shown, fingerprints: new Set(fingerprints) };
}

/** The file that makes these findings the baseline. Each is on a line of its own, so that a diff shows what went. */
export function baselineText(findings: readonly KnownFinding[]): string {
  const lines = findings.map(({ fingerprint, rule, location }) =>
    JSON.stringify({
      fingerprint,
      rule,
      at: location.kind === "file" ? location.file : location.resource,
    }),
  );
  return `{ "version": 1, "baseline": [\n${lines.join(",\n")}\n] }\n`;
}
