import type { HostProgram } from "./host.ts";
import { githubJobFacts } from "./runs/github.ts";
import { gitlabJobFacts } from "./runs/gitlab.ts";
import type { HostedJob, HostedJobFacts } from "./runs/job-facts.ts";

export type { HostedJob, HostedJobFacts, HostRun } from "./runs/job-facts.ts";

/** Asks a host how it is with a job. What the account may not see is unread. Throws a `Failure` as the program does. */
export function hostedJobFacts(host: HostProgram, job: HostedJob): Promise<HostedJobFacts> {
  return job.system === "github" ? githubJobFacts(host, job) : gitlabJobFacts(host, job);
}
