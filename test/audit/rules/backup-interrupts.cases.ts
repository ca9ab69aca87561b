import { app, cronJob, crons } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it backs up at noon": {
      given: crons(...cronJob("backup", "0 12 * * *", "platform backup:create -yW")),
      finds: [
        {
          severity: "warning",
          confidence: "low",
          at: "7:20-7:46",
          message: "the cron backup holds the app for a backup between 8 and 18 o'clock UTC",
          fix: "unsafe: Make a live backup",
        },
      ],
      fixed: crons(...cronJob("backup", "0 12 * * *", "platform backup:create --live -yW")),
    },
    "the CLI that is installed has no live backups yet": {
      given: app(
        "dependencies: { php: { platformsh/cli: '3.50.0' } }",
        ...crons(...cronJob("backup", "0 12 * * *", "platform backup:create -yW"))
          .split("\n")
          .slice(2, -1),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "low",
          at: "8:20-8:46",
          message: "the cron backup holds the app for a backup between 8 and 18 o'clock UTC",
          fix: "by hand: Back up at night",
        },
      ],
    },
  },
  quiet: {
    "it backs up at night": crons(...cronJob("backup", "0 5 * * *", "platform backup:create -yW")),
    "it is a live backup by the option's former name": crons(
      ...cronJob("backup", "0 12 * * *", "platform backup:create --unsafe -yW"),
    ),
    "it is a live backup": crons(
      ...cronJob("backup", "0 12 * * *", "platform backup:create --live -yW"),
    ),
    "its guard never holds": crons(
      ...cronJob("backup", "0 12 * * *", 'test "$PLATFORM_BRANCH" == main && platform backup -yW'),
    ),
    "the platform chooses the hour": crons(
      ...cronJob("backup", "0 H * * *", "platform backup:create -yW"),
    ),
  },
};
