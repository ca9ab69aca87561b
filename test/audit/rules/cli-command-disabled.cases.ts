import { withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "upsun is to set a variable the old way": {
      given: withCron("upsun vset RELEASE 42 --no-wait"),
      finds: [
        {
          severity: "error",
          at: "13:17-13:48",
          message: "the cron job calls variable:set, which upsun doesn't have",
          fix: "by hand: Use variable:create or variable:update",
        },
      ],
    },
  },
  quiet: {
    "platform is": withCron("platform vset RELEASE 42 --no-wait"),
    "upsun is called with the newer command": withCron(
      "upsun variable:update RELEASE --value 42 -W",
    ),
  },
};
