import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it isn't known what the default branch is": {
      given: { text: guarded(backup), facts: {} },
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "13:43-13:47",
          message:
            "the cron job asks for PLATFORM_BRANCH = main; sign in to see whether that is the default branch",
        },
      ],
    },
  },
  quiet: {
    "the default branch is known": guarded(backup),
    "the guard asks for the type": {
      text: withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
      facts: {},
    },
    "the branch is there, whichever is the default one": {
      text: guarded(backup),
      facts: { branches: new Set(["main", "develop"]) },
    },
    "the branch isn't even there": {
      text: guarded(backup),
      facts: { branches: new Set(["master"]) },
    },
  },
};
