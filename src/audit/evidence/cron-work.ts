import { ciUses } from "../../automation/ci-jobs.ts";
import { deployedJobsOf, type Job, jobsOf } from "../../automation/job.ts";
import { valueIn } from "../../fact.ts";
import type { Activity } from "../../platform/activities.ts";
import type { AuditFacts } from "../rule.ts";

/** As many runs tell whether a cron does its work. */
export const latestRuns = 30;

/** A backup that begins so soon after a cron was made by it. */
const soonMs = 10 * 60 * 1000;

/**
 * The jobs of all apps of a project that run with its variables, and so as one machine user. Of an app that wasn't read,
 * they count as they are deployed.
 */
export function runningJobs({ app, apps = [app], platform }: AuditFacts): readonly Job[] {
  const names = new Set(apps.map(({ name }) => name));
  const deployed = (platform && valueIn(platform.deployment))?.apps ?? [];
  return [
    ...apps.flatMap(jobsOf),
    ...deployed.filter(({ name }) => !names.has(name)).flatMap(deployedJobsOf),
  ].filter(({ kind }) => kind !== "build");
}

/** Whose work the machine user does, as the beginning of a sentence: that of CI where nothing on the platform calls the CLI. */
export function workOf(facts: AuditFacts): string {
  const isOnPlatform = runningJobs(facts).some(({ calls }) => calls.length > 0);
  const isInCi = facts.ci !== undefined && ciUses(facts.ci).some(({ calls }) => calls.length > 0);
  return isInCi && !isOnPlatform ? "The CI job's work" : "The cron's work";
}

/** The ids of the accounts that made the backups which a cron began; none where the runs aren't known. */
export function madeByCron(facts: AuditFacts): ReadonlySet<string> {
  const runs = (facts.platform && valueIn(facts.platform.runs)) ?? [];
  const backingUp = new Set(
    runningJobs(facts).flatMap(({ cron, calls }) =>
      calls.some(({ name }) => name === "backup:create") ? (cron ?? []) : [],
    ),
  );
  const begun = runs
    .filter(({ type, cron }) => type === "environment.cron" && backingUp.has(cron ?? ""))
    .map(momentOf);
  const makers = runs.flatMap((run) => {
    const at = momentOf(run);
    const isByCron = begun.some((began) => at >= began && at - began < soonMs);
    return run.type === "environment.backup" && isByCron ? (run.user ?? []) : [];
  });
  return new Set(makers);
}

function momentOf({ createdAt = "" }: Activity): number {
  return Date.parse(createdAt);
}
