import * as v from "valibot";
import { type Fact, known } from "../../fact.ts";
import type { HostAnswer, HostProgram } from "../host.ts";
import { pipelineFile, usualPipeline } from "../pipeline-file.ts";
import {
  type HostedJob,
  type HostedJobFacts,
  type HostRun,
  runOutcome,
  type Switch,
  unreadJob,
} from "./job-facts.ts";

const schedules = v.array(
  v.object({ id: v.number(), description: v.nullish(v.string()), active: v.boolean() }),
);
const schedule = v.object({
  variables: v.array(v.object({ key: v.string(), value: v.nullish(v.string()) })),
});
const jobs = v.array(
  v.object({
    name: v.string(),
    status: v.string(),
    started_at: v.nullish(v.string()),
    finished_at: v.nullish(v.string()),
  }),
);

/** As many does GitLab list at once. */
const mostOnAPage = 100;
/** Of so many schedules the variables are asked for, one by one. */
const mostSchedules = 20;

/** `GET /projects/…/pipeline_schedules` and `…/jobs` (GitLab's REST API, "Pipeline schedules" and "Jobs"). */
export async function gitlabJobFacts(
  host: HostProgram,
  { repository, job, startedBy }: HostedJob,
): Promise<HostedJobFacts> {
  const { ask } = host;
  const project = `projects/${encodeURIComponent(repository)}`;
  const file = await pipelineFile(host, repository);
  if (file.kind === "unread") return unreadJob(file.why);
  // Another file may include the usual one, and need not.
  if (file.kind === "known" && file.value !== usualPipeline)
    return unreadJob(
      `GitLab reads the pipeline of ${repository} from ${file.value}, and not from ${usualPipeline}`,
    );
  return {
    switch: await gitlabSwitch({ ask }, project, startedBy),
    lastRun: gitlabRun(await ask(`${project}/jobs?per_page=${mostOnAPage}`), job),
  };
}

async function gitlabSwitch(
  { ask }: Pick<HostProgram, "ask">,
  project: string,
  startedBy: HostedJob["startedBy"],
): Promise<Fact<Switch> | undefined> {
  if (startedBy?.kind === "push") return undefined;
  if (startedBy === undefined)
    return { kind: "unread", why: "GitLab keeps schedules apart from what they start" };
  const answer = await ask(`${project}/pipeline_schedules?per_page=${mostOnAPage}`);
  const read = v.safeParse(schedules, answer.json);
  if (answer.status !== 200 || !read.success)
    return { kind: "unread", why: "glab may not list the schedules of the project" };
  let hidden = read.output.length > mostSchedules;
  const matching: Pick<Switch, "isOn" | "called">[] = [];
  for (const { id, description, active } of read.output.slice(0, mostSchedules)) {
    const { json } = await ask(`${project}/pipeline_schedules/${id}`);
    const one = v.safeParse(schedule, json);
    // Only its owner and maintainers see the variables of a schedule.
    if (!one.success) hidden = true;
    else if (
      one.output.variables.some(
        ({ key, value }) => key === startedBy.variable && value === startedBy.value,
      )
    )
      matching.push({ isOn: active, called: `the schedule ${description ?? id}` });
  }
  // Several may start it; one that is on does.
  const started = matching.find(({ isOn }) => isOn) ?? (hidden ? undefined : matching[0]);
  if (started !== undefined)
    return known({ ...started, because: undefined, toSwitchOn: undefined });
  return hidden
    ? { kind: "unread", why: "not all schedules of the project show what they start" }
    : { kind: "absent" };
}

function gitlabRun({ status, json }: HostAnswer, job: string): Fact<HostRun> {
  const read = v.safeParse(jobs, json);
  if (status !== 200 || !read.success)
    return { kind: "unread", why: "glab may not list the jobs of the project" };
  const run = read.output.find(({ name }) => name === job);
  if (run === undefined)
    return read.output.length < mostOnAPage
      ? { kind: "absent" }
      : { kind: "unread", why: `it is not among the latest ${mostOnAPage} jobs` };
  const isOver = /^(?:success|failed|canceled|skipped|manual)$/u.test(run.status);
  return known({
    outcome: isOver ? runOutcome(run.status) : "under way",
    said: run.status,
    startedAt: run.started_at ?? undefined,
    endedAt: run.finished_at ?? undefined,
    scheduledAt: undefined,
  });
}
