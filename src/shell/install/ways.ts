import type { VendorDistribution } from "../../vendors/distribution.ts";
import { allVendors, distributions, patternOfAny } from "../../vendors/registry.ts";
import type { Binary } from "../installer.ts";

/**
 * The old PHP installer of Platform.sh, the current one, the one that another vendor has at a host of its own, Homebrew,
 * or anything else: a release, a phar, a package.
 */
export type InstallationWay = "php" | "bash" | "vendor" | "brew" | "other";

/** The vendors' own hosts of installers, with the slash behind them, and the CLI that comes from there. */
const ownHosts: ReadonlyMap<string, Binary> = new Map(
  allVendors.flatMap(({ installerHosts, binary }) =>
    installerHosts.map((host) => [`${host}/`, binary] as const),
  ),
);

const installerRepositories = patternOfAny(
  distributions.map(({ repositories }) => repositories[0]),
);
const ofReleases = patternOfAny(
  distributions.flatMap(({ repositories, oldRepositories }) => [
    ...repositories,
    ...oldRepositories,
  ]),
);
const phars = patternOfAny(distributions.flatMap(({ phar }) => phar ?? []));
const packagesOf = (manager: PackageManager) =>
  patternOfAny(distributions.flatMap(({ packages }) => packages[manager] ?? []));

type PackageManager = keyof VendorDistribution["packages"];

/** The installers of older manuals, by their addresses without the scheme, and what they bring. */
const olderInstallers: ReadonlyMap<string, Binary> = new Map(
  allVendors.flatMap(({ installation, binary }) =>
    installation.kind === "script" && installation.older !== undefined
      ? [[installation.older.url.replace("https://", ""), binary] as const]
      : [],
  ),
);

const ways: readonly (readonly [InstallationWay, string])[] = [
  ["php", `\\b${patternOfAny(olderInstallers.keys())}\\b`],
  ["bash", `\\b${installerRepositories}/[^\\s"']*installer\\.sh\\b`],
  ["brew", `\\bbrew\\s+install\\b[^\\n]*${packagesOf("brew")}\\b`],
  ["brew", `\\binstall_brew_packages\\.sh\\b[^\\n]*${packagesOf("brew")}\\b`],
  ["other", `\\bgithub\\.com/${ofReleases}/releases\\b`],
  ["other", `\\b(?:curl|wget)\\b[^\\n]*\\b${phars}\\b`],
  ["other", `\\bnpm\\s+(?:i|install|add)\\b[^\\n]*\\s${packagesOf("npm")}\\b`],
  ["other", `\\bcomposer\\b[^\\n]*\\brequire\\b[^\\n]*\\b${packagesOf("composer")}\\b`],
  ["other", `\\bnix(?:-env)?\\b[^\\n]*\\b${packagesOf("nix")}\\b`],
  ["vendor", `\\b(?:curl|wget)\\b[^\\n]*\\b${patternOfAny(ownHosts.keys())}`],
];

const traces = ways.map(([way, trace]) => [way, new RegExp(trace, "u")] as const);

/** Whether a program of any language names an installer of the CLI, or one of its releases. */
export function namesInstaller(program: string): boolean {
  return wayOf(program) !== undefined;
}

/** How a command, as written, installs the CLI; undefined when it doesn't. */
export function wayOf(command: string): InstallationWay | undefined {
  return traces.find(([, trace]) => trace.test(command))?.[0];
}

/** The command that a download brings; undefined when that can't be told. @param vendor what VENDOR is set to, where it is */
export function binaryOf(
  way: InstallationWay,
  download: string,
  vendor: string | undefined,
): Binary | undefined {
  if (way === "php") return valueIn(olderInstallers, download);
  if (way === "brew") return packaged("brew", download);
  if (way === "bash") {
    const from = installerIn(download);
    const { bringsByVendor: others = {}, binary } = from ?? {};
    return vendor !== undefined && Object.hasOwn(others, vendor) ? others[vendor] : binary;
  }
  const byHost = valueIn(ownHosts, download);
  if (byHost !== undefined) return byHost;
  const archive = archived.exec(download)?.[1];
  if (archive !== undefined) return archive;
  if (/\bnpm\b/u.test(download)) return packaged("npm", download);
  return /\bcomposer\b/u.test(download) ? packaged("composer", download) : undefined;
}

/** The names of the archives of releases (source of the official CLI, .goreleaser.yaml). */
const archived = new RegExp(
  `/(${patternOfAny(distributions.map(({ binary }) => binary))})_\\d[\\w.-]*\\.(?:tar\\.gz|zip)`,
  "u",
);

function valueIn(addresses: ReadonlyMap<string, Binary>, download: string): Binary | undefined {
  for (const [address, binary] of addresses) if (download.includes(address)) return binary;
  return undefined;
}

/** The CLI that a package manager is told to install. */
function packaged(manager: PackageManager, download: string): Binary | undefined {
  return distributions.find(({ packages }) => download.includes(packages[manager] ?? "\n"))?.binary;
}

/** Whose installer a download is of. */
export function installerIn(download: string) {
  return distributions.find(({ repositories }) => download.includes(`${repositories[0]}/`));
}
