import { join } from "node:path";
import type { AppFile } from "../appfile/app-file.ts";
import { readWithin } from "../appfile/called-files.ts";
import { disk, type Files } from "../appfile/files.ts";
import { type AppLocation, locateApps } from "../appfile/locate.ts";
import { readApp } from "../appfile/read.ts";
import { type CiReading, noCi } from "../cifile/read.ts";
import { valueIn } from "../fact.ts";
import { Failure } from "../failure.ts";
import { cliCommand } from "../shell/cli-commands.ts";
import { type Claim, type DetectedVendor, detectVendor } from "../vendors/detection.ts";
import { allVendors, vendorOfBinary } from "../vendors/registry.ts";
import { symfony } from "../vendors/symfony.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { type CiUse, ciUses } from "./ci-jobs.ts";
import { buildInstallers } from "./installers.ts";
import { type AppScript, scriptsOf } from "./scripts.ts";

/** What is known beside the files, before they are looked at. */
export interface VendorSurroundings {
  /** The vendor that a person named. */
  readonly named?: Vendor;
  /** A Git remote that only one vendor has. */
  readonly remote?: Claim;
  /** The CI of the repository, which speaks for a vendor where no file of an app does. */
  readonly ci?: CiReading;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Whose project a checkout is, from its files, what its scripts call and install, and its packages. A file that can't be
 * read says no more than its name.
 *
 * @param directory absolute path
 * @param o.appFile a file to look at instead of searching
 */
export async function readVendor(
  directory: string,
  { appFile, ...surroundings }: VendorSurroundings & { readonly appFile?: string },
  files: Files = disk,
): Promise<DetectedVendor> {
  const locations = await orNone(locateApps(directory, appFile, files));
  const apps = await Promise.all(
    locations.map((location) => orNone(readApp(location, undefined, files).then((app) => [app]))),
  );
  return vendorOfApps(locations, apps.flat(), await packagesOf(directory, files), surroundings);
}

/**
 * The same for files that were read.
 *
 * @param locations where the applications are described, also those that can't be read
 * @param packages the names of the Composer packages that the project requires
 */
export function vendorOfApps(
  locations: readonly Pick<AppLocation, "shown">[],
  apps: readonly AppFile[],
  packages: readonly string[],
  { named, remote, ci = noCi, env }: VendorSurroundings,
): DetectedVendor {
  const unknownCli = unknownCliOf(apps, packages);
  return detectVendor({
    ...(unknownCli === undefined ? {} : { unknownCli }),
    ...(named === undefined ? {} : { named }),
    files: locations.map(({ shown }) => shown),
    claims: [
      ...(remote === undefined ? [] : [remote]),
      ...apps.flatMap(claimsOf),
      ...(locations.length === 0 ? ciUses(ci).flatMap(claimsOfCi) : []),
    ],
    hints: packages.flatMap(hintsOf),
    env,
  });
}

/** The CLI of a vendor there is no record of, which a script calls or which a package of its projects belongs to. */
function unknownCliOf(
  apps: readonly AppFile[],
  packages: readonly string[],
): DetectedVendor["unknownCli"] {
  const [called] = unknownClis(apps);
  if (called !== undefined) return { binary: called.binary, because: `from ${called.from.called}` };
  const name = packages.find((each) => clisByPackage.has(each));
  const binary = clisByPackage.get(name ?? "");
  return binary === undefined ? undefined : { binary, because: `from ${name} in composer.json` };
}

/** Composer packages that are made for projects of a vendor there is no record of, and its CLI (Shopware's manual, "Shopware PaaS"). */
const clisByPackage: ReadonlyMap<string, string> = new Map([["shopware/paas-meta", "shopware"]]);

/** The Composer packages that the project in a directory requires; none when it has no list that can be read. */
export async function packagesOf(
  directory: string,
  files: Files = disk,
): Promise<readonly string[]> {
  const top = (await files.real(directory)) ?? directory;
  const found = await readWithin(top, join(top, "composer.json"), files);
  try {
    const list: unknown = JSON.parse(valueIn(found)?.text ?? "{}");
    return typeof list === "object" && list !== null && "require" in list
      ? Object.keys(list.require ?? {})
      : [];
  } catch {
    return [];
  }
}

/** What the scripts of an app install and call, by whose CLI it is. */
function claimsOf(app: AppFile): readonly Claim[] {
  const named = [
    ...buildInstallers(app).map(({ from, installation: { binary = "" } }) => ({ from, binary })),
    ...scriptsOf(app).flatMap((from) =>
      from.reading.commands.map(({ binary }) => ({ from, binary })),
    ),
  ];
  return named.flatMap(({ from, binary }) => claimOf(from.called, binary));
}

/** What a job of CI calls and installs, by whose CLI it is. */
function claimsOfCi({ job, calls, binaries }: CiUse): readonly Claim[] {
  const where = `${job.called} in ${job.file.source.shown}`;
  return [...calls.map(({ call }) => call.binary), ...binaries].flatMap((binary) =>
    claimOf(where, binary),
  );
}

function claimOf(where: string, binary: string): readonly Claim[] {
  const vendor = vendorOfBinary(binary);
  return vendor === undefined ? [] : [{ vendor, because: `from ${where}, with ${binary}` }];
}

function hintsOf(name: string): readonly Claim[] {
  const vendor = allVendors.find(({ packages }) =>
    packages.some((one) => (one.endsWith("/") ? name.startsWith(one) : name === one)),
  );
  return vendor === undefined ? [] : [{ vendor, because: `from ${name} in composer.json` }];
}

/** What can't be found or read is told by who needs it. */
async function orNone<T>(reading: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** A program at the beginning of a command, with a name that the official CLI has for one of its own commands. */
const calledProgram =
  /(?:^|[;&|({]|\b(?:then|do|else)\b)[ \t]*([a-z][\w-]+)[ \t]+((?:backup|environment|source-operation|variable):[a-z:-]+)/gmu;

/** Programs that run what a project has named itself. */
const projectRunners = [
  "bun",
  "castor",
  "composer",
  "just",
  "make",
  "npx",
  "pnpm",
  "rake",
  "task",
  "yarn",
];

/** What is called like the official CLI and is that of no vendor that is known here. */
export interface UnknownCliCall {
  readonly binary: string;
  /** The first script that calls it. */
  readonly from: AppScript;
}

/** The platform is sold under more names than there are records, each with a CLI of its own: those that scripts call. */
export function unknownClis(apps: readonly AppFile[]): readonly UnknownCliCall[] {
  const found = new Map<string, UnknownCliCall>();
  for (const from of apps.flatMap((app) => scriptsOf(app)))
    for (const [, binary = "", command = ""] of from.script.text.matchAll(calledProgram)) {
      const isKnown =
        vendorOfBinary(binary) !== undefined ||
        binary === symfony.binary ||
        projectRunners.includes(binary);
      if (isKnown || found.has(binary) || cliCommand(command)?.name !== command) continue;
      found.set(binary, { binary, from });
    }
  return [...found.values()];
}
