import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron backs up on every preview": {
      given: withCron(backup),
      finds: [
        {
          severity: "error",
          at: "13:17-13:55",
          message: "the cron job runs backup:create on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: guarded(backup),
    },
  },
  quiet: {
    "the cron is guarded by branch": guarded(backup),
    "the cron is guarded by type": withCron(
      'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
      `    ${backup}`,
      "fi",
    ),
    "the cron leaves early elsewhere": withCron('[ "$PLATFORM_BRANCH" = main ] || exit 0', backup),
    "the cron only reads": withCron("platform backup:list"),
    "it names the environment": withCron(`${backup} -e main`),
    "a command before names the environment, and that is told": withCron(
      "platform sync code -e stage -yW",
      backup,
    ),
  },
};
