import { cronJob, crons, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "comments stand in it, as in the manual of those days": {
      given: crons(
        "renewcert:",
        "    # Deploys once more on the 1st and the 15th.",
        "    spec: '0 10 1,15 * *'",
        "    cmd: platform redeploy --yes --no-wait # for the certificate",
        "# Each night.",
        ...cronJob("clean", "0 4 * * *", "./clean.sh"),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "4:5-4:14",
          message: "The cron renewcert redeploys to renew certificates, which renew by themselves",
          fix: "unsafe: Take the cron renewcert out",
        },
      ],
      fixed: crons("# Each night.", ...cronJob("clean", "0 4 * * *", "./clean.sh")),
    },
    "its name says so": {
      given: crons(
        ...cronJob("renewcert", "0 5 * * 1", "platform redeploy -yW"),
        ...cronJob("clean", "0 4 * * *", "./clean.sh"),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "4:5-4:14",
          message: "The cron renewcert redeploys to renew certificates, which renew by themselves",
          fix: "unsafe: Take the cron renewcert out",
        },
      ],
      fixed: crons(...cronJob("clean", "0 4 * * *", "./clean.sh")),
    },
    "it redeploys twice a month": {
      given: crons(
        ...cronJob("clean", "0 4 * * *", "./clean.sh"),
        ...cronJob("again", "0 5 1,15 * *", "platform redeploy -yW"),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "low",
          at: "8:5-8:10",
          message:
            "The cron again seems to redeploy to renew certificates, which renew by themselves",
          fix: "unsafe: Take the cron again out",
        },
      ],
      fixed: crons(...cronJob("clean", "0 4 * * *", "./clean.sh")),
    },
    "a comment in it says so": {
      given: withCron("# renew the certificate", "platform redeploy -yW"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "9:5-9:8",
          message: "The cron job redeploys to renew certificates, which renew by themselves",
          fix: "unsafe: Take the cron job out",
        },
      ],
    },
  },
  quiet: {
    "it redeploys every night": crons(...cronJob("again", "0 5 * * *", "platform redeploy -yW")),
    "it backs up as well": crons(
      ...cronJob("certs", "0 5 1 * *", "platform redeploy -yW; platform backup -yW"),
    ),
    "it leaves production out": withCron(
      'if [ "$PLATFORM_BRANCH" != main ]; then',
      "    platform redeploy -yW",
      "fi",
    ).replace("0 5 * * *", "0 5 1 * *"),
    "it adds a certificate": crons(
      ...cronJob("certs", "0 5 1 * *", "platform certificate:add a.crt b.key -W"),
    ),
    "its schedule can't be read": crons(...cronJob("again", "0 5 L * *", "platform redeploy -yW")),
  },
};
