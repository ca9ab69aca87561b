import { Failure } from "../failure.ts";
import { ownVendorVariables } from "../vendors/own.ts";
import { vendorOfBinary, vendors } from "../vendors/registry.ts";
import { fullRelease } from "./release.ts";

/** The name under which the CLI is called, as the records of the vendors have it: "platform". */
export type Binary = string;

/** Which CLI is to be installed, and how. */
export interface InstallerOptions {
  readonly binary: Binary;
  /** The script that the vendor's manual gives today, or the one line of an older manual, which runs in PHP. */
  readonly installer: "bash" | "php";
  /** A CLI release without the `v`: "5.11.0". Without it the newest is installed. */
  readonly version?: string;
}

/**
 * The lines of a build hook that install the CLI, in POSIX form.
 * The download is a command of its own and the result is checked, because dash takes no notice of a
 * failure on the left of a pipe. `--version` needs no login, so it works without a token at build.
 *
 * Throws a `Failure` ("usage") when the vendor forbids it or nobody says where its installer is, when an installer is asked for something it can't do, and
 * when the version isn't three numbers.
 */
export function installerLines(options: InstallerOptions): readonly string[] {
  const { binary, installer, version } = options;
  const script = scriptOf(binary);
  if (installer === "php") return [olderOf(options).line];
  if (version !== undefined && fullRelease(version) !== version)
    throw new Failure("usage", {
      what: `“${version}” is not a version of the CLI`,
      next: "give three numbers, such as 5.11.0",
    });
  if (version !== undefined && !script.pins)
    throw new Failure("usage", {
      what: `The installer of ${binary} can't install a chosen version`,
      where: "--cli-version",
      next: "leave it out; the newest is installed",
    });
  const settings = version === undefined ? [] : [`VERSION=${version}`];
  return installerCommands({ settings, binary }).map((command) => `${command} || exit 1`);
}

/**
 * The commands that install the CLI and look whether it is there; each of them may fail.
 * Throws a `Failure` ("usage") when the vendor forbids it.
 *
 * @param curl the command line of the download up to the address and with it; `-o FILE` is added to it
 * @param settings what the installer is given in front of it: "VERSION=5.11.0"
 */
export function installerCommands({
  curl,
  settings = [],
  binary,
}: {
  readonly curl?: string;
  readonly settings?: readonly string[];
  readonly binary: Binary;
}): readonly string[] {
  const { url, interpreter } = scriptOf(binary);
  const file = `/tmp/${binary}-cli-installer.${interpreter === "php" ? "php" : "sh"}`;
  return [
    `${curl ?? `curl -fsSL ${url}`} -o ${file}`,
    [...settings, interpreter, file].join(" "),
    `${binary} --version`,
  ];
}

function scriptOf(binary: Binary) {
  const vendor = vendorOfBinary(binary);
  if (vendor === undefined) throw new RangeError(`no vendor has the CLI ${binary}`);
  const { installation } = vendor;
  if (installation.kind === "script") return installation;
  if (installation.kind === "forbidden")
    throw new Failure("usage", {
      what: `${binary} can't be installed in a project of ${vendor.name}`,
      why: installation.why,
    });
  throw new Failure("usage", {
    what: `Where the installer of ${binary} is isn't known`,
    next: `name it as its manual does: ${ownVendorVariables.installer}='https://… | bash'`,
  });
}

/** What is downloaded, what runs it, and the name of the command that is then there, as a sentence without its end. */
export function installerSays(options: InstallerOptions): string {
  const { binary, installer } = options;
  const { url, interpreter } = scriptOf(binary);
  return installer === "php"
    ? `${olderOf(options).url}, run by php, installs ${binary}: the line of the older manual`
    : `${url}, run by ${interpreter}, installs ${binary}`;
}

/** The installer of the older manual. There is one, of one vendor: it brings the command platform, whoever runs it. */
function olderOf({ binary, version }: InstallerOptions) {
  const { older } = scriptOf(binary);
  const next = `leave out --installer: then ${installerSays({ binary, installer: "bash" })}`;
  if (older === undefined)
    throw new Failure("usage", {
      what: `${vendorOfBinary(binary)?.name ?? binary} has no installer of an older manual`,
      where: "--installer php",
      why: `that line, ${vendors.platformsh.installation.older.line}, installs ${vendors.platformsh.binary}, the CLI of ${vendors.platformsh.name}, and the job calls ${binary}`,
      next,
    });
  if (version === undefined) return older;
  throw new Failure("usage", {
    what: "The installer of the older manual can't install a chosen version",
    where: "--cli-version",
    next,
  });
}
