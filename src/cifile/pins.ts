/** A release of the CLI that jobs install, for Linux on x86-64: nothing of it is looked up when a job is written. */
export interface PinnedCli {
  readonly version: string;
  readonly archive: string;
  /** SHA-256 of the archive, in hexadecimal. */
  readonly sha256: string;
}

/**
 * By the CLI's name, as the vendor's Homebrew formulas have them (upsun/homebrew-tap: Formula/upsun-cli.rb at 323ee4eb,
 * Formula/platformsh-cli.rb at 2cf8bb07; read on 28 November 2026). The binary lies at the top of the archive.
 */
const releases: Readonly<Record<string, PinnedCli>> = {
  upsun: {
    version: "5.12.0",
    archive: "upsun_5.12.0_linux_amd64.tar.gz",
    sha256: "5041ae8d242dc18af169ec2513212fd8928358e4dde03039fb9b11567835089a",
  },
  platform: {
    version: "5.10.8",
    archive: "platform_5.10.8_linux_amd64.tar.gz",
    sha256: "d43169ab06b63836acf6e51c3c4dad211f706affc9daf8be1d53b08ccb65a3a8",
  },
};

/**
 * The step of a workflow that checks the code out, by the commit of a release, which nobody can move to another one as they can a tag:
 * v7.0.1 of actions/checkout, as public workflows pin it (read on 29 November 2026).
 */
export const checkoutStep =
  "      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";

/** The release that jobs install of a CLI; undefined for one whose archives aren't known. */
export function pinnedCli(binary: string): PinnedCli | undefined {
  return releases[binary];
}

/** Where the archives of a release are, on GitHub. */
export function archiveAddress({ version, archive }: PinnedCli): string {
  return `https://github.com/upsun/cli/releases/download/v${version}/${archive}`;
}
