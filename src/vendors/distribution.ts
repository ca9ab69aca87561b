/** In which ways besides the installer of its manual a vendor's CLI comes, as far as public projects use them. */
export interface VendorDistribution {
  /** The repositories on GitHub that have its releases; the first one has its installer, installer.sh. */
  readonly repositories: readonly [string, ...string[]];
  /** Those that had its releases, all of them old. */
  readonly oldRepositories: readonly string[];
  /**
   * What `VENDOR` may be for that installer, which then brings another vendor's CLI: that one's, by the value. Without
   * it the installer takes no notice of `VENDOR`.
   */
  readonly bringsByVendor?: Readonly<Record<string, string>>;
  /** Its name for each package manager. */
  readonly packages: {
    readonly brew?: string;
    readonly composer?: string;
    readonly npm?: string;
    readonly nix?: string;
  };
  /** Its archive for PHP, of the versions 3 and 4. */
  readonly phar?: string;
  /** Its image of a container, without a version. */
  readonly image: string;
  /** Whether that image is known to have sh alone. */
  readonly imageWithoutBash?: true;
  /** Images of others that have it and are no longer kept up. */
  readonly oldImages: readonly string[];
  /** Actions of GitHub that bring it or use it, by their names in small letters, as `VendorAction` says. */
  readonly actions: Readonly<Record<string, VendorAction | "not read">>;
  /** The release that jobs of CI install: nothing is looked up when a job is written. */
  readonly release: PinnedCli;
}

/** A release of a CLI for Linux on x86-64, whose archive has the executable at its top. */
export interface PinnedCli {
  readonly version: string;
  /** The repository on GitHub that has the archive. */
  readonly repository: string;
  readonly archive: string;
  /** SHA-256 of the archive, in hexadecimal. */
  readonly sha256: string;
}

/** What is known of an action; a name that ends in * stands for all that begin with what is in front of it. */
export interface VendorAction {
  /** The CLI that it installs, or the input that says which: by its value, for any other value, and where it isn't given. */
  readonly installs?:
    | string
    | {
        readonly input: string;
        readonly byValue: Readonly<Record<string, string>>;
        readonly otherwise: string;
        readonly unset: string;
      };
  /** The input that takes the token. */
  readonly tokenInput?: string;
  /** The variable that it leaves the token in, for the steps behind it. */
  readonly exports?: string;
  /** Whether it uses the CLI itself. */
  readonly usesCli?: boolean;
  /** The input that has it run a command, and the commands that it knows: it succeeds with any other as well. */
  readonly runs?: { readonly input: string; readonly commands: readonly string[] };
  /** The input that pins the CLI's version; without one it can't be pinned. */
  readonly versionInput?: string;
  /** The oldest and the newest major version of the CLI that it installs, where that isn't the newest release. */
  readonly majors?: readonly [oldest: number, newest: number];
  /** Why it should make way for another installation; undefined for one that is kept up. */
  readonly old?: string;
}
