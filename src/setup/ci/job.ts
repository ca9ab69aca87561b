import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { actsFromCi, ciUses } from "../../automation/ci-jobs.ts";
import type { Change } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { includePatch, includes, stagesOf } from "../../cifile/include.ts";
import { type JobToPaste, jobToPaste, type PastedSystem } from "../../cifile/job-to-paste.ts";
import {
  gitlabJobPath,
  gitlabJobText,
  type NewJob,
  workflowPath,
  workflowText,
} from "../../cifile/new-job.ts";
import { pinnedCli } from "../../cifile/pins.ts";
import { type CiReading, readCi } from "../../cifile/read.ts";
import { openHost, whyNotRun } from "../../cihost/host.ts";
import { pipelineFile, usualPipeline } from "../../cihost/pipeline-file.ts";
import { Failure } from "../../failure.ts";
import { productionBranch } from "../../git/production.ts";
import { parseSource, type Source } from "../../yaml/source.ts";
import { type CiTask, type CronTask, detailsOf } from "../chosen-tasks.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { linesForCi } from "./lines.ts";
import { hostProgramContext, repositoryOf, rootOf, writtenSystemOf } from "./target.ts";

/** What is there of a task's job in CI, and the changes that make it what it should be. */
export type CiJobPlan =
  | { readonly kind: "there"; readonly shown: string }
  | { readonly kind: "changes"; readonly changes: readonly Change[] };

/**
 * Plans the job of a task: a file of its own, and for GitLab one item that includes it. Nothing else is written, and no
 * file that is there is changed to hold the job.
 * Throws a `Failure`: "usage" where no release of the CLI is known, "uneditable" where a file is in the way.
 */
export async function planCiJob(
  task: CiTask,
  session: Session,
  context: SetupContext,
): Promise<CiJobPlan> {
  const root = await realpath(rootOf(context));
  const ci = await readCi(root, context.files, session.request.directory);
  const there = jobThere(task, session, ci);
  if (there !== undefined) return { kind: "there", shown: there };
  const job = await newCiJob(task, session, context);
  const isGitlab = writtenSystemOf(session) === "gitlab";
  if (isGitlab) await refusePipelineElsewhere(job.task, session, context);
  const written: WrittenJob = {
    task: job.task,
    purpose: `run the task ${job.task} on ${isGitlab ? "GitLab" : "GitHub"}`,
    text: (stage) => (isGitlab ? gitlabJobText(job, stage) : workflowText(job)),
  };
  const place = { root, session, ci };
  return {
    kind: "changes",
    changes: isGitlab ? gitlabChanges(written, place) : [githubCreation(written, place)],
  };
}

/**
 * Throws a `Failure` ("uneditable") where GitLab is known to read the pipeline from another file: a job that
 * `.gitlab-ci.yml` includes would never run. Where GitLab can't be asked, the usual file is taken.
 */
async function refusePipelineElsewhere(
  task: string,
  session: Session,
  context: SetupContext,
): Promise<void> {
  const repository = await repositoryOf(session, context);
  if (repository === undefined) return;
  const host = await openHost(
    { system: "gitlab", host: repository.host },
    hostProgramContext(context),
  );
  if ("why" in host) return;
  const file = await pipelineFile(host, repository.path).catch((error: unknown) => ({
    kind: "unread" as const,
    ...whyNotRun(host.name)(error),
  }));
  if (file.kind !== "known" || file.value === usualPipeline) return;
  throw new Failure("uneditable", {
    what: `GitLab reads the pipeline of ${repository.path} from ${file.value}, and not from ${usualPipeline}`,
    where: file.value,
    next: "have that file include the job by hand, or change the project's setting “CI/CD configuration file”",
    paste: `include:\n  - local: ${gitlabJobPath(task)}\n`,
  });
}

/** A job that gets a file of its own. */
export interface WrittenJob {
  /** In the name of the file: "backup". */
  readonly task: string;
  /** In the imperative: "run the task backup on GitHub". */
  readonly purpose: string;
  /** @param stage for GitLab, one that the pipeline has; undefined for the one that it has without naming any */
  text(stage: string | undefined): string;
}

/** What a person is to paste, by the setup that says so. */
const toPaste = new WeakMap<SetupContext, Map<string, JobToPaste>>();

/** Notes the job of a task for a system whose files a person edits, to be told at the end. */
export async function noteToPaste(
  system: PastedSystem,
  task: CiTask,
  session: Session,
  context: SetupContext,
): Promise<JobToPaste> {
  const paste = jobToPaste(system, await newCiJob(task, session, context));
  const noted = toPaste.get(context) ?? new Map<string, JobToPaste>();
  noted.set(task.id, paste);
  toPaste.set(context, noted);
  return paste;
}

/** What was noted so far, in the order of the tasks. */
export function notedToPaste(context: SetupContext): readonly JobToPaste[] {
  return [...(toPaste.get(context)?.values() ?? [])];
}

