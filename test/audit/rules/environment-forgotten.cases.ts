import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the first command names one": {
      given: guarded(
        "platform sync code data -e update -yW",
        "platform source-operation:run update --no-wait",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "15:21-15:67",
          message:
            "the cron job runs environment:synchronize on update, and then source-operation:run on the environment it is in",
          fix: "unsafe: Run source-operation:run on update too",
        },
      ],
      fixed: guarded(
        "platform sync code data -e update -yW",
        "platform source-operation:run -e update update --no-wait",
      ),
    },
    "a dot stands for the default environment on all others too": {
      given: withCron("platform environment:redeploy -e . -yW"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:55",
          message:
            "the cron job runs environment:redeploy with -e ., which is the project's default environment and not the one it is in",
          fix: "by hand: Say which environment environment:redeploy is for",
        },
      ],
    },
    "a dot stands for the default environment on staging": {
      given: withCron('[ "$PLATFORM_BRANCH" = staging ] && platform sync data -e. -yW'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:53-13:79",
          message:
            "the cron job runs environment:synchronize with -e ., which is the project's default environment and not the one it is in",
          fix: "by hand: Say which environment environment:synchronize is for",
        },
      ],
    },
    "it is a variable": {
      given: guarded(
        'platform sync code data -e "$TARGET" -yW',
        "platform source-operation:run update --no-wait",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "15:21-15:67",
          message:
            "the cron job runs environment:synchronize on $TARGET, and then source-operation:run on the environment it is in",
          fix: "unsafe: Run source-operation:run on $TARGET too",
        },
      ],
      fixed: guarded(
        'platform sync code data -e "$TARGET" -yW',
        'platform source-operation:run -e "$TARGET" update --no-wait',
      ),
    },
  },
  quiet: {
    "both name one": guarded(
      "platform sync code data -e update -yW",
      "platform source-operation:run update -e update --no-wait",
    ),
    "a dot on the default environment itself": guarded("platform redeploy -e . -yW"),
    "a dot on production itself": withCron(
      '[ "$PLATFORM_ENVIRONMENT_TYPE" = production ] && platform redeploy -e . -yW',
    ),
    "a dot reads the default environment": withCron("platform backup:list -e ."),
    "neither does": guarded(backup, "platform redeploy -yW"),
    "the second only reads": guarded("platform sync data -e update -yW", "platform backup:list"),
    "the first is for the default one": guarded(
      "platform backup -e . -yW",
      "platform redeploy -yW",
    ),
  },
};
