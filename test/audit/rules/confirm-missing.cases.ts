import { backup, guarded } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a backup would ask": {
      given: guarded("platform backup:create --no-wait"),
      finds: [
        {
          severity: "info",
          at: "14:21-14:53",
          message: "the cron job runs backup:create, which asks for confirmation",
          fix: "safe: Add --yes to backup:create",
        },
      ],
      fixed: guarded(backup),
    },
  },
  quiet: { "it is told not to ask": guarded(backup) },
};
