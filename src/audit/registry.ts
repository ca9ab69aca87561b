import { ignoreRules } from "./ignore/rules.ts";
import type { ProjectRule, Rule, RuleDescription } from "./rule.ts";
import { backupInterrupts } from "./rules/backup-interrupts.ts";
import { backupTooOften } from "./rules/backup-too-often.ts";
import { bashismInDash } from "./rules/bashism-in-dash.ts";
import { booleanLikeName } from "./rules/boolean-like-name.ts";
import { ciActionNoEffect } from "./rules/ci-action-no-effect.ts";
import { ciCliNotInstalled } from "./rules/ci-cli-not-installed.ts";
import { ciDeleteUnguarded } from "./rules/ci-delete-unguarded.ts";
import { ciDoublesCron } from "./rules/ci-doubles-cron.ts";
import { ciEnvironmentUnclear } from "./rules/ci-environment-unclear.ts";
import { ciFailureHidden } from "./rules/ci-failure-hidden.ts";
import { ciHostKeys } from "./rules/ci-host-keys.ts";
import { ciInstallBehind } from "./rules/ci-install-behind.ts";
import { ciInstallOld } from "./rules/ci-install-old.ts";
import { ciInstallPath } from "./rules/ci-install-path.ts";
import { ciInstallUnpinned } from "./rules/ci-install-unpinned.ts";
import { ciInstallUnverified } from "./rules/ci-install-unverified.ts";
import { ciLogin } from "./rules/ci-login.ts";
import { ciNameGone } from "./rules/ci-name-gone.ts";
import { ciNoTimeout } from "./rules/ci-no-timeout.ts";
import { ciOptionOnItsOwnLine } from "./rules/ci-option-on-its-own-line.ts";
import { ciOptionUnknown } from "./rules/ci-option-unknown.ts";
import { ciOverlap } from "./rules/ci-overlap.ts";
import { ciPushForce } from "./rules/ci-push-force.ts";
import { ciPushIntegrated } from "./rules/ci-push-integrated.ts";
import { ciPushShallow } from "./rules/ci-push-shallow.ts";
import { ciTokenInScript } from "./rules/ci-token-in-script.ts";
import { ciTokenMissing } from "./rules/ci-token-missing.ts";
import { ciTokenShown } from "./rules/ci-token-shown.ts";
import { ciTokenUnused } from "./rules/ci-token-unused.ts";
import { ciTokenWrongVariable } from "./rules/ci-token-wrong-variable.ts";
import { ciUntrustedExpression } from "./rules/ci-untrusted-expression.ts";
import { ciUntrustedTrigger } from "./rules/ci-untrusted-trigger.ts";
import { ciWaitUnclear } from "./rules/ci-wait-unclear.ts";
import { cliCommandDisabled } from "./rules/cli-command-disabled.ts";
import { cliNameGone } from "./rules/cli-name-gone.ts";
import { cliNameMismatch } from "./rules/cli-name-mismatch.ts";
import { cliOptionUnknown } from "./rules/cli-option-unknown.ts";
import { cliUnused } from "./rules/cli-unused.ts";
import { commandMalformed } from "./rules/command-malformed.ts";
import { confirmMissing } from "./rules/confirm-missing.ts";
import { cronCmdDeprecated } from "./rules/cron-cmd-deprecated.ts";
import { cronFailing } from "./rules/cron-failing.ts";
import { cronGuardBranchGone } from "./rules/cron-guard-branch-gone.ts";
import { cronGuardByBranch } from "./rules/cron-guard-by-branch.ts";
import { cronGuardMissing } from "./rules/cron-guard-missing.ts";
import { cronGuardNeverTrue } from "./rules/cron-guard-never-true.ts";
import { cronGuardNotDefaultBranch } from "./rules/cron-guard-not-default-branch.ts";
import { cronGuardUnclear } from "./rules/cron-guard-unclear.ts";
import { cronMalformed } from "./rules/cron-malformed.ts";
import { cronNeverRan } from "./rules/cron-never-ran.ts";
import { cronNotDeployed } from "./rules/cron-not-deployed.ts";
import { cronOnWorker } from "./rules/cron-on-worker.ts";
import { cronRenewalObsolete } from "./rules/cron-renewal-obsolete.ts";
import { cronSameMinute } from "./rules/cron-same-minute.ts";
import { cronSpecInvalid } from "./rules/cron-spec-invalid.ts";
import { cronStartsTooOften } from "./rules/cron-starts-too-often.ts";
import { cronTimeoutMisplaced } from "./rules/cron-timeout-misplaced.ts";
import { cronWaitsForItself } from "./rules/cron-waits-for-itself.ts";
import { cronWithoutTimeout } from "./rules/cron-without-timeout.ts";
import { cronsNotRunning } from "./rules/crons-not-running.ts";
import { deploymentFailed } from "./rules/deployment-failed.ts";
import { downloadErrorRun } from "./rules/download-error-run.ts";
import { dumpOnReadOnlyDisk } from "./rules/dump-on-read-only-disk.ts";
import { environmentForgotten } from "./rules/environment-forgotten.ts";
import { errexitMissing } from "./rules/errexit-missing.ts";
import { fileNameUnread } from "./rules/file-name-unread.ts";
import { firewallBlocksCli } from "./rules/firewall-blocks-cli.ts";
import { halfConverted } from "./rules/half-converted.ts";
import { hookMalformed } from "./rules/hook-malformed.ts";
import { hookNotDeployed } from "./rules/hook-not-deployed.ts";
import { hookRedeploysItself } from "./rules/hook-redeploys-itself.ts";
import { includeUnread } from "./rules/include-unread.ts";
import { installerDeprecated } from "./rules/installer-deprecated.ts";
import { installerFailureUnnoticed } from "./rules/installer-failure-unnoticed.ts";
import { installerHiddenByMount } from "./rules/installer-hidden-by-mount.ts";
import { installerHomebrew } from "./rules/installer-homebrew.ts";
import { installerMissing } from "./rules/installer-missing.ts";
import { installerPathOverwritten } from "./rules/installer-path-overwritten.ts";
import { installerUnpinned } from "./rules/installer-unpinned.ts";
import { installerUnreachable } from "./rules/installer-unreachable.ts";
import { installerVendorMisplaced } from "./rules/installer-vendor-misplaced.ts";
import { installerVersionGone } from "./rules/installer-version-gone.ts";
import { installerWrongHook } from "./rules/installer-wrong-hook.ts";
import { loginWithoutPerson } from "./rules/login-without-person.ts";
import { machineUserInSeveralProjects } from "./rules/machine-user-in-several-projects.ts";
import { machineUserTooStrong } from "./rules/machine-user-too-strong.ts";
import { machineUserTooWeak } from "./rules/machine-user-too-weak.ts";
import { noWaitMissing } from "./rules/no-wait-missing.ts";
import { noWaitUnknown } from "./rules/no-wait-unknown.ts";
import { optionOnItsOwnLine } from "./rules/option-on-its-own-line.ts";
import { pathReplaced } from "./rules/path-replaced.ts";
import { pipefailInDash } from "./rules/pipefail-in-dash.ts";
import { runtimeVariableAtBuild } from "./rules/runtime-variable-at-build.ts";
import { scriptCutByComment } from "./rules/script-cut-by-comment.ts";
import { scriptFolded } from "./rules/script-folded.ts";
import { scriptNotFollowed } from "./rules/script-not-followed.ts";
import { scriptSyntaxError } from "./rules/script-syntax-error.ts";
import { scriptWithCarriageReturns } from "./rules/script-with-carriage-returns.ts";
import { sourceOperationCommitFails } from "./rules/source-operation-commit-fails.ts";
import { sourceOperationOnProduction } from "./rules/source-operation-on-production.ts";
import { sourceOperationUnknown } from "./rules/source-operation-unknown.ts";
import { sshCertificateMissing } from "./rules/ssh-certificate-missing.ts";
import { sshOpen } from "./rules/ssh-open.ts";
import { tokenInRepository } from "./rules/token-in-repository.ts";
import { tokenOfAPerson } from "./rules/token-of-a-person.ts";
import { tokenOld } from "./rules/token-old.ts";
import { tokenShown } from "./rules/token-shown.ts";
import { tokenVariableExposed } from "./rules/token-variable-exposed.ts";
import { tokenVariableForEveryApp } from "./rules/token-variable-for-every-app.ts";
import { tokenVariableMissing } from "./rules/token-variable-missing.ts";
import { fileUnreadable } from "./unreadable.ts";

