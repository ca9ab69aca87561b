import type { FileLocation, Severity } from "./finding.ts";

/** What a project says about its own audit, from `.machinist.yaml`. */
export interface Configuration {
  /** The least severity that counts for the exit code. */
  readonly failOn?: Severity;
  /** Files and folders whose apps aren't audited, relative to the audited directory, with `/`. */
  readonly exclude: readonly string[];
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignores: readonly ConfiguredIgnore[];
}

/** Another severity for a rule, and why; "off" for none. */
export interface RuleSetting {
  readonly severity: Severity | "off";
  readonly reason: string;
}

/** A finding that may stay, by where it is: on the platform, there is no line for a comment. */
export interface ConfiguredIgnore {
  readonly rule: string;
  /** The resource as the audit names it, "variable X on main", or the path of a file. */
  readonly at: string;
  /** The project it is about; without one, every project that is audited with this configuration. */
  readonly project?: string;
  readonly reason: string;
  /** Where the configuration says so. */
  readonly location: FileLocation;
}

/** What holds when a project says nothing. */
export const noConfiguration: Configuration = { exclude: [], rules: new Map(), ignores: [] };

/** Whether a file is among those that aren't audited. */
export function isExcluded({ exclude }: Configuration, shown: string): boolean {
  return exclude.some((path) => shown === path || shown.startsWith(`${path}/`));
}
