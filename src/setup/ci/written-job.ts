import { createHash } from "node:crypto";
import { basename, dirname, join, relative, sep } from "node:path";
import type { Files } from "../../appfile/files.ts";
import type { Change } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { includePatch, includes, stagesOf } from "../../cifile/include.ts";
import { gitlabJobPath, workflowPath } from "../../cifile/new-job.ts";
import { type CiReading, parsedCiFile } from "../../cifile/read.ts";
import { openHost, whyNotRun } from "../../cihost/host.ts";
import { pipelineFile, usualPipeline } from "../../cihost/pipeline-file.ts";
import { Failure } from "../../failure.ts";
import { parseSource, type Source } from "../../yaml/source.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { JobThere } from "./job-there.ts";
import { hostProgramContext, repositoryOf, type WrittenSystem } from "./target.ts";

/** A job that gets a file of its own. */
export interface WrittenJob {
  /** In the name of the file: "backup". */
  readonly task: string;
  /** In the imperative: "run the task backup on GitHub". */
  readonly purpose: string;
  /** @param stage for GitLab, one that the pipeline has; undefined for the one that it has without naming any */
  text(stage: string | undefined): string;
  /** One that comes near to it and is there. */
  readonly near?: JobThere;
}

/** Where a job is written. */
export interface JobPlace {
  readonly root: string;
  readonly session: Session;
  readonly ci: CiReading;
  readonly context: SetupContext;
}

/**
 * The changes that write a job into a file of its own, and for GitLab what includes that file.
 * Throws a `Failure` ("uneditable") where a file of its name does something else, and where GitLab reads the pipeline from
 * another file than the usual one.
 */
export async function jobChanges(
  system: WrittenSystem,
  job: WrittenJob,
  place: JobPlace,
): Promise<readonly Change[]> {
  if (system === "gitlab") return await gitlabChanges(job, place);
  return [await creation(workflowPath(job.task), job.text(undefined), job, place)];
}

/**
 * A minute of the hour that few other schedules have, and always the same for the same job: CI systems start what is due
 * at a full hour late.
 *
 * @param name of the project and of what runs
 */
export function quietMinute(name: string): number {
  const [first = 0] = createHash("sha256").update(name).digest();
  return 7 + (first % 46);
}

/**
 * The file of a job, and what includes it. Throws a `Failure` ("uneditable") where a file is in the way, and where GitLab
 * reads the pipeline from another file.
 */
async function gitlabChanges(job: WrittenJob, place: JobPlace): Promise<readonly Change[]> {
  await refusePipelineElsewhere(job, place);
  const { ci } = place;
  const path = gitlabJobPath(job.task);
  const purpose = `include ${path}`;
  const pipeline = ci.texts.get(usualPipeline);
  if (pipeline === undefined)
    return [
      await creation(path, job.text(undefined), job, place),
      await creation(usualPipeline, `include:\n  - local: ${path}\n`, { purpose }, place),
    ];
  const made = (stage: string | undefined) => creation(path, job.text(stage), job, place);
  try {
    const source: Source = parseSource(pipeline, pipeline.text);
    if (includes(source, path)) return [await made(stageIn(source))];
    const including = fileChange(includePatch(source, path), purpose);
    return [await made(stageIn(source)), including];
  } catch (error) {
    if (!(error instanceof Failure) || path.startsWith(error.parts.where ?? path)) throw error;
    throw new Failure(error.reason, {
      ...error.parts,
      next: `write the job into ${path}, and what includes it into ${usualPipeline}, both by hand`,
      paste: bothByHand(usualPipeline, path, job.text(undefined)),
    });
  }
}

/** The text of a job and what includes it, for a person to paste. */
function bothByHand(pipeline: string, path: string, job: string): string {
  return `# into ${pipeline}\ninclude:\n  - local: ${path}\n\n# into ${path}\n${job}`;
}

