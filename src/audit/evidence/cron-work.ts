import { deployedJobsOf, type Job, jobsOf } from "../../automation/job.ts";
import { valueIn } from "../../fact.ts";
import type { Activity } from "../../platform/activities.ts";
import type { CliCommand } from "../../shell/script.ts";
import type { AuditFacts } from "../rule.ts";

/** As many runs tell whether a cron does its work. */
export const latestRuns = 30;

/** A backup that begins so soon after a cron was made by it. */
const soonMs = 10 * 60 * 1000;

/**
 * The crons of all apps of a project, which share one machine user, as far as they call the CLI. Of an app that wasn't
 * read, they count as they are deployed.
 */
function cronJobs({ app, apps = [app], platform }: AuditFacts): readonly Job[] {
  const names = new Set(apps.map(({ name }) => name));
  const deployed = (platform && valueIn(platform.deployment))?.apps ?? [];
  return [
    ...apps.flatMap(jobsOf),
    ...deployed.filter(({ name }) => !names.has(name)).flatMap(deployedJobsOf),
  ].filter(({ kind }) => kind === "cron");
}

/**
 * The calls of the CLI in the crons of a project; undefined where one that is deployed calls a script that can't be
 * read there.
 */
export function callsOfCrons(facts: AuditFacts): readonly CliCommand[] | undefined {
  const jobs = cronJobs(facts);
  const isKnown = jobs.every((job) => "file" in job || job.followed.kind === "whole");
  return isKnown ? jobs.flatMap(({ calls }) => calls) : undefined;
}

/** The ids of the accounts that made the backups which a cron began; none where the runs aren't known. */
export function madeByCron(facts: AuditFacts): ReadonlySet<string> {
  const runs = (facts.platform && valueIn(facts.platform.runs)) ?? [];
  const backingUp = new Set(
    cronJobs(facts).flatMap(({ cron, calls }) =>
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
