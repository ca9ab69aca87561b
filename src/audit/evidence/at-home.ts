import { homesOf, type ProjectEnvironments } from "../../automation/homes.ts";
import type { Job } from "../../automation/job.ts";
import type { EnvironmentFacts, PlatformFacts } from "../rule.ts";

/** The environments of the project, as the jobs look for theirs among them. */
export function environmentsOf({
  project,
  environment,
  environments = [environment],
}: PlatformFacts): ProjectEnvironments {
  return { project: project.id, all: environments, main: environment };
}

/** What is known of each environment that was read: the main one, and those that jobs are kept to. */
export function environmentsRead(platform: PlatformFacts): readonly EnvironmentFacts[] {
  return [platform, ...(platform.others ?? [])];
}

/** What is known of the environments on which a job belongs. */
export function homesRead(
  job: Pick<Job, "calls">,
  platform: PlatformFacts,
): readonly EnvironmentFacts[] {
  const homes = new Set(homesOf(job, environmentsOf(platform)).map(({ id }) => id));
  return environmentsRead(platform).filter(({ environment }) => homes.has(environment.id));
}
