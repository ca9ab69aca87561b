import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Severity } from "../../audit/finding.ts";
import { rules } from "../../audit/registry.ts";
import { Failure } from "../../failure.ts";
import type { FormatName } from "../../report/names.ts";
import type { Secret } from "../../secret.ts";
import type { RepeatableFlag } from "../../setup/repeatable-flag.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { type FlagsOf, givenWords } from "../command.ts";
import type { Face } from "../faces/choose.ts";

/** Ids of rules; "all" for every one. */
export type UnsafeFixes = readonly string[] | "all";

/** What the flags ask for. */
export interface AuditRequest {
  /** Absolute path of the checkout, or of the part of it that counts. */
  readonly directory: string;
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
export interface AuditOptions extends AuditRequest {
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  /** Where a person works through the findings; with nobody to ask they are reported. */
  readonly face: Face;
  /** The machine user's own token, to look with it too; it is held in memory and nowhere else. */
  readonly machineToken?: Secret;
  /** Each request is told on standard error. */
  readonly verbose?: boolean;
  /** The flags of the command, for the command to go on. */
  readonly flags: readonly RepeatableFlag[];
}

/** The words of the command line that asks for the same audit again. No secret is in it. */
export function auditWords(options: AuditOptions): readonly string[] {
  const repeated = options.flags.filter(({ flag }) => flag !== "--write-baseline");
  return ["machinist", "audit", options.directory, ...givenWords(repeated)];
}

/**
 * The flags as the argument parser hands them over, typed. Throws a `Failure` ("usage") for what can't be meant.
 *
 * @param place the checkout, or a configuration file of it
 */
export function readAuditOptions(place: string, flags: FlagsOf<"audit">): AuditRequest {
  const { app, project, environment, failOn, fix, dryRun, offline, complete } = flags;
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
  return {
    ...textsAmong({ app, project, environment }),
    ...placeOf(place, flags),
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

/** Tools that look at files hand over a file; the checkout is the folder that it configures. */
function placeOf(
  place: string,
  { appFile }: Pick<FlagsOf<"audit">, "appFile">,
): Pick<AuditRequest, "directory" | "appFile"> {
  const path = resolve(place);
  if (!isFile(path)) return { directory: path, ...textsAmong({ appFile }) };
  if (appFile !== undefined)
    throw new Failure("usage", {
      what: "Two configuration files are named",
      where: `${place}, and --app-file`,
      next: "name one of them, or the folder and --app-file",
    });
  const folder = dirname(path);
  const isBelow = [".platform", ".upsun"].includes(basename(folder));
  return { directory: isBelow ? dirname(folder) : folder, appFile: path };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // What can't be looked at is told where the folder is read.
    return false;
  }
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
    next: "name rules with commas between them, or all; machinist rules lists them",
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
