import { guarded, withCron } from "../app.ts";
import type { RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

/** Where the commands of a cron run. */
export const guardCases: readonly RuleCases[] = [
  {
    rule: "cron-guard-missing",
    fires: { "a cron backs up on every preview": withCron(backup) },
    quiet: {
      "the cron is guarded by branch": guarded(backup),
      "the cron is guarded by type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
      "the cron leaves early elsewhere": withCron(
        '[ "$PLATFORM_BRANCH" = main ] || exit 0',
        backup,
      ),
      "the cron only reads": withCron("platform backup:list"),
    },
    fixes: { "a cron backs up on every preview": guarded(backup) },
  },
  {
    rule: "cron-guard-not-default-branch",
    fires: {
      "the branch was renamed": withCron(
        'if [ "$PLATFORM_BRANCH" = master ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    quiet: {
      "the guard names the default branch": guarded(backup),
      "the guard asks for the type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    fixes: { "the branch was renamed": guarded(backup) },
  },
  {
    rule: "cron-guard-never-true",
    fires: {
      "the test is bash's own": withCron(
        'if [[ "$PLATFORM_BRANCH" = main ]]; then',
        `    ${backup}`,
        "fi",
      ),
      "the comparison is bash's own": withCron(
        'if [ "$PLATFORM_BRANCH" == main ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    quiet: { "the test is POSIX": guarded(backup) },
    fixes: {
      "the test is bash's own": guarded(backup),
      "the comparison is bash's own": guarded(backup),
    },
  },
];
