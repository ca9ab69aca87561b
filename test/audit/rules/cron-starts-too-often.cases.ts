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
            "job is to start more often than every five minutes ('* * * * *'), which most plans don't give",
          fix: "by hand: Start it every five minutes",
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
            "job is to start more often than every five minutes ('0,2 5 * * *'), which most plans don't give",
          fix: "by hand: Start it every five minutes",
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
            "job is to start more often than every five minutes ('59,2 * * * *'), which most plans don't give",
          fix: "by hand: Start it every five minutes",
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
            "job is to start more often than every five minutes ('*/19 * * * *'), which most plans don't give",
          fix: "by hand: Start it every five minutes",
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
            "job is to start more often than every five minutes ('H/2 * * * *'), which most plans don't give",
          fix: "by hand: Start it every five minutes",
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
