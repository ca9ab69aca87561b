/** A release of the CLI. */
export type Release = readonly [major: number, minor: number, patch: number];

/** Reads one to three numbers with points between them, also behind a `v`; undefined for anything else. */
export function releaseOf(text: string): Release | undefined {
  const [, major, minor = "0", patch = "0"] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/u.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/**
 * A release in full, without the `v` that may stand before it: "5.11.0". Undefined for anything else: an installer fetches
 * the one that it is told, and "5.11" is none.
 */
export function fullRelease(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+)$/u.exec(text)?.[1];
}

/** Whether a release came before another one. */
export function isBefore(release: Release, other: Release): boolean {
  for (const [index, part] of release.entries()) {
    const against = other[index] ?? 0;
    if (part !== against) return part < against;
  }
  return false;
}
