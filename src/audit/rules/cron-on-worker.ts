import { idleCrons } from "../../automation/job-shapes.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A worker or a task has crons, which don't run there. */
export const cronOnWorker = rule({
  id: "cron-on-worker",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "Crons are written for a worker or for a task of Upsun, where the platform doesn't run any.",
  why: "Only the app itself runs crons. Those of a worker or a task are refused or do nothing: a task is started by the API or the CLI, which a cron of an app may call. (Manual: “Workers”, “Tasks”, “Crons”.)",
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
    idleCrons(app).map(({ of, entry }) => ({
      message: `${of} has crons, which don't run there`,
      location: placeAt(app.source, entry.keyStart, entry.keyEnd),
      fix: byHand("Move them to the app", {
        what: "The app may have crons of the same names",
        next: "write them below the crons of an app, and take them out here",
      }),
    })),
});
