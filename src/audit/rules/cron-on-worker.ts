import { workerCrons } from "../../automation/job-shapes.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A worker has crons, which don't run there. */
export const cronOnWorker = rule({
  id: "cron-on-worker",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "Crons are written for a worker, where the platform doesn't run any.",
  why: "Only the app itself runs crons. Those of a worker are refused or do nothing. (Manual: “Workers”, “Crons”.)",
  manual: "create-apps/image-properties/workers",
  example: {
    before: `workers:
    queue:
        crons:
            clean:
                spec: '0 5 * * *'
                commands:
                    start: ./clean.sh`,
    after: `crons:
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh
workers:
    queue: {}`,
  },
  ignore: "Never: they don't run.",
  check: ({ app }) =>
    workerCrons(app).map(({ worker, entry }) => ({
      message: `The worker ${worker} has crons, which don't run there`,
      location: placeAt(app.source, entry.keyStart, entry.keyEnd),
      fix: byHand("Move them to the app", {
        what: "The app may have crons of the same names",
        next: "write them below the crons of the app, and take them out of the worker",
      }),
    })),
});
