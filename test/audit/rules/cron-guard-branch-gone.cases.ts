import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const onMaster = withCron('if [ "$PLATFORM_BRANCH" = master ]; then', `    ${backup}`, "fi");

export const cases: RuleCases = {
  fires: {
    "the repository has main and no master": {
      given: {
        text: onMaster,
        facts: { branches: new Set(["main", "staging"]) },
      },
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "13:43-13:49",
          message:
            "the cron job asks for PLATFORM_BRANCH = master, but the repository has main and no master",
          fix: "unsafe: Ask for the branch main",
        },
      ],
      fixed: guarded(backup),
    },
  },
  quiet: {
    "it has both": { text: onMaster, facts: { branches: new Set(["main", "master"]) } },
    "it has neither": { text: onMaster, facts: { branches: new Set(["trunk"]) } },
    "the default branch is known": {
      text: onMaster,
      facts: { branches: new Set(["main"]), defaultBranch: { name: "master", because: "" } },
    },
    "the checkout isn't one of Git": { text: onMaster, facts: {} },
  },
};
