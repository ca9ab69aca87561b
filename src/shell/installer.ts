import { Failure } from "../failure.ts";

/** The name under which the CLI is called, as the records of the vendors have it: "platform". */
export type Binary = string;

export interface InstallerOptions {
  readonly binary: Binary;
  readonly installer: "bash" | "php";
  /** A CLI release without the `v`: "5.11.0". Without it the newest is installed. */
  readonly version?: string;
}

const currentUrl = "https://raw.githubusercontent.com/platformsh/cli/main/installer.sh";
const download = "/tmp/platform-cli-installer.sh";

/**
 * The lines of a build hook that install the CLI, in POSIX form.
 * The download is a command of its own and the result is checked, because dash takes no notice of a
 * failure on the left of a pipe. `--version` needs no login, so it works without a token at build.
 *
 * Throws a `Failure` ("usage") when the PHP installer is asked for something it can't do, and when the
 * version isn't three numbers.
 */
export function installerLines(options: InstallerOptions): readonly string[] {
  const { binary, installer, version } = options;
  if (installer === "php") return phpLines(options);
  if (version !== undefined && !/^\d+\.\d+\.\d+$/u.test(version))
    throw new Failure("usage", {
      what: `“${version}” is not a version of the CLI`,
      next: "give three numbers, such as 5.11.0",
    });
  const settings = [
    ...(binary === "upsun" ? ["VENDOR=upsun"] : []),
    ...(version === undefined ? [] : [`VERSION=${version}`]),
  ];
  const commands = installerCommands({ curl: `curl -fsSL ${currentUrl}`, settings, binary });
  return commands.map((command) => `${command} || exit 1`);
}

/**
 * The commands that install the CLI and look whether it is there; each of them may fail.
 *
 * @param curl the download up to its address, without where it goes
 * @param settings what the installer is given in front of it: "VENDOR=upsun"
 */
export function installerCommands({
  curl = `curl -fsSL ${currentUrl}`,
  settings = [],
  binary,
}: {
  readonly curl?: string;
  readonly settings?: readonly string[];
  readonly binary: Binary;
}): readonly string[] {
  return [
    `${curl} -o ${download}`,
    [...settings, "bash", download].join(" "),
    `${binary} --version`,
  ];
}

function phpLines({ binary, version }: InstallerOptions): readonly string[] {
  const refusal =
    binary === "upsun"
      ? "it installs the command platform, never upsun"
      : version === undefined
        ? undefined
        : "it can't install a chosen version";
  if (refusal !== undefined)
    throw new Failure("usage", {
      what: "The PHP installer can't be used here",
      why: refusal,
      next: "use the bash installer",
    });
  return ["curl -fsS https://platform.sh/cli/installer | php"];
}
