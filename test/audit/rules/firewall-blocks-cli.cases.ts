import { app, backup, guarded } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

function withFirewall(...rows: readonly string[]): string {
  return `${guarded(backup)}firewall:\n    outbound:\n${rows.map((row) => `        ${row}\n`).join("")}`;
}

/** The same for a project of another vendor, whose CLI the build hook installs and the cron calls. */
function ofWebpaas(text: string): string {
  return text
    .replaceAll(/https:\S*installer(?:\.sh)?/gu, "https://eu.cli.webpaas.ovhcloud.com/installer")
    .replaceAll(/\bplatform (?=backup|--version)/gu, "webpaas ");
}

export const cases: RuleCases = {
  fires: {
    "only another domain is let through": {
      given: withFirewall("- domains: [github.com]"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "17:5-17:13",
          message:
            "The firewall of shop doesn't let the cron job get to api.upsun.com and auth.upsun.com",
          fix: "by hand: Let the CLI through",
        },
      ],
    },
    "the vendor's API is elsewhere": {
      given: ofWebpaas(withFirewall("- domains: ['*.upsun.com']")),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "17:5-17:13",
          message:
            "The firewall of shop doesn't let the cron job get to eu.api.webpaas.ovhcloud.com and eu.auth.webpaas.ovhcloud.com",
          fix: "by hand: Let the CLI through",
        },
      ],
    },
    "one of the two is missing": {
      given: withFirewall("- domains: [api.upsun.com]"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "17:5-17:13",
          message: "The firewall of shop doesn't let the cron job get to auth.upsun.com",
          fix: "by hand: Let the CLI through",
        },
      ],
    },
    "they are let through on another port": {
      given: withFirewall("- domains: ['*.upsun.com']", "  ports: [80]"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "17:5-17:13",
          message:
            "The firewall of shop doesn't let the cron job get to api.upsun.com and auth.upsun.com",
          fix: "by hand: Let the CLI through",
        },
      ],
    },
  },
  quiet: {
    "both are let through": withFirewall(
      "- domains: [api.upsun.com, auth.upsun.com]",
      "  ports: [443]",
    ),
    "all below their domain are": withFirewall("- domains: ['*.upsun.com']"),
    "addresses may cover them": withFirewall("- ips: [198.51.100.0/24]"),
    "nothing is listed": guarded(backup),
    "the app doesn't call the CLI": app("firewall:", "    outbound:", "        - domains: [a.com]"),
  },
};
