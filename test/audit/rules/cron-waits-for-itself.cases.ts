import { app, hooks, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it goes on while activities are listed": {
      given: withCron(
        "while upsun activities -i --format csv | grep -q pending; do",
        "    sleep 30",
        "done",
        "upsun redeploy --yes --no-wait",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:73",
          message: "the cron job loops until no activity is under way, and its own run is one",
          fix: "by hand: Leave the waiting to the platform",
        },
      ],
    },
    "it looks again in the loop": {
      given: withCron(
        "busy=yes",
        'while [ -n "$busy" ]; do',
        "    busy=$(platform activity:list --state in_progress --no-header --format plain)",
        "    sleep 5",
        "done",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:17-14:37",
          message: "the cron job loops until no activity is under way, and its own run is one",
          fix: "by hand: Leave the waiting to the platform",
        },
      ],
    },
  },
  quiet: {
    "it waits for activities of another type": withCron(
      "while platform act --type environment.backup --incomplete | grep -q progress; do sleep 9; done",
    ),
    "it leaves crons out": withCron(
      'until [ -z "$(platform act -i -x environment.cron --format plain)" ]; do sleep 9; done',
    ),
    "it asks once": withCron("platform activity:list --incomplete | grep -q backup && exit 0"),
    "it reads what has ended": withCron(
      'platform activities --state complete | while read line; do echo "$line"; done',
    ),
    "it isn't a cron": app(
      ...hooks({ post_deploy: ["while platform act -i | grep -q sync; do sleep 9; done"] }),
    ),
  },
};
