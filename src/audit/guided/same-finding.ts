import type { Finding } from "../finding.ts";

/**
 * Where to point among the findings of a new audit, so that a person stays where they were: at the same finding,
 * else at the next one that is still there, else at the nearest before.
 *
 * @param before the findings as they were listed, with the pointer at `at`
 * @returns 0 when none of them is left
 */
export function pointAfter(
  before: readonly Finding[],
  at: number,
  after: readonly Finding[],
): number {
  const places = new Map(names(after).map((name, place) => [name, place]));
  const known = names(before);
  const order = [...known.slice(at), ...known.slice(0, at).reverse()];
  for (const name of order) {
    const place = places.get(name);
    if (place !== undefined) return place;
  }
  return 0;
}

/** The first finding of a new audit that was not among those before: what a change brought, or its undoing brought back. */
export function firstNew(
  before: readonly Finding[],
  after: readonly Finding[],
): Finding | undefined {
  const known = new Set(names(before));
  const found = names(after).findIndex((name) => !known.has(name));
  return after[found];
}

/** Whether a new audit finds as many findings like this one as the audit before: its fix did not take. */
export function isStillThere(
  finding: Finding,
  before: readonly Finding[],
  after: readonly Finding[],
): boolean {
  const alike = (findings: readonly Finding[]) =>
    findings.filter((other) => nameOf(other) === nameOf(finding)).length;
  return alike(after) >= alike(before);
}

/** Names by which findings are known again once lines have moved: of several alike, each by its number. */
function names(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const name = nameOf(finding);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name}\n${number}`;
  });
}

/** What tells a finding from others, but for those that are alike: its rule, its message and its file or resource. */
export function nameOf({ rule, message, location }: Finding): string {
  return `${rule}\n${message}\n${location.kind === "file" ? location.file : location.resource}`;
}