/** The job of a task as it would be written. */
async function newCiJob(task: CiTask, session: Session, context: SetupContext): Promise<NewJob> {
  const { binary, prefix, tokenEnv } = context.vendor;
  const cli = pinnedCli(binary);
  if (cli === undefined)
    throw new Failure("usage", {
      what: `No release of ${binary} is known that a job could install by its checksum`,
      where: "--where",
      next: "leave out --where: a cron of the project does the same",
    });
  const place = { project: projectOf(session), environment: environmentOf(session) };
  const branch = productionBranch(context.checkout);
  return {
    task: task.id,
    title: task.title,
    ...place,
    binary,
    prefix,
    secret: tokenEnv,
    cli,
    lines: linesForCi(task.work.script(binary, detailsOf(session)), place),
    start:
      task.work.kind === "cron"
        ? { kind: "schedule", schedule: scheduleFor({ ...task, work: task.work }, session) }
        : { kind: "push", branch: place.environment },
    repository: (await repositoryOf(session, context))?.path,
    ...(branch === undefined ? {} : { defaultBranch: branch }),
  };
}

/** When a job runs, as the end of a sentence. */
export function startInWords(task: CiTask, session: Session): string {
  return task.work.kind === "cron"
    ? `at ${scheduleFor({ ...task, work: task.work }, session)} UTC`
    : `whenever ${environmentOf(session)} is pushed to its Git host`;
}

/** The schedule that was asked for, or the task's own at a minute that few others have. */
export function scheduleFor(task: CronTask, session: Session): string {
  const asked = session.request.given[`schedule:${task.id}`];
  if (asked !== undefined) return posixSchedule(asked);
  const [, ...rest] = task.work.schedule.split(" ");
  const hash = createHash("sha256")
    .update(`${projectOf(session)} ${task.id}`)
    .digest();
  return [7 + ((hash[0] ?? 0) % 46), ...rest].join(" ");
}

/** CI systems know five fields of numbers and names, and neither `H` nor `@daily`. */
function posixSchedule(spec: string): string {
  const fields = spec.trim().split(/\s+/u);
  if (
    fields.length === 5 &&
    fields.every((field) => /^[\dA-Za-z*,/-]+$/u.test(field) && !/H/u.test(field))
  )
    return fields.join(" ");
  throw new Failure("usage", {
    what: `A CI system can't read the schedule ${spec}`,
    where: "--schedule",
    next: "give five fields of numbers, as in '23 5 * * *'",
  });
}

/** The job that runs all commands of a task on its environment already, whoever wrote it. */
function jobThere(task: CiTask, session: Session, ci: CiReading): string | undefined {
  const names = task.work.commands(detailsOf(session));
  const [project, environment] = [projectOf(session), environmentOf(session)];
  const found = ciUses(ci).find(({ job, calls }) => {
    if (job.system !== writtenSystemOf(session)) return false;
    return names.every((name) =>
      calls.some(
        (each) => each.call.name === name && actsFromCi(each, { project, environment }) === "yes",
      ),
    );
  });
  return found && `${found.job.called} in ${found.job.spot.in.shown} does it`;
}

/** The workflow of a job. Throws a `Failure` ("uneditable") where a file of its name does something else. */
export function githubCreation({ task, purpose, text }: WrittenJob, place: Place): Change {
  return creation(workflowPath(task), text(undefined), purpose, place);
}

/** Where a job is written. */
export interface Place {
  readonly root: string;
  readonly session: Session;
  readonly ci: CiReading;
}

function creation(path: string, after: string, purpose: string, place: Place): Change {
  const { root, session, ci } = place;
  if (ci.texts.has(path))
    throw new Failure("uneditable", {
      what: "There is a file of that name already, and it does something else",
      where: path,
      next: "rename that file, or write the job by hand",
      paste: after,
    });
  const shown = relative(session.request.directory, join(root, path)).split(sep).join("/");
  return { kind: "file-creation", path: join(root, path), shown, after, purpose };
}

const pipelinePath = ".gitlab-ci.yml";

/** The file of a job, and what includes it. Throws a `Failure` ("uneditable") where a file is in the way. */
export function gitlabChanges(
  { task, purpose, text }: WrittenJob,
  place: Place,
): readonly Change[] {
  const { ci } = place;
  const path = gitlabJobPath(task);
  const pipeline = ci.texts.get(pipelinePath);
  if (pipeline === undefined)
    return [
      creation(path, text(undefined), purpose, place),
      creation(pipelinePath, `include:\n  - local: ${path}\n`, `include ${path}`, place),
    ];
  const source: Source = parseSource(pipeline, pipeline.text);
  const made = creation(path, text(stageIn(source)), purpose, place);
  return includes(source, path)
    ? [made]
    : [made, fileChange(includePatch(source, path), `include ${path}`)];
}

/** Whether the pipeline has a file as a part of it. */
export function isIncluded({ texts }: CiReading, path: string): boolean {
  const pipeline = texts.get(pipelinePath);
  return pipeline !== undefined && includes(parseSource(pipeline, pipeline.text), path);
}

/** The stage of a new job, where the pipeline names its own and `test` is none of them: the last one. */
function stageIn(source: Source): string | undefined {
  const stages = stagesOf(source);
  return stages.length === 0 || stages.includes("test") ? undefined : stages.at(-1);
}
