import { app, backup, guarded } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "viewers may open a shell": {
      given: `${guarded(backup)}access:\n    ssh: viewer\n`,
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "17:10-17:16",
          message: "Viewers may open a shell in shop, and read the token there",
          fix: "unsafe: Let only admins open a shell",
        },
      ],
      fixed: `${guarded(backup)}access:\n    ssh: admin\n`,
    },
  },
  quiet: {
    "only admins may": `${guarded(backup)}access:\n    ssh: admin\n`,
    "the app has no use for a token": app("access:", "    ssh: viewer"),
  },
};
