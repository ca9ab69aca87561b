import { withSpec } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it starts every minute": {
      given: withSpec("* * * * *"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "5:15-5:26",
          message:
            "the cron job is to start again after a minute ('* * * * *'), and most plans keep five minutes between two starts",
          fix: "by hand: Leave five minutes between two starts",
        },
      ],
    },
    "it starts twice in a row": {
      given: withSpec("0,2 5 * * *"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "5:15-5:28",
          message:
            "the cron job is to start again after 2 minutes ('0,2 5 * * *'), and most plans keep five minutes between two starts",
          fix: "by hand: Leave five minutes between two starts",
        },
      ],
    },
    "the hour turns between two starts": {
      given: withSpec("59,2 * * * *"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "5:15-5:29",
          message:
            "the cron job is to start again after 3 minutes ('59,2 * * * *'), and most plans keep five minutes between two starts",
          fix: "by hand: Leave five minutes between two starts",
        },
      ],
    },
    "only the last step of the hour is short": {
      given: withSpec("*/19 * * * *"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "5:15-5:29",
          message:
            "the cron job is to start again after 3 minutes ('*/19 * * * *'), and most plans keep five minutes between two starts",
          fix: "by hand: Leave five minutes between two starts",
        },
      ],
    },
    "the platform is to choose thirty minutes": {
      given: withSpec("H/2 * * * *"),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "5:15-5:28",
          message:
            "the cron job is to start again after 2 minutes ('H/2 * * * *'), and most plans keep five minutes between two starts",
          fix: "by hand: Leave five minutes between two starts",
        },
      ],
    },
  },
  quiet: {
    "it starts every five minutes": withSpec("*/5 * * * *"),
    "the platform chooses the minute": withSpec("H * * * *"),
    "it can't be read": withSpec("*/2 * * *"),
  },
};
