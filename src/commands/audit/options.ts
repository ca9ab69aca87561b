import { join, resolve } from "node:path";
import type { Severity } from "../../audit/finding.ts";
import { rules } from "../../audit/registry.ts";
import { Failure } from "../../failure.ts";
import type { FormatName } from "../../report/names.ts";
import type { Secret } from "../../secret.ts";
import type { RepeatableFlag } from "../../setup/repeatable-flag.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { type FlagsOf, givenWords } from "../command.ts";
import type { Face } from "../faces/choose.ts";
import { meantBy } from "../meant-by.ts";
import type { AuditPlace } from "./place.ts";

/** Ids of rules; "all" for every one. */
export type UnsafeFixes = readonly string[] | "all";

/** What the flags ask for. */
export interface AuditRequest extends AuditPlace {
  readonly app?: string;
  readonly appFile?: string;
  readonly project?: string;
  readonly environment?: string;
  /** The API isn't asked. */
  readonly offline: boolean;
  /** How the findings are written. */
  readonly format: FormatName;
  /** Absolute path of the file they are written to; without it, standard output. */
  readonly output?: string;
  /** The least severity that makes the exit code say that something was found; without it, the configuration's. */
  readonly failOn?: Severity;
  /** What could not be looked at counts for the exit code. */
  readonly complete: boolean;
  /** Absolute path of the configuration; without it, the directory's own, if it has one. */
  readonly config?: string;
  /** Absolute path of the baseline: what is in it doesn't count. */
  readonly baseline?: string;
  /** Absolute path of the file that what is found now is written to, as a baseline. */
  readonly writeBaseline?: string;
  /** Safe fixes are made. */
  readonly fix: boolean;
  /** The rules whose other fixes are made too. */
  readonly unsafeFixes: UnsafeFixes;
  /** They are only shown. */
  readonly dryRun: boolean;
}

/** A request, and how the audit is run. */
export interface AuditRunOptions extends AuditRequest {
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  /** Where a person works through the findings; with nobody to ask they are reported. */
  readonly face: Face;
  /** The machine user's own token, to look with it too; it is held in memory and nowhere else. */
  readonly machineToken?: Secret;
  /** Where no app is configured, the CI of the repository is audited alone if it uses a CLI: not unless given. */
  readonly ciAlone?: boolean;
  /** Each request is told on standard error. */
  readonly verbose?: boolean;
  /** The platform is the demo's and ends with it: no later command goes on or takes anything back. */
  readonly isPlayed?: boolean;
  /** The flags of the command, for the command to go on. */
  readonly flags: readonly RepeatableFlag[];
}

/** The words of the command line that asks for the same audit again. No secret is in it. */
export function auditWords(options: AuditRunOptions): readonly string[] {
  return ["machinist", "audit", ...placeWords(options), ...givenWords(options.flags)];
}

/** A text from standard input is named by its flags. */
function placeWords({ directory, only = [], standIn }: AuditPlace): readonly string[] {
  if (standIn !== undefined) return [];
  return only.length === 0 ? [directory] : only.map((file) => join(directory, file));
}

/** The words of the command line that takes back what the audit changed. */
export function auditUndoWords({ directory, flags }: AuditRunOptions): readonly string[] {
  const vendor = flags.filter(({ flag }) => flag === "--vendor");
  return ["machinist", "undo", directory, ...givenWords(vendor)];
}

/**
 * The flags as the argument parser hands them over, typed. Throws a `Failure` ("usage") for what can't be meant.
 */
export function readAuditOptions(place: AuditPlace, flags: FlagsOf<"audit">): AuditRequest {
  const { app, appFile, project, environment, failOn, fix, dryRun, offline, complete } = flags;
  const { output, config, baseline, writeBaseline } = flags;
  if (dryRun && !fix)
    throw new Failure("usage", {
      what: "An audit alone changes nothing",
      where: "--dry-run",
      next: "leave it out, or add --fix to see what would be changed",
    });
  const unsafeFixes = unsafeFixesIn(flags);
  if (unsafeFixes !== undefined && !fix)
    throw new Failure("usage", {
      what: "An audit alone changes nothing",
      where: "--unsafe-fixes",
      next: "add --fix, and --dry-run to see first what would be changed",
    });
  if (offline && flags.machineTokenStdin)
    throw new Failure("usage", {
      what: "Offline, nothing is asked with the machine user's token",
      where: "--machine-token-stdin",
      next: "leave it out, or leave out --offline",
    });
  if (place.only !== undefined && (app ?? appFile) !== undefined)
    throw new Failure("usage", {
      what: "Files that are named are looked at in all apps",
      where: app === undefined ? "--app-file" : "--app",
      next: "leave it out, or name the folder instead of files",
    });
  if (place.standIn !== undefined && (fix || writeBaseline !== undefined))
    throw new Failure("usage", {
      what: "A text from standard input is looked at, and nothing is written",
      where: fix ? "--fix" : "--write-baseline",
      next: "leave it out, or save the text and audit the file",
    });
  return {
    ...place,
    ...textsAmong({ app, appFile, project, environment }),
    offline,
    format: formatIn(flags),
    ...pathsAmong({ output, config, baseline, writeBaseline }),
    ...(failOn === undefined ? {} : { failOn }),
    complete,
    fix,
    unsafeFixes: unsafeFixes ?? [],
    dryRun,
  };
}

function unsafeFixesIn({
  unsafeFixes,
}: Pick<FlagsOf<"audit">, "unsafeFixes">): UnsafeFixes | undefined {
  if (unsafeFixes === undefined) return undefined;
  const named = unsafeFixes.split(",").map((id) => id.trim());
  if (named.length === 1 && named[0] === "all") return "all";
  const fixable = rules.filter((rule) => rule.fixable !== "by-hand").map(({ id }) => id);
  const unknown = named.find((id) => !fixable.includes(id));
  if (unknown === undefined) return named;
  throw new Failure("usage", {
    what: rules.some(({ id }) => id === unknown)
      ? `Only a person can put right what ${unknown} finds`
      : `There is no rule ${unknown}`,
    where: "--unsafe-fixes",
    next: `${rules.some(({ id }) => id === unknown) ? "" : meantBy(unknown, fixable)}name rules with commas between them, or all; machinist rules lists them`,
  });
}

function formatIn({ format, json }: Pick<FlagsOf<"audit">, "format" | "json">): FormatName {
  if (json && format !== undefined && format !== "json")
    throw new Failure("usage", {
      what: "Only one format can be written",
      where: "--json",
      next: "leave it out, or leave out --format",
    });
  return format ?? (json ? "json" : "text");
}

/** Those of some texts that there are. */
function textsAmong<K extends string>(
  texts: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const name in texts) if (texts[name] !== undefined) found[name] = texts[name];
  return found;
}

/** Those of some paths that there are, absolute. */
function pathsAmong<K extends string>(
  paths: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const name in paths) if (paths[name] !== undefined) found[name] = resolve(paths[name]);
  return found;
}
