import { withCron } from "../app.ts";
import type { RuleCases } from "./case.ts";

/** What dash makes of a script. */
export const shellCases: readonly RuleCases[] = [
  {
    rule: "pipefail-in-dash",
    fires: {
      "a cron asks for pipefail": withCron("set -o pipefail", "true"),
      "it asks for errexit too": withCron("set -eo pipefail", "true"),
    },
    quiet: { "a cron asks for errexit": withCron("set -e", "true") },
    fixes: {
      "a cron asks for pipefail": withCron("true"),
      "it asks for errexit too": withCron("set -e", "true"),
    },
  },
];
