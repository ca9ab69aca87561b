import { backup, guarded } from "../app.ts";
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
    "neither does": guarded(backup, "platform redeploy -yW"),
    "the second only reads": guarded("platform sync data -e update -yW", "platform backup:list"),
    "the first is for the default one": guarded(
      "platform backup -e . -yW",
      "platform redeploy -yW",
    ),
  },
};
