import type { AppFile, Cron } from "../../appfile/app-file.ts";
import { jobsOf } from "../../automation/job.ts";
import { valueIn } from "../../fact.ts";
import { homesRead } from "../evidence/at-home.ts";
import { placeAt } from "../findings/places.ts";
import { type EnvironmentFacts, type Rule, rule } from "../rule.ts";

/** The last run of a cron ended with a failure. */
export const cronFailing = rule({
  id: "cron-failing",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  reads: ["runs"],
  fixable: "by-hand",
  what: "A cron that calls the CLI failed the last time it ran.",
  why: "Nobody is told when a cron fails: its log is kept with the activity, and the backup it was to make isn't there. (Manual: “Crons”, “Activity”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: "the cron backup: failure on 1 March",
    after: "the cron backup: success on 2 March",
  },
  ignore: "The cause has been fixed since, and the cron hasn't run again yet.",
  check: ({ app, apps = [app], neighbours = [], platform }) =>
    platform === undefined
      ? []
      : jobsOf(app).flatMap((job) => {
          const { entry, calls } = job;
          if (entry === undefined || calls.length === 0) return [];
          return homesRead(job, platform).flatMap((home) =>
            failure(entry, home, [...apps, ...neighbours]),
          );
        }),
});

function failure(
  { name, in: file, nameStart, nameEnd }: Cron,
  { environment, runs }: EnvironmentFacts,
  apps: readonly AppFile[],
): ReturnType<Rule["check"]> {
  const last = valueIn(runs)?.find(
    (run) => run.type === "environment.cron" && run.result !== undefined && run.cron === name,
  );
  if (last?.result !== "failure") return [];
  const when = last.createdAt === undefined ? "" : `, on ${last.createdAt.slice(0, 10)}`;
  const where = environment.isMain ? "" : ` on ${environment.id}`;
  const namesakes = apps.filter(({ crons }) => crons.some((cron) => cron.name === name));
  const message = `The cron ${name} failed when it ran last${where}${when}; its log is in the activity ${last.id}`;
  const location = placeAt(file, nameStart, nameEnd);
  // An activity names the cron, and not its app.
  return namesakes.length === 1
    ? [{ message, location }]
    : [{ message: `${message}, unless that of another app did`, location, confidence: "low" }];
}
