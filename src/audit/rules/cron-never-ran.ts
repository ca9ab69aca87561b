import type { Cron } from "../../appfile/app-file.ts";
import { jobsOf } from "../../automation/job.ts";
import { timesOf } from "../../automation/schedule.ts";
import { startsBetween } from "../../automation/starts.ts";
import { valueIn } from "../../fact.ts";
import { homesRead } from "../evidence/at-home.ts";
import { latestRuns } from "../evidence/cron-work.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { type EnvironmentFacts, rule } from "../rule.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** A start is put off by 20 minutes at most, and waits for the cron before it (manual, "Crons"). */
const leewayMs = 60 * 60 * 1000;
/** What is older may not be listed any more. */
const memoryMs = 30 * dayMs;
/** As many starts that came to nothing are no accident. */
const enoughStarts = 3;

/** A cron is deployed, its time has come several times, and it never ran. */
export const cronNeverRan = rule({
  id: "cron-never-ran",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  reads: ["deployment", "runs"],
  fixable: "by-hand",
  what: "A cron that calls the CLI is deployed, its time has come several times, and it didn't run.",
  why: "A cron that doesn't run makes no log either, so that nobody misses the backup until it is needed. Another cron that never ends, an activity that hangs or a deployment that half failed keep it from running. (Manual: “Crons”, “Troubleshoot development”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: "backup at 0 5 * * *: deployed on 1 March, not run by 5 March",
    after: "backup at 0 5 * * *: run on 6 March",
  },
  ignore: "The project was suspended or restored meanwhile.",
  check: ({ app, platform }) => {
    if (platform === undefined || platform.project.suspended === true) return [];
    const { readAt } = platform;
    return jobsOf(app).flatMap((job) => {
      const { entry, calls } = job;
      if (entry === undefined || calls.length === 0) return [];
      return homesRead(job, platform).flatMap((home) => {
        const missed = missedStarts(entry, app.name, home, readAt);
        if (missed < enoughStarts) return [];
        return [
          {
            message: `The cron ${entry.name} is deployed on ${home.environment.id}, and didn't run when it was due, ${missed} times`,
            location: placeAt(entry.in, entry.nameStart, entry.nameEnd),
            fix: byHand("Find out what keeps it from running", {
              what: "The platform doesn't say why a cron doesn't run",
              next: "look for an activity that never ends, then redeploy",
            }),
          },
        ];
      });
    });
  },
});

/**
 * How often a cron was due since it was deployed on an environment, with no run that is known; 0 where that can't be told.
 *
 * @param app the name of its app
 * @param readAt when the facts were read
 */
export function missedStarts(
  { name }: Cron,
  app: string,
  facts: EnvironmentFacts,
  readAt: Date | undefined,
): number {
  const [deployment, runs] = [valueIn(facts.deployment), valueIn(facts.runs)];
  const { environment } = facts;
  const deployedApp = deployment?.apps.find((one) => one.name === app);
  const deployed = deployedApp?.crons.find((cron) => cron.name === name);
  const times = timesOf(deployed?.spec ?? "");
  const deployedAt = momentOf(environment.deploymentState?.at ?? deployment?.updatedAt);
  if (times === undefined || readAt === undefined || Number.isNaN(deployedAt)) return 0;
  if (
    runs === undefined ||
    environment.deploymentState?.crons !== "running" ||
    runs.some((run) => run.cron === name)
  )
    return 0;
  const oldest = runs.length < latestRuns ? 0 : momentOf(runs.at(-1)?.createdAt);
  const from = Math.max(deployedAt, oldest, readAt.getTime() - memoryMs);
  const to = readAt.getTime() - leewayMs;
  // Schedules count in the app's timezone.
  return startsBetween(times, new Date(from), new Date(to), deployedApp?.timezone) ?? 0;
}

function momentOf(text: string | undefined): number {
  return Date.parse(text ?? "");
}
