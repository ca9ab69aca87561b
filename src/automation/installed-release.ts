import { isMap, isScalar } from "yaml";
import type { AppFile } from "../appfile/app-file.ts";
import type { CiStep } from "../cifile/ci-file.ts";
import { type Installation, installations } from "../shell/installation.ts";
import { isBefore, type Release, releaseOf } from "../shell/release.ts";
import type { CliCommand } from "../shell/script.ts";
import { distributions, patternOfAny } from "../vendors/registry.ts";
import { type Entry, nodeAt, ownEntry } from "../yaml/nodes.ts";
import { type CiInstallation, type CiUse, variablesLeftBy } from "./ci-jobs.ts";
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
  const found = [...buildInstallations(from.app), ...installations(from.script.text)].filter(
    ({ download }) => !isPhar || download.includes(".phar"),
  );
  return releaseAmong([...found.map(broughtBy), ...(isPhar ? [] : dependedOn(from.app))]);
}

/** Which release a call would run that isn't written yet. */
export function releaseInApp(app: AppFile): InstalledRelease {
  return releaseAmong([...buildInstallations(app).map(broughtBy), ...dependedOn(app)]);
}

/** Whether something came with a later release than all that may be installed. */
export function isBeforeRelease(installed: InstalledRelease, since: Release): boolean {
  return (
    installed.kind === "pinned" && installed.pins.every(({ newest }) => isBefore(newest, since))
  );
}

function buildInstallations(app: AppFile): readonly Installation[] {
  return buildInstallers(app).map(({ installation }) => installation);
}

function dependedOn(app: AppFile): readonly InstalledRelease[] {
  const pin = composerDependency(app)?.pin;
  return pin === undefined ? [] : [{ kind: "pinned", pins: [pin] }];
}

/** The same of a call in a job of CI, by what installs the CLI in it: its scripts, its actions and its image. */
export function releaseInCi(
  use: Pick<CiUse, "installs" | "job" | "parts">,
  { program }: Pick<CliCommand, "program">,
): InstalledRelease {
  const { installs, job } = use;
  const isPhar = program.endsWith(".phar");
  const scripts = installs
    .filter(({ installation: { download } }) => !isPhar || download.includes(".phar"))
    .map((found) => broughtInCi(found, use));
  if (isPhar) return releaseAmong(scripts);
  return releaseAmong([
    ...scripts,
    ...job.steps.map(broughtByStep),
    broughtByImage(job.image?.text ?? ""),
  ]);
}

/**
 * Whether an installer in a job of CI is told which release to install, also where that can't be read: by a variable in
 * front of what runs it, of its step, or that a command before it leaves behind.
 */
export function isToldRelease(
  { installation, part }: CiInstallation,
  { parts }: Pick<CiUse, "parts">,
): boolean {
  const { version, start, end, download, run } = installation;
  if (version !== undefined || (part.step.env.get("VERSION")?.text ?? "") !== "") return true;
  const runs = [
    part.text.slice(start + download.length, end),
    run === undefined ? "" : part.text.slice(run.start, run.end),
  ];
  const before = parts.slice(0, parts.indexOf(part) + 1);
  return (
    runs.some((words) => /\bVERSION=\S/u.test(words)) ||
    before.some(({ reading }) => variablesLeftBy(reading).has("VERSION")) ||
    // What one script downloads, another one of the job may run.
    (run === undefined && parts.some(({ text }) => /\bVERSION=\S+ +\S*sh\b/u.test(text)))
  );
}

/** What is known of several that may install it: what is pinned counts for more than what may be any release. */
function releaseAmong(found: readonly InstalledRelease[]): InstalledRelease {
  const pins = found.flatMap((each) => (each.kind === "pinned" ? each.pins : []));
  if (pins.length > 0) return { kind: "pinned", pins };
  const newest = found.filter(({ kind }) => kind === "newest");
  return (
    newest.find((each) => each.kind === "newest" && each.by === "bash") ?? newest[0] ?? unknown
  );
}

const unknown: InstalledRelease = { kind: "unknown" };

function broughtBy(installation: Installation): InstalledRelease {
  const pin = pinnedBy(installation);
  if (pin !== undefined) return { kind: "pinned", pins: [pin] };
  const { way } = installation;
  return way === "bash" || way === "php" ? { kind: "newest", by: way } : unknown;
}

/** The release that an installer in a job of CI brings, as it, its script or its step says. */
export function broughtInCi(found: CiInstallation, use: Pick<CiUse, "parts">): InstalledRelease {
  const { installation, part } = found;
  const brought = broughtBy(installation);
  if (brought.kind !== "newest" || !isToldRelease(found, use)) return brought;
  return pinnedTo(part.step.env.get("VERSION")?.text ?? "");
}

/** Actions of which no input says the version run the current installer, but for those that bring an old CLI. */
function broughtByStep(step: CiStep): InstalledRelease {
  if (step.kind !== "action" || step.known?.installs === undefined) return unknown;
  const { majors, versionInput = "" } = step.known;
  if (majors !== undefined) {
    const [oldest, newest] = majors;
    return {
      kind: "pinned",
      pins: [{ oldest: [oldest, 0, 0], newest: [newest, Infinity, Infinity] }],
    };
  }
  const version = step.inputs.get(versionInput)?.text.trim();
  return version === undefined ? { kind: "newest", by: "bash" } : pinnedTo(version);
}

function broughtByImage(image: string): InstalledRelease {
  const [name = "", version = "latest", more] = image.split(":");
  if (more !== undefined || !distributions.some((each) => each.image === name)) return unknown;
  return version === "latest" ? { kind: "newest", by: "bash" } : pinnedTo(version);
}

function pinnedTo(version: string): InstalledRelease {
  const pin = pinOf(version);
  return pin === undefined ? unknown : { kind: "pinned", pins: [pin] };
}

/** The release that an installer is told, or that is downloaded or required by its number. */
export function pinnedBy({ version, download }: Installation): Pin | undefined {
  const written =
    version ?? /\/download\/v?([\d.]+)\//u.exec(download)?.[1] ?? required.exec(download)?.[1];
  return written === undefined ? undefined : pinOf(written);
}

/** The names of the CLI's packages of Composer. */
const composerPackages = distributions.flatMap(({ packages }) => packages.composer ?? []);

const required = new RegExp(
  `\\b${patternOfAny(composerPackages)}["']?[\\s:=]+(["']?[\\^~]?v?\\d[\\d.*]*)`,
  "u",
);

/** A dependency of the app on the CLI's package of Composer (manual, "Dependencies"). */
interface ComposerDependency {
  readonly name: string;
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
  if (!isMap(packages)) return undefined;
  for (const name of composerPackages) {
    const entry = ownEntry(packages, name);
    if (entry === undefined || !isScalar(entry.value)) continue;
    const constraint = String(entry.value.value);
    return { name, entry, constraint, pin: pinOf(constraint) };
  }
  return undefined;
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
