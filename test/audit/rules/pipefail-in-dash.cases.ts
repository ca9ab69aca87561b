import { withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron asks for pipefail": {
      given: withCron("set -o pipefail", "true"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "13:17-13:32",
          message: "the cron job sets pipefail, and dash stops there",
          fix: "safe: Take pipefail out",
        },
      ],
      fixed: withCron("true"),
    },
    "it asks for errexit too": {
      given: withCron("set -eo pipefail", "true"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "13:17-13:33",
          message: "the cron job sets pipefail, and dash stops there",
          fix: "safe: Take pipefail out",
        },
      ],
      fixed: withCron("set -e", "true"),
    },
  },
  quiet: { "a cron asks for errexit": withCron("set -e", "true") },
};
