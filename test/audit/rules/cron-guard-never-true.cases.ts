import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the test is bash's own": {
      given: withCron('if [[ "$PLATFORM_BRANCH" = main ]]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:20-13:51",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash doesn't know [[",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: guarded(backup),
    },
    "the comparison is bash's own": {
      given: withCron('if [ "$PLATFORM_BRANCH" == main ]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:41-13:43",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash knows = and not ==",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: guarded(backup),
    },
    "|| stands inside the test": {
      given: withCron(
        'if [ "$PLATFORM_BRANCH" = main || "$PLATFORM_BRANCH" = stage]; then',
        `    ${backup}`,
        "fi",
      ),
      finds: [
        {
          severity: "error",
          at: "13:20-13:78",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because || ends the test before its ]",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: withCron(
        'if [ "$PLATFORM_BRANCH" = main ] || [ "$PLATFORM_BRANCH" = stage ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
  },
  quiet: { "the test is POSIX": guarded(backup) },
};
