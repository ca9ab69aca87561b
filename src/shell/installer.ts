import { parse } from "unbash";
import { Failure } from "../failure.ts";
import { eachCommand } from "./tree.ts";

/** The name under which the CLI is called: it differs by vendor. */
export type Binary = "platform" | "upsun";

export interface InstallerOptions {
  readonly binary: Binary;
  readonly installer: "bash" | "php";
  /** A CLI release without the `v`: "5.11.0". Without it the newest is installed. */
  readonly version?: string;
}

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
  return [
    `curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o ${download} || exit 1`,
    `${[...settings, "bash", download].join(" ")} || exit 1`,
    `${binary} --version || exit 1`,
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

/**
 * Whether a script installs the CLI, by any of the ways that manuals and projects have used:
 * the two installers, a release download, Homebrew, a phar, npm, Composer and Nix.
 * A commented-out line doesn't count, nor does text that is only printed.
 *
 * @param script the effective shell text of a hook
 */
export function installsCli(script: string): boolean {
  const tree = parse(script);
  let found = false;
  eachCommand(tree, (command) => {
    const name = command.name?.value;
    if (name === "echo" || name === "printf") return;
    const text = script.slice(command.pos, command.end);
    if (traces.some((trace) => trace.test(text))) found = true;
  });
  return found;
}

const traces: readonly RegExp[] = [
  /\bplatform\.sh\/cli\/installer\b/u,
  /\b(?:platformsh|upsun)\/cli\/[^\s"']*installer\.sh\b/u,
  /\bgithub\.com\/(?:platformsh|upsun)\/(?:legacy-)?cli\/releases\b/u,
  /\bgithub\.com\/platformsh\/platformsh-cli\/releases\b/u,
  /\bbrew\s+install\b[^\n]*(?:platformsh|upsun)-cli\b/u,
  /\binstall_brew_packages\.sh\b[^\n]*(?:platformsh|upsun)-cli\b/u,
  /\b(?:curl|wget)\b[^\n]*\bplatform\.phar\b/u,
  /\bnpm\s+(?:i|install|add)\b[^\n]*\s(?:-g|--global)\s+upsun\b/u,
  /\bnpm\s+(?:i|install|add)\b[^\n]*\supsun\b/u,
  /\bcomposer\b[^\n]*\brequire\b[^\n]*\bplatformsh\/cli\b/u,
  /\bnix(?:-env)?\b[^\n]*\b(?:upsun|platformsh)\b/u,
];
