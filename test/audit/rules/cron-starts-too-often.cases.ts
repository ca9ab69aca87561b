import { known } from "../../../src/fact.ts";
import { vendors } from "../../../src/vendors/registry.ts";
import { withSpec } from "../app.ts";
import { project } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

function limit(minutes: number) {
  return known({ cronMinimumInterval: minutes, productCode: undefined });
}

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
    "the project's own settings allow less than its plan": {
      given: { ...project({}, { settings: limit(10) }), text: withSpec("*/5 * * * *") },
      finds: [
        {
          severity: "info",
          at: "5:15-5:28",
          message:
            "the cron job is to start again after 5 minutes ('*/5 * * * *'), and the project's settings keep 10 minutes between two starts",
          fix: "by hand: Leave 10 minutes between two starts",
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
    "the project's settings allow every minute": {
      ...project({}, { settings: limit(1) }),
      text: withSpec("* * * * *"),
    },
    "the vendor's own template does so": {
      text: withSpec("* * * * *"),
      facts: { vendor: { vendor: vendors.magento, because: "from .magento.app.yaml", rivals: [] } },
    },
  },
};
