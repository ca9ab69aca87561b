import { Failure } from "../failure.ts";
import { allVendors, vendors } from "./registry.ts";
import type { Vendor } from "./vendor.ts";

/** Something that speaks for a vendor. */
export interface Claim {
  readonly vendor: Vendor;
  /** Where that is from, behind the vendor's name: "from .upsun/config.yaml". */
  readonly because: string;
  /** Whether it is the name of a file that describes an application. */
  readonly byFile?: true;
  /** Whether nothing speaks for it, and it is only taken because one has to be. */
  readonly assumed?: true;
}

/** A CLI of a vendor there is no record of, and where it is called: "from the cron nightly". */
export interface UnknownCli {
  readonly binary: string;
  readonly because: string;
}

/** Whose project it is, and what speaks against that. */
export interface DetectedVendor extends Claim {
  /** The vendors that something else speaks for as well. Where there is one, nothing is written before a person chose. */
  readonly rivals: readonly Claim[];
  /** Whose it would have been taken for, where a person named another one. */
  readonly instead?: Claim;
  /** A CLI that its scripts call and that no vendor has who is known here: it may be that vendor's project. */
  readonly unknownCli?: UnknownCli;
}

/** What is known of a project, without a word with its API. */
export interface Traces {
  /** The vendor that a person named; that is the last word. */
  readonly named?: Vendor;
  /** The files that describe its applications, as people know them: ".upsun/config.yaml". */
  readonly files: readonly string[];
  /** What its scripts call and install, and a Git remote below a domain that is one vendor's alone. */
  readonly claims: readonly Claim[];
  /** What may be so and may not: a package that is made for one vendor's projects. */
  readonly hints: readonly Claim[];
  /** The first CLI that they call and that is no known vendor's. */
  readonly unknownCli?: UnknownCli;
  /** The caller's environment: a token that is set says which CLI the caller uses, no more. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Whose project it is. The files decide; among the vendors that share a file's name, the CLI that the scripts call does.
 * Without a file, the other claims decide, then a token that is set, then nothing: it is taken for Platform.sh's.
 */
export function detectVendor({ named, ...traces }: Traces): DetectedVendor {
  const found = byTraces(traces);
  const { unknownCli, claims } = traces;
  if (named === undefined)
    return unknownCli === undefined || claims.length > 0 ? found : { ...found, unknownCli };
  const { vendor, because } = found;
  const isFound = vendor === named || traces.files.length + claims.length === 0;
  return {
    vendor: named,
    because: "--vendor",
    rivals: [],
    ...(isFound ? {} : { instead: { vendor, because } }),
  };
}

function byTraces({ files, claims, hints, env }: Omit<Traces, "named">): DetectedVendor {
  const [byFile, ...otherFiles] = distinct(
    files.map((file) => ({ vendor: vendorOfFile(file), because: `from ${file}`, byFile: true })),
  );
  if (byFile === undefined) {
    const [first, ...rest] = distinct(claims);
    return first === undefined ? { ...byToken(env), rivals: [] } : { ...first, rivals: rest };
  }
  const others = distinct(claims.filter(({ vendor }) => vendor !== byFile.vendor));
  const confirmed = others.length < distinct(claims).length;
  const [finer, ...more] = others.filter(({ vendor }) => readsFilesOf(vendor, byFile.vendor));
  if (finer !== undefined && more.length === 0 && !confirmed && others.length === 1)
    return { ...finer, rivals: otherFiles };
  const doubts = confirmed ? [] : hints.filter(({ vendor }) => vendor !== byFile.vendor);
  return { ...byFile, rivals: distinct([...otherFiles, ...others, ...doubts]) };
}

/**
 * Throws a `Failure` ("usage") where a vendor that a person named can't be right: its API has no project with those files.
 * The CLIs of Platform.sh and Upsun work on each other's projects. For whatever writes; a look goes on and says it.
 */
export function requirePossible({ vendor, instead }: DetectedVendor): void {
  if (instead === undefined || instead.vendor.files.app === vendor.files.app) return;
  if (instead.vendor.hosts?.api === vendor.hosts?.api) return;
  throw new Failure("usage", {
    what: `This is no project of ${vendor.name}`,
    where: "--vendor",
    why: `it is one of ${shownClaim(instead)}`,
    next: `leave --vendor out, or give --vendor ${instead.vendor.id}`,
  });
}

/**
 * The vendor that the API names where it is another one than that of the files; undefined where they agree, a person
 * named the vendor, or one of them can't be told.
 *
 * @param code `product_code` of the project's settings; undefined where it isn't known
 */
export function productAgainst(
  { vendor, byFile }: DetectedVendor,
  code: string | undefined,
): Vendor | undefined {
  const product = code === undefined || byFile !== true ? undefined : vendorOfProduct(code);
  return product === vendor ? undefined : product;
}

/** The vendor that a product code of the API names; undefined for a code that isn't known. */
function vendorOfProduct(code: string): Vendor | undefined {
  return allVendors.find(({ productCodes }) => productCodes.includes(code));
}

/**
 * As it is shown, with what speaks against it: "Upsun (from .upsun/config.yaml; or Platform.sh, from …)", "Platform.sh
 * (--vendor; without that Upsun, from …)".
 */
export function shownDetected({ vendor, because, rivals, instead }: DetectedVendor): string {
  const others = rivals.map((rival) => `; or ${rival.vendor.name}, ${rival.because}`);
  const without =
    instead === undefined ? "" : `; without that ${instead.vendor.name}, ${instead.because}`;
  return `${vendor.name} (${because}${others.join("")}${without})`;
}

/** A vendor among what is known of a project: "Upsun", "from .upsun/config.yaml". */
export interface NamedVendor {
  readonly name: string;
  readonly because: string;
}

/** How a vendor is named among what is known of a project: not at all where it is only assumed. */
export function knownVendor({ vendor, because, assumed }: Claim): NamedVendor | undefined {
  return assumed ? undefined : { name: vendor.name, because };
}

/** As it is shown: "Upsun (from .upsun/config.yaml)". */
export function shownClaim({ vendor, because }: Claim): string {
  return `${vendor.name} (${because})`;
}

/** The first vendor that describes applications in a file of this name, as people know it; Platform.sh for any other name. */
export function vendorOfFile(file: string): Vendor {
  const found = allVendors.find(
    ({ files: { folder, app } }) =>
      `/${file}`.includes(`/${folder}/`) || `/${file}`.endsWith(`/${app}`),
  );
  return found ?? vendors.platformsh;
}

/**
 * Whether projects of a vendor may be described in files of that name. The CLI upsun also works for a project of
 * Platform.sh, because both have one API; who converts a project to Upsun leaves the name platform behind, and not the
 * other way round.
 */
function readsFilesOf(vendor: Vendor, owner: Vendor): boolean {
  const sharesApi = owner === vendors.platformsh && vendor === vendors.upsun;
  return vendor.files.app === owner.files.app || sharesApi;
}

function byToken(env: NodeJS.ProcessEnv): Claim {
  const set = allVendors.filter(({ tokenEnv }) => (env[tokenEnv] ?? "").trim() !== "");
  const [only, second] = set;
  return only === undefined || second !== undefined
    ? { vendor: vendors.platformsh, because: "nothing says otherwise", assumed: true }
    : { vendor: only, because: `${only.tokenEnv} is set` };
}

/** The first claim for each vendor. */
function distinct(claims: readonly Claim[]): readonly Claim[] {
  const seen = new Set<Vendor>();
  return claims.filter(({ vendor }) => !seen.has(vendor) && seen.add(vendor));
}
