import { backup, guarded, withCron } from "../app.ts";
import { project } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "its neighbours ask for other branches": {
      given: withCron(
        `[ "$PLATFORM_BRANCH" = stage ] && ${backup}`,
        `[ "$PLATFORM_BRANCH" = main ] && ${backup}`,
      ),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "13:40-13:45",
          message:
            "the cron job asks for PLATFORM_BRANCH = stage, but the default branch is main (as the project says); the app's crons ask for stage, main",
          fix: "unsafe: Ask for the branch main",
        },
      ],
    },
    "the branch was renamed": {
      given: withCron('if [ "$PLATFORM_BRANCH" = master ]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:43-13:49",
          message:
            "the cron job asks for PLATFORM_BRANCH = master, but the default branch is main (as the project says)",
          fix: "unsafe: Ask for the branch main",
        },
      ],
      fixed: guarded(backup),
    },
  },
  quiet: {
    "the guard names the default branch": guarded(backup),
    "only the Git host calls another branch the default": {
      text: withCron('if [ "$PLATFORM_BRANCH" = master ]; then', `    ${backup}`, "fi"),
      facts: { defaultBranch: { name: "develop", because: "", isGuess: true } },
    },
    "the API's answer has an environment without a name, which may be the one": {
      text: withCron('if [ "$PLATFORM_BRANCH" = master ]; then', `    ${backup}`, "fi"),
      facts: { platform: project({}, { unnamed: 1 }).facts.platform },
    },
    "the guard asks for the type": withCron(
      'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
      `    ${backup}`,
      "fi",
    ),
  },
};
