import type { Rule } from "./rule.ts";
import { confirmMissing } from "./rules/confirm-missing.ts";
import { cronGuardMissing } from "./rules/cron-guard-missing.ts";
import { cronGuardNeverTrue } from "./rules/cron-guard-never-true.ts";
import { cronGuardNotDefaultBranch } from "./rules/cron-guard-not-default-branch.ts";
import { installerMissing } from "./rules/installer-missing.ts";
import { noWaitMissing } from "./rules/no-wait-missing.ts";
import { noWaitUnknown } from "./rules/no-wait-unknown.ts";
import { pipefailInDash } from "./rules/pipefail-in-dash.ts";
import { tokenVariableExposed } from "./rules/token-variable-exposed.ts";

/** Every rule; a new one is a file of its own and a line here. */
export const rules: readonly Rule[] = [
  installerMissing,
  cronGuardMissing,
  cronGuardNeverTrue,
  cronGuardNotDefaultBranch,
  noWaitMissing,
  noWaitUnknown,
  confirmMissing,
  pipefailInDash,
  tokenVariableExposed,
];
