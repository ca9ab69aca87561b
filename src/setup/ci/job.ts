import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { Change } from "../../change/change.ts";
import { readCi } from "../../cifile/gather.ts";
import { type JobToPaste, jobToPaste, type PastedSystem } from "../../cifile/job-to-paste.ts";
import { gitlabJobText, type NewJob, workflowText } from "../../cifile/new-job.ts";
import { pinnedCli } from "../../cifile/pins.ts";
import { type CiReading, workflow } from "../../cifile/read.ts";
import { Failure } from "../../failure.ts";
import { productionBranch } from "../../git/production.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { CiTask, CronTask } from "../tasks/chosen.ts";
import { type JobThere, jobThere } from "./job-there.ts";
import { linesOf } from "./lines.ts";
import { secretNameFor } from "./secret.ts";
import { ciSystemOf, repositoryOf, rootOf, type WrittenSystem, writtenSystemOf } from "./target.ts";
import { jobChanges, pipelineElsewhere, quietMinute, type WrittenJob } from "./written-job.ts";

/** What is there of a task's job in CI, and the changes that make it what it should be. */
export type CiJobPlan =
  | { readonly kind: "there"; readonly shown: string }
  /** `doubts` say what a job that comes near to the task does otherwise, and which files may hold one, each a sentence. */
  | {
      readonly kind: "changes";
      readonly changes: readonly Change[];
      readonly doubts: readonly string[];
    };

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
  const system = writtenSystemOf(session);
  if (system === undefined) throw new Error("No job is written without a CI system");
  const there = jobThere(task, session, ci, {
    repository: repositoryOf(session, context)?.path,
    lines: linesOf(task, session, context),
  });
  const isUnread = system === "gitlab" && (await pipelineElsewhere(session, context)) !== undefined;
  if (there?.differences.length === 0 && !isUnread) {
    // In which schedule of GitLab it runs, no file says.
    const once =
      system === "gitlab" && task.work.kind === "cron"
        ? " once a schedule of GitLab starts it"
        : "";
    return { kind: "there", shown: `${there.called} does it${once}` };
  }
  const job = newCiJob(task, session, context, secretNameFor(system, session, context, ci));
  const written: WrittenJob = {
    task: job.task,
    purpose: `run the task ${job.task} on ${system === "gitlab" ? "GitLab" : "GitHub"}`,
    text: (stage) => (system === "gitlab" ? gitlabJobText(job, stage) : workflowText(job)),
    ...(there === undefined ? {} : { near: there }),
  };
  return {
    kind: "changes",
    changes: await jobChanges(system, written, { root, session, ci, context }),
    doubts: [
      ...(there === undefined ? [] : [nearInWords(there)]),
      ...unreadInWords(system, root, ci),
    ],
  };
}

/** The files of the system that may hold the job of a task, as far as anybody can tell. */
function unreadInWords(
  system: WrittenSystem,
  root: string,
  { unreadable }: CiReading,
): readonly string[] {
  return unreadable
    .filter(({ file }) => {
      const path = relative(root, file.file).split(sep).join("/");
      return workflow.test(path) === (system === "github");
    })
    .map(({ file }) => `${file.shown} can't be read: a job in it may do the same already.`);
}

function nearInWords({ called, differences }: JobThere): string {
  return `${called[0]?.toUpperCase() ?? ""}${called.slice(1)} comes near to it, and is left as it is: ${differences.join("; ")}.`;
}

/** What a person is to paste, by the setup that says so. */
const toPaste = new WeakMap<SetupContext, Map<string, JobToPaste>>();

/** Notes the job of a task for a system whose files a person edits, to be told at the end. */
export function noteToPaste(
  system: PastedSystem,
  task: CiTask,
  session: Session,
  context: SetupContext,
): JobToPaste {
  // Their files aren't read, so that nothing is known of other jobs that have the token.
  const paste = jobToPaste(system, newCiJob(task, session, context, context.vendor.tokenEnv));
  const noted = toPaste.get(context) ?? new Map<string, JobToPaste>();
  noted.set(task.id, paste);
  toPaste.set(context, noted);
  return paste;
}

/** What was noted so far, in the order of the tasks. */
export function notedToPaste(context: SetupContext): readonly JobToPaste[] {
  return [...(toPaste.get(context)?.values() ?? [])];
}

/** What to do where no job can be written. */
const cronInstead = "leave out --where: a cron of the project does the same";

function noRelease(binary: string): string {
  return `No release of ${binary} is known that a job could install by its checksum`;
}

/** Why no job of a CI system is written for a vendor, as a sentence without its end; undefined where one can be. */
export function whyNoJob({ binary }: Pick<Vendor, "binary">): string | undefined {
  return pinnedCli(binary) === undefined ? `${noRelease(binary)}; ${cronInstead}` : undefined;
}

/** The job of a task as it would be written. */
function newCiJob(task: CiTask, session: Session, context: SetupContext, secret: string): NewJob {
  const { binary, prefix, tokenEnv } = context.vendor;
  const cli = pinnedCli(binary);
  if (cli === undefined)
    throw new Failure("usage", {
      what: noRelease(binary),
      where: "--where",
      next: cronInstead,
    });
  const place = placeOf(session);
  if (task.work.kind === "push") refuseBranch(place.environment, session);
  const branch = productionBranch(context.checkout);
  return {
    task: task.id,
    title: task.title,
    ...place,
    binary,
    prefix,
    tokenEnv,
    secret,
    cli,
    lines: linesOf(task, session, context),
    start:
      task.work.kind === "cron"
        ? { kind: "schedule", schedule: scheduleFor({ ...task, work: task.work }, session) }
        : { kind: "push", branch: place.environment },
    repository: repositoryOf(session, context)?.path,
    ...(branch === undefined ? {} : { defaultBranch: branch }),
  };
}

/**
 * Throws a `Failure` ("usage") for a branch that a system has no way to name: GitLab ends a text at a quotation mark, and
 * braces are a pattern of Bitbucket.
 */
function refuseBranch(branch: string, session: Session): void {
  const system = ciSystemOf(session);
  const isUnfit =
    (system === "gitlab" && branch.includes('"')) ||
    (system === "bitbucket" && /[{}]/u.test(branch));
  if (!isUnfit) return;
  throw new Failure("usage", {
    what: `A push to ${branch} can't start a job there: its rules have no way to write that name`,
    where: "--environment",
    next: "rename the branch",
  });
}

function placeOf(session: Session): { readonly project: string; readonly environment: string } {
  return { project: projectOf(session), environment: environmentOf(session) };
}

/** When a job runs, as the end of a sentence. */
export async function startInWords(task: CiTask, session: Session): Promise<string> {
  const { work } = task;
  if (work.kind !== "cron") return `whenever ${environmentOf(session)} is pushed to its Git host`;
  const { scheduleShort } = await import("../../automation/schedule-words.ts");
  return scheduleShort(scheduleFor({ ...task, work }, session), undefined);
}

/** The schedule that was asked for, or the task's own at a minute that few others have. */
export function scheduleFor(task: CronTask, session: Session): string {
  const asked = session.request.given[`schedule:${task.id}`];
  if (asked !== undefined) return posixSchedule(asked);
  const [, ...rest] = task.work.schedule.split(" ");
  return [quietMinute(`${projectOf(session)} ${task.id}`), ...rest].join(" ");
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
