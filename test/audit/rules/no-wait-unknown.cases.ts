import { backup, guarded } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the command has no such flag": {
      given: guarded("platform db:dump --yes --no-wait"),
      finds: [
        {
          severity: "error",
          at: "14:44-14:53",
          message: "the cron job gives --no-wait to db:dump, which doesn't know it",
          fix: "unsafe: Take --no-wait away from db:dump, because db:dump runs then, which it never did",
        },
      ],
      fixed: guarded("platform db:dump --yes"),
    },
  },
  quiet: { "the command has it": guarded(backup) },
};
