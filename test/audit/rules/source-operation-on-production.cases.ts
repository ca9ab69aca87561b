import { guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the cron runs on the default branch": {
      given: guarded("platform source-operation:run update -W"),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:60",
          message: "the cron job runs a source operation on production",
        },
      ],
    },
    "it names the default branch": {
      given: withCron("platform source-operation:run update -e main --no-wait"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:71",
          message: "the cron job runs a source operation on production",
        },
      ],
    },
    "it names the default environment from another one": {
      given: withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = staging ]; then',
        "    platform source-operation:run update -e . -W",
        "fi",
      ),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:65",
          message: "the cron job runs a source operation on production",
        },
      ],
    },
    "it runs on the production type": {
      given: withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        "    platform source-operation:run update -W",
        "fi",
      ),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:60",
          message: "the cron job runs a source operation on production",
        },
      ],
    },
  },
  quiet: {
    "it names another environment": guarded("platform source-operation:run update -e up -W"),
    "the cron runs on another branch": withCron(
      'if [ "$PLATFORM_BRANCH" = update-dependencies ]; then',
      "    platform source-operation:run update -W",
      "fi",
    ),
  },
};
