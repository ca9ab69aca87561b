import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import { disk } from "../../appfile/files.ts";
import type { Change } from "../../change/change.ts";
import { readCi } from "../../cifile/gather.ts";
import { gitlabJobPath, workflowPath } from "../../cifile/new-job.ts";
import {
  gitlabVerifyText,
  packageVariable,
  readerSecret,
  type VerifyJob,
  verifyTask,
  verifyWorkflowText,
} from "../../cifile/verify-job.ts";
import type { StoredSecret } from "../../cihost/secret-store.ts";
import type { Fact } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { shellWord } from "../../shell/guard.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { lookUp, storeFor } from "./secret.ts";
import { repositoryOf, rootOf, type WrittenSystem } from "./target.ts";
import {
  isIncluded,
  jobChanges,
  pipelineElsewhere,
  quietMinute,
  type WrittenJob,
} from "./written-job.ts";

/** What is there of the job that looks every day, and the changes that make it. */
export type VerifyJobPlan =
  | { readonly kind: "there"; readonly shown: string }
  /** It fails every day: nobody said what npm is to install. */
  | { readonly kind: "unfilled"; readonly shown: string }
  /** Whether its secret is set isn't known; `why` is a clause. */
  | { readonly kind: "secret-unread"; readonly shown: string; readonly why: string }
  | { readonly kind: "no-secret"; readonly shown: string }
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
export const ownRelease: string | undefined =
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
    const isReached =
      !isGitlab ||
      (isIncluded(ci, shown) && (await pipelineElsewhere(session, context)) === undefined);
    const text = Buffer.from(await disk.read(join(root, shown))).toString("utf8");
    const isOurs = isReached && saysTheSame(text, written.text(undefined));
    if (!isOurs) return { kind: "other", shown };
    if (isUnfilled(text)) return { kind: "unfilled", shown };
    const secret = await readerSecretOf(system, session, context);
    if (secret.kind === "unread") return { kind: "secret-unread", shown, why: secret.why };
    return { kind: secret.kind === "known" ? "there" : "no-secret", shown };
  }
  const changes = await jobChanges(system, written, { root, session, ci, context });
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
  const appFile = request.appFile === undefined ? "" : below(await realpath(request.appFile));
  if (isAbsolute(appFile) || appFile.startsWith("../"))
    throw new Failure("usage", {
      what: "The file of the application is outside of the checkout",
      where: "--app-file",
      why: "the job finds only what is in its repository",
      next: "name a file of the checkout, or leave the daily look out",
    });
  const directory = below(await realpath(request.directory));
  const app = answers.app?.value;
  return {
    project,
    environment,
    words: [
      ...(directory === "" ? [] : [directory]),
      ...["--project", project, "--environment", environment],
      ...(appFile === "" ? [] : ["--app-file", appFile]),
      ...(app === undefined ? [] : ["--app", app]),
    ].map(shellWord),
    tokenEnv: context.vendor.tokenEnv,
    installs: ownRelease,
    schedule: verifySchedule(session),
    repository: repositoryOf(session, context)?.path,
  };
}

/** When the job looks: five fields, in UTC, at its quiet minute. */
export function verifySchedule(session: Session): string {
  const job = `${projectOf(session)} ${environmentOf(session)} ${verifyTask}`;
  return `${quietMinute(job)} 7 * * *`;
}

/** What the host tells of the secret that the job takes its token from. */
async function readerSecretOf(
  system: WrittenSystem,
  session: Session,
  context: SetupContext,
): Promise<Fact<StoredSecret>> {
  const repository = repositoryOf(session, context);
  if (repository === undefined)
    return { kind: "unread", why: "no remote of the checkout names its repository" };
  const { host, path } = repository;
  const place = { system, host, repository: path, name: readerSecret };
  const store = await storeFor(place, context);
  return "why" in store ? { kind: "unread", why: store.why } : lookUp(store, place);
}

/** Whether a file is the one that would be written, but for what a person says in it: what is installed, and the stage. */
function saysTheSame(there: string, fresh: string): boolean {
  return withoutOwn(there) === withoutOwn(fresh);
}

/** Whether a file leaves open what npm is to install. */
function isUnfilled(text: string): boolean {
  const value = ownPackage.exec(text)?.[2] ?? "";
  return /^\s*(?:''|""|~|null)?\s*(?:#.*)?$/u.test(value);
}

function withoutOwn(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(ownPackage, "$1")
    .replace(/^ {2}stage: .*\n/mu, "");
}

const ownPackage = new RegExp(`^( +${packageVariable}:)(.*)$`, "mu");
