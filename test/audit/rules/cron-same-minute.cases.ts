import { cronJob, crons } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "both change the platform at five": {
      given: crons(
        ...cronJob("backup", "0 5 * * *", "platform backup:create -yW"),
        ...cronJob("deploy", "0 5 1 * *", "platform redeploy -yW"),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:15-9:26",
          message: "deploy starts in the same minute as backup, and either may come first",
          fix: "by hand: Keep the two apart",
        },
      ],
    },
    "they meet once an hour": {
      given: crons(
        ...cronJob("backup", "*/20 5 * * *", "platform backup:create -yW"),
        ...cronJob("deploy", "40 * * * *", "platform redeploy -yW"),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:15-9:27",
          message: "deploy starts in the same minute as backup, and either may come first",
          fix: "by hand: Keep the two apart",
        },
      ],
    },
  },
  quiet: {
    "they never meet": crons(
      ...cronJob("backup", "0 5 * * *", "platform backup:create -yW"),
      ...cronJob("deploy", "30 5 * * *", "platform redeploy -yW"),
    ),
    "they run on different environments": crons(
      ...cronJob("backup", "0 5 * * *", 'test "$PLATFORM_BRANCH" = main && platform backup -yW'),
      ...cronJob("copy", "0 5 * * *", 'test "$PLATFORM_BRANCH" = staging && platform redeploy -yW'),
    ),
    "one of them doesn't change the platform": crons(
      ...cronJob("backup", "0 5 * * *", "platform backup:create -yW"),
      ...cronJob("clean", "0 5 * * *", "./clean.sh"),
    ),
    "the platform chooses the minute": crons(
      ...cronJob("backup", "H 5 * * *", "platform backup:create -yW"),
      ...cronJob("deploy", "H 5 * * *", "platform redeploy -yW"),
    ),
  },
};
