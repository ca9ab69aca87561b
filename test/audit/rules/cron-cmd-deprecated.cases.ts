import { app, cronJob, crons } from "../app.ts";
import { magento } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron has cmd": {
      given: crons("clean:", "    spec: '0 5 * * *'", "    cmd: ./clean.sh"),
      finds: [
        {
          severity: "info",
          at: "6:9-6:12",
          message: "The cron clean has its command in cmd, which is deprecated",
          fix: "safe: Write the command of clean as commands.start",
        },
      ],
      fixed: crons(...cronJob("clean", "0 5 * * *", "./clean.sh")),
    },
    "its script has several lines": {
      given: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    cmd: |",
        "        cd web",
        "        ./clean.sh",
      ),
      finds: [
        {
          severity: "info",
          at: "6:9-6:12",
          message: "The cron clean has its command in cmd, which is deprecated",
          fix: "safe: Write the command of clean as commands.start",
        },
      ],
      fixed: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        start: |",
        "            cd web",
        "            ./clean.sh",
      ),
    },
    "several crons have cmd": {
      given: crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    cmd: ./clean.sh",
        "mail:",
        "    spec: '*/5 * * * *'",
        "    cmd: ./mail.sh",
      ),
      finds: [
        {
          severity: "info",
          at: "6:9-6:12",
          message: "The cron clean, like others, has its command in cmd, which is deprecated",
          fix: "safe: Write the commands of the crons as commands.start",
        },
      ],
      fixed: crons(
        ...cronJob("clean", "0 5 * * *", "./clean.sh"),
        ...cronJob("mail", "*/5 * * * *", "./mail.sh"),
      ),
    },
    "it has commands as well": {
      given: crons(...cronJob("clean", "0 5 * * *", "./clean.sh"), "    cmd: make"),
      finds: [
        {
          severity: "warning",
          at: "8:9-8:12",
          message: "The cron clean has both cmd and commands; which one counts isn't documented",
          fix: "by hand: Keep one of the two",
        },
      ],
    },
  },
  quiet: {
    "the manual of the vendor writes cmd": magento("php bin/tick.php"),
    "a cron has commands": crons(...cronJob("clean", "0 5 * * *", "./clean.sh")),
    "crons is no mapping": app("crons: none"),
  },
};
