import type { PinnedCli } from "../vendors/distribution.ts";
import { vendorOfBinary } from "../vendors/registry.ts";

/**
 * The step of a workflow that checks the code out, by the commit of a release, which nobody can move to another one as they can a tag:
 * v7.0.1 of actions/checkout, as public workflows pin it (read on 29 November 2026).
 */
export const checkoutStep =
  "      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";

/** The release that jobs install of a CLI; undefined for one whose archives aren't known. */
export function pinnedCli(binary: string): PinnedCli | undefined {
  return vendorOfBinary(binary)?.distribution?.release;
}

/** Where the archive of a release is, on GitHub. */
export function archiveAddress({ version, repository, archive }: PinnedCli): string {
  return `https://github.com/${repository}/releases/download/v${version}/${archive}`;
}
