import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import { disk } from "../../appfile/files.ts";
import type { Change } from "../../change/change.ts";
import { gitlabJobPath, workflowPath } from "../../cifile/new-job.ts";
import { readCi } from "../../cifile/read.ts";
import {
  gitlabVerifyText,
  packageVariable,
  type VerifyJob,
  verifyTask,
  verifyWorkflowText,
} from "../../cifile/verify-job.ts";
import { shellWord } from "../../shell/guard.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { githubCreation, gitlabChanges, isIncluded, type WrittenJob } from "./job.ts";
import { repositoryOf, rootOf, type WrittenSystem } from "./target.ts";

/** What is there of the job that looks every day, and the changes that make it. */
export type VerifyJobPlan =
  | { readonly kind: "there"; readonly shown: string }
  /** A file of its name that says something else; whether it looks at this project isn't known. */
  | { readonly kind: "other"; readonly shown: string }
  | { readonly kind: "changes"; readonly changes: readonly Change[]; readonly schedule: string };

/** The system that the checkout says it has, where machinist writes its jobs. */
export function verifySystemOf({ request: { ciSystem } }: Session): WrittenSystem | undefined {
  return ciSystem?.system === "github" || ciSystem?.system === "gitlab"
    ? ciSystem.system
    : undefined;
}

/**
 * What a job installs with npm. A checkout may be anybody's, and what a name on npm is then isn't known: only a release
 * says where it comes from (`.config/released.js`).
 */
export const installedRelease: string | undefined =
  "repository" in packageJson ? `${packageJson.name}@${packageJson.version}` : undefined;

/**
 * Plans the job that runs `machinist verify` every day: a file of its own, and for GitLab one item that includes it.
 * Throws a `Failure` ("uneditable") where the pipeline can't be given that item, and what reading the file throws that is there.
 */
export async function planVerifyJob(
  system: WrittenSystem,
  session: Session,
  context: SetupContext,
): Promise<VerifyJobPlan> {
  const root = await realpath(rootOf(context));
  const ci = await readCi(root, context.files, session.request.directory);
  const job = await verifyJob(root, session, context);
  const isGitlab = system === "gitlab";
  const written: WrittenJob = {
    task: verifyTask,
    purpose: `look every day on ${isGitlab ? "GitLab" : "GitHub"} whether it still works`,
    text: (stage) => (isGitlab ? gitlabVerifyText(job, stage) : verifyWorkflowText(job)),
  };
  const shown = isGitlab ? gitlabJobPath(verifyTask) : workflowPath(verifyTask);
  if (await disk.isFile(join(root, shown))) {
    const isReached = !isGitlab || isIncluded(ci, shown);
    const isOurs = saysTheSame(await disk.read(join(root, shown)), written.text(undefined));
    return { kind: isOurs && isReached ? "there" : "other", shown };
  }
  const place = { root, session, ci };
  const changes = isGitlab ? gitlabChanges(written, place) : [githubCreation(written, place)];
  return { kind: "changes", changes, schedule: job.schedule };
}

async function verifyJob(
  root: string,
  session: Session,
  context: SetupContext,
): Promise<VerifyJob> {
  const [project, environment] = [projectOf(session), environmentOf(session)];
  const { request, answers } = session;
  const below = (path: string) => relative(root, path).split(sep).join("/");
  const directory = below(await realpath(request.directory));
  const app = answers.app?.value;
  return {
    project,
    environment,
    words: [
      ...(directory === "" ? [] : [directory]),
      ...["--project", project, "--environment", environment],
      ...(request.appFile === undefined ? [] : ["--app-file", below(request.appFile)]),
      ...(app === undefined ? [] : ["--app", app]),
    ].map(shellWord),
    tokenEnv: context.vendor.tokenEnv,
    installs: installedRelease,
    schedule: `${minuteOf(project, environment)} 7 * * *`,
    repository: (await repositoryOf(session, context))?.path,
  };
}

/** A minute that few others have: schedules at full hours start late. */
function minuteOf(project: string, environment: string): number {
  const hash = createHash("sha256").update(`${project} ${environment} ${verifyTask}`).digest();
  return 7 + ((hash[0] ?? 0) % 46);
}

/** Whether a file is the one that would be written, but for what a person says in it: what is installed, and the stage. */
function saysTheSame(there: Uint8Array, fresh: string): boolean {
  return withoutOwn(Buffer.from(there).toString("utf8")) === withoutOwn(fresh);
}

function withoutOwn(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(ownPackage, "$1''")
    .replace(/^ {2}stage: .*\n/mu, "");
}

const ownPackage = new RegExp(`^( +${packageVariable}: ).*$`, "mu");
