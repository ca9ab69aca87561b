import type { Configuration, ConfiguredIgnore } from "../configuration.ts";
import type { Finding, IgnoreReason } from "../finding.ts";

/** A reason for a finding to stay, and the entry of the configuration that gives it, if it is about this one place. */
interface Pardon {
  readonly ignored: IgnoreReason;
  readonly entry?: ConfiguredIgnore;
}

/**
 * Why the configuration lets a finding stay: its rule is off, or one of the ignores is about its place.
 *
 * @param project the project that was audited, when it is known
 */
export function pardonBy(
  { rules, ignores }: Configuration,
  { rule, location }: Finding,
  project: string | undefined,
): Pardon | undefined {
  const setting = rules.get(rule);
  if (setting?.severity === "off")
    return { ignored: { by: "configuration", reason: setting.reason } };
  const place = location.kind === "file" ? location.file : location.resource;
  const entry = ignores.find(
    (ignore) =>
      ignore.rule === rule &&
      ignore.at === place &&
      (ignore.project === undefined || ignore.project === project),
  );
  return entry && { ignored: { by: "configuration", reason: entry.reason }, entry };
}

/** The finding with the severity that the configuration gives its rule. */
export function withSeverity<F extends Finding>({ rules }: Configuration, finding: F): F {
  const severity = rules.get(finding.rule)?.severity;
  return severity === undefined || severity === "off" ? finding : { ...finding, severity };
}
