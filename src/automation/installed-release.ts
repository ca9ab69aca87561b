import { isMap, isScalar } from "yaml";
import type { AppFile } from "../appfile/app-file.ts";
import { type Installation, installations } from "../shell/installation.ts";
import { type Release, releaseOf } from "../shell/release.ts";
import type { CliCommand } from "../shell/script.ts";
import { type Entry, nodeAt, ownEntry } from "../yaml/nodes.ts";
import { buildInstallers } from "./installers.ts";
import type { AppScript } from "./scripts.ts";

/** Which release of the CLI a call runs. */
export type InstalledRelease =
  /** One of those that these allow. */
  | { readonly kind: "pinned"; readonly pins: readonly Pin[] }
  /** Whichever was the newest when the app was built, by the current installer or the older one, in PHP. */
  | { readonly kind: "newest"; readonly by: "bash" | "php" }
  | { readonly kind: "unknown" };

/** The oldest and the newest release that something allows. */
export interface Pin {
  readonly oldest: Release;
  readonly newest: Release;
}

/** Which release a call runs, by what installs the CLI at build, in the script itself, and among the dependencies. */
export function installedRelease(from: AppScript, { program }: CliCommand): InstalledRelease {
  const isPhar = program.endsWith(".phar");
  const found = [
    ...buildInstallers(from.app).map(({ installation }) => installation),
    ...installations(from.script.text),
  ].filter(({ download }) => !isPhar || download.includes(".phar"));
  const dependency = isPhar ? undefined : composerDependency(from.app)?.pin;
  const pins = [...found.map(pinnedBy), dependency].filter((pin) => pin !== undefined);
  if (pins.length > 0) return { kind: "pinned", pins };
  if (found.some(({ way }) => way === "bash")) return { kind: "newest", by: "bash" };
  return found.some(({ way }) => way === "php")
    ? { kind: "newest", by: "php" }
    : { kind: "unknown" };
}

/** The release that an installer is told, or that is downloaded or required by its number. */
export function pinnedBy({ version, download }: Installation): Pin | undefined {
  const written =
    version ??
    /\/download\/v?([\d.]+)\//u.exec(download)?.[1] ??
    /\bplatformsh\/cli["']?[\s:=]+(["']?[\^~]?v?\d[\d.*]*)/u.exec(download)?.[1];
  return written === undefined ? undefined : pinOf(written);
}

/** A dependency of the app on the CLI's package of Composer (manual, "Dependencies"). */
interface ComposerDependency {
  readonly entry: Entry;
  readonly constraint: string;
  /** What the constraint allows; undefined where that can't be told. */
  readonly pin: Pin | undefined;
}

/** The CLI among the dependencies of an app; undefined when it isn't there as text. */
export function composerDependency({
  map,
  source: { document },
}: AppFile): ComposerDependency | undefined {
  const packages = nodeAt(map, ["dependencies", "php"], document);
  const entry = isMap(packages) ? ownEntry(packages, "platformsh/cli") : undefined;
  if (entry === undefined || !isScalar(entry.value)) return undefined;
  const constraint = String(entry.value.value);
  return { entry, constraint, pin: pinOf(constraint) };
}

/** What `3.40.0`, `^3.40`, `~4.1` and `1.*` allow. */
function pinOf(constraint: string): Pin | undefined {
  const [, range, numbers = "", open] =
    /^["']?([\^~]?)v?(\d[\d.]*?)((?:\.\*)*)["']?$/u.exec(constraint.trim()) ?? [];
  const oldest = releaseOf(numbers);
  if (oldest === undefined) return undefined;
  const isExact = range === "" && open === "";
  return { oldest, newest: isExact ? oldest : [oldest[0], Infinity, Infinity] };
}
