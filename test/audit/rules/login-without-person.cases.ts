import { app, backup, cron, guarded, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron opens a browser": {
      given: guarded("platform auth:browser-login", backup),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:48",
          message: "the cron job runs auth:browser-login, which needs a person at a terminal",
          fix: "by hand: Take it out",
        },
      ],
    },
    "a hook asks for a token": {
      given: app(...hooks({ deploy: ["upsun auth:api-token-login && upsun backup:list"] })),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:35",
          message: "the deploy hook runs auth:api-token-login, which needs a person at a terminal",
          fix: "by hand: Take it out",
        },
      ],
    },
  },
  quiet: {
    "it asks who is logged in": app(...cron(["platform auth:info --no-auto-login"])),
    "another program logs in": app(...hooks({ build: ["npm login"] })),
  },
};
