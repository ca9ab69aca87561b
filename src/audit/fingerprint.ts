import { createHash } from "node:crypto";
import type { Finding, KnownFinding } from "./finding.ts";

/**
 * Gives each finding a fingerprint that stays the same when lines move: it comes from the rule, the file or the
 * resource, and the text of the line without its blanks. Alike findings are told apart by their order.
 *
 * @param findings in the order of the files
 * @param textOf the text of a file by the path as people know it; undefined when it couldn't be read
 */
export function withFingerprints(
  findings: readonly Finding[],
  textOf: (shown: string) => string | undefined,
): readonly KnownFinding[] {
  const lines = new Map<string, readonly string[]>();
  const lineOf = (file: string, line: number) => {
    const known = lines.get(file) ?? (textOf(file) ?? "").split(/\r?\n/u);
    lines.set(file, known);
    return known[line - 1] ?? "";
  };
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, location } = finding;
    const place =
      location.kind === "resource"
        ? [location.resource]
        : [location.file, lineOf(location.file, location.line).replaceAll(/\s+/gu, "")];
    const basis = [rule, ...place].join("\n");
    const before = seen.get(basis) ?? 0;
    seen.set(basis, before + 1);
    const hash = createHash("sha256").update(`${basis}\n${before}`).digest("hex");
    return { ...finding, fingerprint: hash.slice(0, 32) };
  });
}
