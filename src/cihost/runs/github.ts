import * as v from "valibot";
import { type Fact, known } from "../../fact.ts";
import type { HostAnswer, HostProgram } from "../host.ts";
import {
  type HostedJob,
  type HostedJobFacts,
  type HostRun,
  runOutcome,
  unreadJob,
} from "./job-facts.ts";

const workflow = v.object({ state: v.string() });
const workflowRuns = v.object({
  workflow_runs: v.array(
    v.object({
      id: v.number(),
      status: v.string(),
      conclusion: v.nullish(v.string()),
      run_started_at: v.nullish(v.string()),
    }),
  ),
});
type WorkflowRun = v.InferOutput<typeof workflowRuns>["workflow_runs"][number];
const runJobs = v.object({
  total_count: v.number(),
  jobs: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      conclusion: v.nullish(v.string()),
      started_at: v.nullish(v.string()),
      completed_at: v.nullish(v.string()),
    }),
  ),
});
type RunJob = v.InferOutput<typeof runJobs>["jobs"][number];

/** `GET /repos/…/actions/workflows/FILE` and its runs (GitHub's REST API, "Workflows" and "Workflow runs"). */
export async function githubJobFacts(
  { ask }: HostProgram,
  job: HostedJob,
): Promise<HostedJobFacts> {
  const { repository, file } = job;
  const seen = await ask(`repos/${repository}`);
  if (seen.status !== 200) return unreadJob(`gh, as it is signed in, doesn't see ${repository}`);
  const name = file.split("/").at(-1) ?? file;
  const path = `repos/${repository}/actions/workflows/${encodeURIComponent(name)}`;
  const answer = await ask(path);
  if (answer.status === 404) return { switch: { kind: "absent" }, lastRun: { kind: "absent" } };
  const read = v.safeParse(workflow, answer.json);
  if (answer.status !== 200 || !read.success)
    return unreadJob(`gh may not look at the workflows of ${repository}`);
  const { state } = read.output;
  return {
    switch: known({
      isOn: state === "active",
      called: `the workflow ${name}`,
      because: whyOff[state],
      toSwitchOn: `gh workflow enable ${name} --repo ${repository}`,
    }),
    lastRun: await githubRun({ ask }, path, job),
  };
}

const whyOff: Readonly<Record<string, string>> = {
  disabled_inactivity: "by GitHub, after 60 days without a commit",
  disabled_fork: "by GitHub, since the repository is a fork",
  disabled_manually: "by hand",
};

/**
 * The latest run of a job. Of one on a schedule, runs by other events don't count, such as by a push, in which it may be
 * left out; a run that somebody started by hand does.
 */
async function githubRun(
  { ask }: Pick<HostProgram, "ask">,
  workflowPath: string,
  job: HostedJob,
): Promise<Fact<HostRun>> {
  const { repository, scheduled } = job;
  const latest = async (event: string): Promise<Fact<WorkflowRun>> => {
    const { status, json } = await ask(`${workflowPath}/runs?${event}per_page=1`);
    const read = v.safeParse(workflowRuns, json);
    if (status !== 200 || !read.success)
      return { kind: "unread", why: `gh may not look at the runs of ${repository}` };
    const [run] = read.output.workflow_runs;
    return run === undefined ? { kind: "absent" } : known(run);
  };
  const bySchedule = scheduled ? await latest("event=schedule&") : undefined;
  const other = await latest(scheduled ? "event=workflow_dispatch&" : "");
  const found: WorkflowRun[] = [];
  for (const fact of [bySchedule, other]) {
    if (fact?.kind === "unread") return fact;
    if (fact?.kind === "known") found.push(fact.value);
  }
  const [run] = found.toSorted((a, b) => startOf(b) - startOf(a));
  if (run === undefined) return { kind: "absent" };
  const ran = jobInRun(
    await ask(`repos/${repository}/actions/runs/${run.id}/jobs?per_page=100`),
    run,
    job,
  );
  const scheduledAt =
    bySchedule?.kind === "known" ? (bySchedule.value.run_started_at ?? undefined) : undefined;
  return ran.kind === "known" ? known({ ...ran.value, scheduledAt }) : ran;
}

function startOf({ run_started_at: at }: WorkflowRun): number {
  return Date.parse(at ?? "") || 0;
}

/** How a job ended in a run, which says little of it as a whole: other jobs of its workflow may have failed, or worked. */
function jobInRun(
  { status, json }: HostAnswer,
  run: WorkflowRun,
  { repository, job, named }: HostedJob,
): Fact<Omit<HostRun, "scheduledAt">> {
  const read = v.safeParse(runJobs, json);
  if (status !== 200 || !read.success)
    return { kind: "unread", why: `gh may not look at the jobs of a run of ${repository}` };
  const { jobs: listed, total_count: count } = read.output;
  const name = named ?? job;
  const ran = jobsNamed(listed, name).map(
    (each) =>
      ({
        outcome: each.status === "completed" ? runOutcome(each.conclusion ?? "") : "under way",
        said: each.conclusion ?? each.status,
        startedAt: each.started_at ?? undefined,
        endedAt: each.completed_at ?? undefined,
      }) as const,
  );
  const gravest = gravity.flatMap(
    (outcome) => ran.find((each) => each.outcome === outcome) ?? [],
  )[0];
  // Of a matrix, jobs that are still to come aren't listed.
  const isWhole = run.status === "completed" || listed.some((each) => each.name === name);
  if (gravest !== undefined && count <= listed.length && (isWhole || gravest.outcome !== "done"))
    return known(gravest);
  const startedAt = run.run_started_at ?? undefined;
  // A workflow that GitHub can't read has a run without any job; in one under way, jobs come one by one.
  if (run.status !== "completed")
    return known({ outcome: "under way", said: run.status, startedAt, endedAt: undefined });
  if (count === 0 && run.conclusion !== "success") {
    const said = run.conclusion ?? run.status;
    return known({ outcome: runOutcome(said), said, startedAt, endedAt: undefined });
  }
  return { kind: "unread", why: `which job of its latest run it is can't be told by the name` };
}

/** Of the jobs that one becomes by a matrix, the gravest counts. */
const gravity = ["failed", "under way", "not run", "done"] as const;

/**
 * Those of a run that a job became. What an expression in its name gives, and what a matrix adds to it, the file doesn't
 * say: by an expression only those are known whose name has all that stands around it, and by one alone none is.
 */
function jobsNamed(listed: readonly RunJob[], name: string): readonly RunJob[] {
  const fixed = name.split(/\$\{\{.*?\}\}/su);
  if (fixed.length > 1) {
    if (fixed.join("").trim() === "") return [];
    const form = new RegExp(`^${fixed.map(escaped).join(".*")}(?: \\(.*\\))?$`, "su");
    return listed.filter((each) => form.test(each.name));
  }
  const same = listed.filter((each) => each.name === name);
  return same.length > 0 ? same : listed.filter((each) => each.name.startsWith(`${name} (`));
}

/** A text as a pattern that only it fits. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&");
}