/** The rules about apps, each of which looks at one of them; a new one is a file of its own and a line here. */
export const appRules: readonly Rule[] = [
  installerMissing,
  cliUnused,
  installerDeprecated,
  installerHomebrew,
  halfConverted,
  installerFailureUnnoticed,
  downloadErrorRun,
  installerVendorMisplaced,
  cliNameMismatch,
  cliCommandDisabled,
  cliNameGone,
  cliOptionUnknown,
  installerUnpinned,
  installerVersionGone,
  installerWrongHook,
  installerUnreachable,
  installerPathOverwritten,
  installerHiddenByMount,
  cronGuardMissing,
  cronGuardNeverTrue,
  cronGuardNotDefaultBranch,
  cronGuardBranchGone,
  cronGuardByBranch,
  cronGuardUnclear,
  runtimeVariableAtBuild,
  noWaitMissing,
  noWaitUnknown,
  confirmMissing,
  cronMalformed,
  commandMalformed,
  hookMalformed,
  cronSpecInvalid,
  cronStartsTooOften,
  cronSameMinute,
  cronCmdDeprecated,
  cronTimeoutMisplaced,
  cronOnWorker,
  cronWithoutTimeout,
  cronWaitsForItself,
  loginWithoutPerson,
  sshCertificateMissing,
  dumpOnReadOnlyDisk,
  cronRenewalObsolete,
  backupTooOften,
  backupInterrupts,
  sourceOperationOnProduction,
  sourceOperationUnknown,
  sourceOperationCommitFails,
  environmentForgotten,
  pipefailInDash,
  bashismInDash,
  scriptSyntaxError,
  scriptNotFollowed,
  scriptFolded,
  scriptCutByComment,
  optionOnItsOwnLine,
  scriptWithCarriageReturns,
  errexitMissing,
  booleanLikeName,
  fileNameUnread,
  includeUnread,
  tokenInRepository,
  tokenShown,
  sshOpen,
  firewallBlocksCli,
  pathReplaced,
  tokenVariableMissing,
  tokenVariableExposed,
  tokenVariableForEveryApp,
  tokenOld,
  machineUserTooStrong,
  machineUserTooWeak,
  machineUserInSeveralProjects,
  tokenOfAPerson,
  cronsNotRunning,
  deploymentFailed,
  cronFailing,
  cronNeverRan,
  cronNotDeployed,
  hookNotDeployed,
  hookRedeploysItself,
];

/** The rules about the CI of a repository, which is looked at once, whatever apps are read. */
export const ciRules: readonly ProjectRule[] = [
  ciTokenShown,
  ciTokenInScript,
  ciUntrustedTrigger,
  ciUntrustedExpression,
  ciTokenMissing,
  ciTokenWrongVariable,
  ciTokenUnused,
  ciCliNotInstalled,
  ciInstallUnverified,
  ciInstallUnpinned,
  ciInstallOld,
  ciInstallBehind,
  ciInstallPath,
  ciActionNoEffect,
  ciLogin,
  ciNameGone,
  ciOptionUnknown,
  ciOptionOnItsOwnLine,
  ciWaitUnclear,
  ciNoTimeout,
  ciFailureHidden,
  ciPushShallow,
  ciPushForce,
  ciPushIntegrated,
  ciEnvironmentUnclear,
  ciDeleteUnguarded,
  ciHostKeys,
  ciOverlap,
  ciDoublesCron,
];

/** Every rule. */
export const rules: readonly Rule[] = [...appRules, ...ciRules];

/** Everything that a finding can be of: the rules, and what is wrong with the audit's own comments and the files as such. */
export const catalogue: readonly RuleDescription[] = [...rules, ...ignoreRules, fileUnreadable];