async function creation(
  path: string,
  after: string,
  { purpose, near }: Pick<WrittenJob, "purpose" | "near">,
  { root, session, ci, context }: JobPlace,
): Promise<Change> {
  await refuseNoFolder(path, root, context.files);
  const at = join(root, path);
  const byHand = { next: "rename that file, or write the job by hand", paste: after };
  const own = ci.texts.get(path);
  const isOther = own !== undefined && !(parsedCiFile(own) instanceof Failure);
  if (isOther)
    throw new Failure("uneditable", {
      what: "There is a file of that name already, and it does something else",
      where: path,
      ...(near?.file === own.file ? { why: near.differences.join("; ") } : {}),
      ...byHand,
    });
  if (own !== undefined || (await isTaken(at, context.files)))
    throw new Failure("uneditable", {
      what: "There is something of that name already, and what it does can't be read",
      where: path,
      ...byHand,
    });
  const shown = relative(session.request.directory, at).split(sep).join("/");
  return { kind: "file-creation", path: at, shown, after, purpose };
}

/** Throws a `Failure` ("uneditable") where a part of the way to a new file is there, and is no folder. */
async function refuseNoFolder(path: string, root: string, files: Files): Promise<void> {
  const names = path.split("/").slice(0, -1);
  for (const [depth, name] of names.entries()) {
    const above = join(root, ...names.slice(0, depth));
    const found = (await files.entries(above).catch(() => [])).find((each) => each.name === name);
    if (found === undefined) return;
    if (found.isFolder) continue;
    const where = names.slice(0, depth + 1).join("/");
    throw new Failure("uneditable", {
      what: `${path} can't be written: ${where} is no folder`,
      where,
      why: "it is a file, or a link, behind which Git keeps no file",
      next: "make a folder of it, then start again",
    });
  }
}

/** Whether anything has a name, be it a folder or a link that leads nowhere. */
async function isTaken(path: string, files: Files): Promise<boolean> {
  const beside = await files.entries(dirname(path)).catch(() => []);
  return beside.some(({ name }) => name === basename(path));
}

/** Whether the pipeline has a file as a part of it. */
export function isIncluded({ texts }: CiReading, path: string): boolean {
  const pipeline = texts.get(usualPipeline);
  return pipeline !== undefined && includes(parseSource(pipeline, pipeline.text), path);
}

/** The stage of a new job, where the pipeline names its own and `test` is none of them: the last one. */
function stageIn(source: Source): string | undefined {
  const stages = stagesOf(source);
  return stages.length === 0 || stages.includes("test") ? undefined : stages.at(-1);
}

/**
 * The file that GitLab reads the pipeline from, where it is known to be another than the usual one; else undefined, as
 * offline, where the host isn't asked.
 */
export async function pipelineElsewhere(
  session: Session,
  context: SetupContext,
): Promise<{ readonly repository: string; readonly file: string } | undefined> {
  const repository = repositoryOf(session, context);
  if (repository === undefined || session.request.offline) return undefined;
  const host = await openHost(
    { system: "gitlab", host: repository.host },
    hostProgramContext(context),
  );
  if ("why" in host) return undefined;
  const file = await pipelineFile(host, repository.path).catch((error: unknown) => ({
    kind: "unread" as const,
    ...whyNotRun(host.name)(error),
  }));
  return file.kind !== "known" || file.value === usualPipeline
    ? undefined
    : { repository: repository.path, file: file.value };
}

/** Throws a `Failure` ("uneditable") where a job that `.gitlab-ci.yml` includes would never run. */
async function refusePipelineElsewhere(
  { task, text }: WrittenJob,
  { session, context }: JobPlace,
): Promise<void> {
  const elsewhere = await pipelineElsewhere(session, context);
  if (elsewhere === undefined) return;
  const { repository, file } = elsewhere;
  const path = gitlabJobPath(task);
  throw new Failure("uneditable", {
    what: `GitLab reads the pipeline of ${repository} from ${file}, and not from ${usualPipeline}`,
    where: file,
    next: `write the job into ${path} and have that file include it, both by hand, or change the project's setting “CI/CD configuration file”`,
    paste: bothByHand(file, path, text(undefined)),
  });
}
