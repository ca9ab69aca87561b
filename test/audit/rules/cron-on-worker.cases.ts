import { app, cron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a worker has crons": {
      given: app(
        "workers:",
        "    queue:",
        "        crons:",
        "            clean: { spec: '0 5 * * *', cmd: ./clean.sh }",
      ),
      finds: [
        {
          severity: "error",
          at: "5:9-5:14",
          message: "The worker queue has crons, which don't run there",
          fix: "by hand: Move them to the app",
        },
      ],
    },
    "a task has crons": {
      given: {
        text: [
          "tasks:",
          "    report:",
          "        type: 'php:8.3'",
          "        run: { command: ./report.sh }",
          "        crons:",
          "            clean: { spec: '0 5 * * *', commands: { start: ./clean.sh } }",
          "",
        ].join("\n"),
        place: { form: "task", path: ["tasks", "report"], name: "report" },
      },
      finds: [
        {
          severity: "error",
          at: "5:9-5:14",
          message: "The task report has crons, which don't run there",
          fix: "by hand: Move them to the app",
        },
      ],
    },
  },
  quiet: {
    "the app has them": app("workers:", "    queue:", "        disk: 256", ...cron(["true"])),
  },
};
