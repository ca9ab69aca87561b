import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const sync = "platform sync data --yes --no-wait";
const here = (condition: string, command = backup) =>
  withCron(`if ${condition}; then`, `    ${command}`, "fi");
const offProduction = '[ "$PLATFORM_ENVIRONMENT_TYPE" != production ]';

export const cases: RuleCases = {
  fires: {
    "a word may name the environment, or be an option": {
      given: withCron(`${backup} $OPTIONS`),
      finds: [
        {
          severity: "info",
          at: "13:17-13:64",
          message:
            "the cron job runs backup:create wherever it is, and on what can't be told: only the shell knows what $OPTIONS stands for",
        },
      ],
    },
    "a program decides": {
      given: here('echo "$PLATFORM_BRANCH" | grep -q main'),
      finds: [
        {
          severity: "info",
          at: "14:21-14:59",
          message:
            "the cron job runs backup:create where that can't be told: grep may succeed or fail",
        },
      ],
    },
    "a variable of the project decides": {
      given: here('[ "$PLATFORM_BRANCH" = "$UPDATES" ]'),
      finds: [
        {
          severity: "info",
          at: "14:21-14:59",
          message:
            'the cron job runs backup:create where that can\'t be told: [ "$PLATFORM_BRANCH" = "$UPDATES" ] can\'t be judged from the file',
        },
      ],
    },
    "it is everywhere but on production": {
      given: here(offProduction),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:59",
          message: "the cron job runs backup:create on every environment but production",
        },
      ],
    },
    "it is in the else of a test for production": {
      given: withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        "    php bin/nightly.php",
        "else",
        `    ${backup}`,
        "fi",
      ),
      finds: [
        {
          severity: "warning",
          at: "16:21-16:59",
          message: "the cron job runs backup:create on every environment but production",
        },
      ],
    },
    "it is everywhere but on the default branch": {
      given: here('[ "$PLATFORM_BRANCH" != main ]'),
      finds: [
        {
          severity: "warning",
          at: "14:21-14:59",
          message: "the cron job runs backup:create on every environment but main",
        },
      ],
    },
    "it is everywhere but on another branch": {
      given: here('[ "$PLATFORM_BRANCH" != trunk ]'),
      finds: [
        {
          severity: "info",
          at: "14:21-14:59",
          message: "the cron job runs backup:create on every environment but trunk",
        },
      ],
    },
    "it is everywhere but on staging": {
      given: here('[ "$PLATFORM_ENVIRONMENT_TYPE" != staging ]', sync),
      finds: [
        {
          severity: "info",
          at: "14:21-14:55",
          message: "the cron job runs environment:synchronize on every environment but staging",
        },
      ],
    },
  },
  quiet: {
    "it is kept to one branch": guarded(backup),
    "it is everywhere": withCron(backup),
    "its guard is written wrong": here(
      'echo "$PLATFORM_TYPE" | grep -q x && [ "$PLATFORM_BRANCH" == main ]',
    ),
    "a copy of the data is for all but production": here(offProduction, sync),
    "it only reads": here('echo "$PLATFORM_BRANCH" | grep -q main', "platform backup:list"),
    "a variable names the environment": withCron(`${backup} --environment "$TARGET"`),
    "it names the environment": here(
      'echo "$PLATFORM_BRANCH" | grep -q main',
      `${backup} --environment main`,
    ),
  },
};
