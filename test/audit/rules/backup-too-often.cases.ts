import { cronJob, crons } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it backs up every six hours": {
      given: crons(...cronJob("backup", "0 */6 * * *", "platform backup:create -yW")),
      finds: [
        {
          severity: "warning",
          at: "7:20-7:46",
          message: "the cron backup backs up 4 times a day, and only a few backups are kept",
          fix: "by hand: Back up once a day",
        },
      ],
    },
  },
  quiet: {
    "it backs up every night": crons(
      ...cronJob("backup", "0 5 * * *", "platform backup:create -yW"),
    ),
    "it lists backups every hour": crons(...cronJob("backup", "0 * * * *", "platform backup:list")),
    "it backs up once an hour of the platform's choice": crons(
      ...cronJob("backup", "0 H * * *", "platform backup:create -yW"),
    ),
  },
};
