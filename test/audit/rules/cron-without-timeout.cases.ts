import { guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the database is dumped": {
      given: guarded("platform db:dump --yes"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "14:21-14:43",
          message: "the cron job runs db:dump, which may take long, and no timeout ends it",
          fix: "unsafe: End job after an hour",
        },
      ],
    },
    "a log is followed": {
      given: withCron("platform logs access --tail"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "13:17-13:44",
          message:
            "the cron job follows environment:logs, which doesn't end by itself, and no timeout ends it",
          fix: "unsafe: End job after an hour",
        },
      ],
    },
    "it waits for an hour": {
      given: withCron("sleep 1h"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "13:17-13:25",
          message: "the cron job waits for 1h, and no timeout ends it",
          fix: "unsafe: End job after an hour",
        },
      ],
      fixed: `${withCron("sleep 1h")}        timeout: 3600\n`,
    },
    "it stays where it is": {
      given: withCron("sleep infinity"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "13:17-13:31",
          message:
            "the cron job runs sleep infinity, which doesn't end by itself, and no timeout ends it",
          fix: "unsafe: End job after an hour",
        },
      ],
    },
    "it loops for ever": {
      given: withCron("while true; do", "    ./work.sh", "done"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "13:17-13:27",
          message: "the cron job loops without an end, and no timeout ends it",
          fix: "unsafe: End job after an hour",
        },
      ],
    },
  },
  quiet: {
    "a timeout ends it": `${withCron("platform db:dump --yes")}        timeout: 600\n`,
    "it waits for a moment": withCron("sleep 5"),
    "the command has a timeout of its own": withCron("timeout 600 sleep 3600"),
    "the loop ends": withCron("while true; do", "    ./work.sh && break", "done"),
    "a backup isn't waited for": guarded("platform backup:create --yes --no-wait"),
  },
};
