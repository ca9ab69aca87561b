import { resolve } from "node:path";
import { type Severity, severities } from "../../audit/finding.ts";
import { Failure } from "../../failure.ts";
import type { Vendor } from "../../platform/vendors.ts";
import type { Face } from "../faces/choose.ts";

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
  /** One JSON document on standard output. */
  readonly json: boolean;
  /** The least severity that makes the exit code say that something was found. */
  readonly failOn: Severity;
  /** Safe fixes are made. */
  readonly fix: boolean;
  /** They are only shown. */
  readonly dryRun: boolean;
}

/** A request, and how the audit is run. */
export interface AuditOptions extends AuditRequest {
  readonly vendor: Vendor;
  /** Where a person works through the findings; with nobody to ask they are reported. */
  readonly face: Face;
  /** Each request is told on standard error. */
  readonly verbose?: boolean;
}

/** The flags as the argument parser hands them over, typed. Throws a `Failure` ("usage") for what can't be meant. */
export function readAuditOptions(
  directory: string,
  flags: Readonly<Record<string, unknown>>,
): AuditRequest {
  const failOn = severities.find((severity) => severity === flags["failOn"]);
  const [fix, dryRun] = [flags["fix"] === true, flags["dryRun"] === true];
  if (dryRun && !fix)
    throw new Failure("usage", {
      what: "An audit alone changes nothing",
      where: "--dry-run",
      next: "leave it out, or add --fix to see what would be changed",
    });
  return {
    directory: resolve(directory),
    ...texts(flags, ["app", "appFile", "project", "environment"]),
    offline: flags["offline"] === true,
    json: flags["json"] === true,
    failOn: failOn ?? "error",
    fix,
    dryRun,
  };
}

function texts<K extends string>(
  flags: Readonly<Record<string, unknown>>,
  names: readonly K[],
): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = flags[name];
    if (typeof value === "string") found[name] = value;
  }
  return found;
}
