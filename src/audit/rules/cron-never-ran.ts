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
/** For so long, another activity may keep a cron that ran before from running. */
const heldUpMs = dayMs;

/** A cron is deployed, its time has come several times, and it didn't run. */
export const cronNeverRan = rule({
  id: "cron-never-ran",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  reads: ["deployment", "runs"],
  fixable: "by-hand",
  what: "A cron that calls the CLI is deployed, its time has come several times, and it didn't run, or not any more.",
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
        const { times, lastRun } = missedStarts(entry, app.name, home, readAt);
        if (times < enoughStarts) return [];
        const { id } = home.environment;
        const before =
          lastRun === undefined
            ? `is deployed on ${id}, and didn't run when it was due`
            : `ran last on ${id} on ${lastRun.slice(0, 10)}, and not when it was due after that`;
        return [
          {
            message: `The cron ${entry.name} ${before}, ${times} times`,
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

/** How often a cron was due and didn't run, and when it ran last; undefined where no run is known. */
interface MissedStarts {
  readonly times: number;
  readonly lastRun: string | undefined;
}

/**
 * How often a cron was due since it ran last, or since it was deployed on an environment; 0 times where that can't be told.
 *
 * @param app the name of its app
 * @param readAt when the facts were read
 */
export function missedStarts(
  { name }: Cron,
  app: string,
  facts: EnvironmentFacts,
  readAt: Date | undefined,
): MissedStarts {
  const [deployment, runs] = [valueIn(facts.deployment), valueIn(facts.runs)];
  const { environment } = facts;
  const deployedApp = deployment?.apps.find((one) => one.name === app);
  const deployed = deployedApp?.crons.find((cron) => cron.name === name);
  const times = timesOf(deployed?.spec ?? "");
  const deployedAt = momentOf(environment.deploymentState?.at ?? deployment?.updatedAt);
  const last = runs?.find((run) => run.cron === name);
  const lastRun = last?.createdAt;
  const unknown = { times: 0, lastRun };
  if (times === undefined || readAt === undefined || Number.isNaN(deployedAt)) return unknown;
  if (runs === undefined || environment.deploymentState?.crons !== "running") return unknown;
  // The start of that run is none that was missed.
  const ranAt = last === undefined ? 0 : momentOf(lastRun) + 1;
  // The list reaches back to a run that is in it.
  const oldest =
    last !== undefined || runs.length < latestRuns ? 0 : momentOf(runs.at(-1)?.createdAt);
  const from = Math.max(deployedAt, ranAt, oldest, readAt.getTime() - memoryMs);
  const to = readAt.getTime() - leewayMs;
  if (Number.isNaN(from) || (last !== undefined && to - from < heldUpMs)) return unknown;
  // Schedules count in the app's timezone.
  const missed = startsBetween(times, new Date(from), new Date(to), deployedApp?.timezone);
  return { times: missed ?? 0, lastRun };
}

function momentOf(text: string | undefined): number {
  return Date.parse(text ?? "");
}
