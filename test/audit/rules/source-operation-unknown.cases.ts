import { withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

/** An app with the operation update, and a cron that runs this command. */
function withOperation(command: string): string {
  return `${withCron(command)}source:\n    operations:\n        update: { command: composer update }\n`;
}

/** The same as the only app of its project. */
function alone(text: string) {
  return { text, facts: { hasEveryApp: true } } as const;
}

export const cases: RuleCases = {
  fires: {
    "its name is mistyped": {
      given: alone(withOperation("platform source-operation:run -e staging updaet --no-wait")),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:74",
          message: "the cron job runs the source operation updaet, and the project has update",
          fix: "unsafe: Run the source operation update",
        },
      ],
      fixed: withOperation("platform source-operation:run -e staging update --no-wait"),
    },
    "it has another name": {
      given: alone(withOperation("platform source-operation:run --variable env:A=b upgrade")),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:73",
          message: "the cron job runs the source operation upgrade, and the project has update",
        },
      ],
    },
    "there are none": {
      given: alone(withCron("platform source-operation:run update")),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:17-13:53",
          message: "the cron job runs the source operation update, and the project has none",
        },
      ],
    },
  },
  quiet: {
    "the app has it": alone(
      withOperation("platform source-operation:run -e staging update --no-wait"),
    ),
    "only the run tells its name": alone(
      withOperation('platform source-operation:run "$OPERATION"'),
    ),
    "it has no name": alone(withOperation("platform source-operation:run --no-wait")),
    "it is one of another project": alone(
      withOperation("platform source-operation:run -p abc upgrade"),
    ),
    "one stands in a form that the platform refuses, of which another rule tells": alone(
      `${withCron("platform source-operation:run update")}source:\n    operations:\n        update: composer update\n`,
    ),
    "they stand in a file that isn't read": alone(
      `${withCron("platform source-operation:run update")}source: !include source.yaml\n`,
    ),
    "other apps of the project may have it": withOperation("platform source-operation:run upgrade"),
  },
};
