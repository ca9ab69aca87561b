import { vendors } from "../vendors/registry.ts";
import type { Vendor } from "../vendors/vendor.ts";

/** What a guard ties a cron to: one branch, or one environment type. */
export type GuardTarget = (
  | { readonly kind: "branch"; readonly branch: string }
  | { readonly kind: "type"; readonly type: string }
) & {
  /** The vendor that names the variables which are tested; Platform.sh unless given. */
  readonly vendor?: Vendor;
};

/** The runtime variables a guard tests (platform manual, "Use variables"). */
export const guardVariables = guardVariablesOf(vendors.platformsh);

/** The same as a vendor names them. */
export function guardVariablesOf({ containerPrefix }: Pick<Vendor, "containerPrefix">): {
  readonly branch: string;
  readonly type: string;
} {
  return { branch: `${containerPrefix}BRANCH`, type: `${containerPrefix}ENVIRONMENT_TYPE` };
}

/**
 * Commands that run only where the guard holds, in POSIX form, because crons run in dash.
 * Elsewhere the lines succeed and do nothing.
 *
 * @param guard where the commands may run
 * @param commands shell commands, one line each
 */
export function guardedLines(guard: GuardTarget, commands: readonly string[]): readonly string[] {
  return [`if ${guardTest(guard)}; then`, ...commands.map((line) => `    ${line}`), "fi"];
}

/** The test alone: `[ "$PLATFORM_BRANCH" = main ]`. */
export function guardTest(guard: GuardTarget): string {
  const literal = guard.kind === "branch" ? guard.branch : guard.type;
  const variables = guard.vendor === undefined ? guardVariables : guardVariablesOf(guard.vendor);
  return `[ "$${variables[guard.kind]}" = ${shellWord(literal)} ]`;
}

/** The text as one word of a POSIX shell, in single quotes only when it needs them. */
export function shellWord(text: string): string {
  return /^[\w./@%+:,-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
