import type { AppFile } from "../../appfile/app-file.ts";
import { jobsOf } from "../../automation/job.ts";
import type { TargetEnvironment } from "../../automation/target.ts";
import { type Candidate, candidatesFor, candidatesInCi, type Wish } from "../../automation/wish.ts";
import { readCi } from "../../cifile/gather.ts";
import { Failure } from "../../failure.ts";
import { productionBranch } from "../../git/production.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { type CronTask, cronTasks, detailsOf } from "../tasks/chosen.ts";

/** Whether the cron of a task is there already. */
export type CronThere =
  | { readonly kind: "there"; readonly candidate: Candidate }
  /** Something may do the same; what differs is named. */
  | { readonly kind: "doubt"; readonly candidate: Candidate }
  /** There is none; other crons and jobs run the same commands, but not so. */
  | { readonly kind: "missing"; readonly others: readonly Candidate[] };

/** Looks among all that the checkout runs for a cron that does a task as it is wished for. */
export async function cronThere(
  task: CronTask,
  session: Session,
  context: SetupContext,
): Promise<CronThere> {
  const app = await context.app(session);
  const wish = await wishOf(task, session, context);
  const own = candidatesFor(wish, app, jobsOf(app));
  const [nearest] = own;
  if (nearest?.differences.length === 0) return { kind: "there", candidate: nearest };
  const all = [
    ...own,
    ...(await inOtherApps(wish, app, context)),
    ...(await inCi(wish, session, context)),
  ];
  const doubtful = all.find(({ differences }) => differences.every(({ kind }) => kind === "doubt"));
  return doubtful === undefined
    ? { kind: "missing", others: all }
    : { kind: "doubt", candidate: doubtful };
}

/** What the CLI does to an environment is done for all of its apps; a script of one's own is one app's. */
async function inOtherApps(
  wish: Wish,
  { name }: AppFile,
  context: SetupContext,
): Promise<readonly Candidate[]> {
  if (wish.lines.length > 0) return [];
  const others = (await context.everyApp()).filter((app) => app.name !== name);
  return others.flatMap((app) =>
    candidatesFor(wish, app, jobsOf(app)).map((candidate) => ({
      ...candidate,
      differences: [
        ...candidate.differences,
        { kind: "doubt" as const, words: `is one of the app ${app.name}` },
      ],
    })),
  );
}

/** What the CI systems do of which the checkout has the files. */
async function inCi(
  wish: Wish,
  { request }: Session,
  { checkout, files }: SetupContext,
): Promise<readonly Candidate[]> {
  if (checkout.root === undefined) return [];
  return candidatesInCi(wish, await readCi(checkout.root, files, request.directory));
}

async function wishOf(task: CronTask, session: Session, context: SetupContext): Promise<Wish> {
  const { given } = session.request;
  const details = detailsOf(session);
  const schedule = given[`schedule:${task.id}`];
  const { guard } = given;
  const lines = task.work.literally
    ? details.commands.split("\n").flatMap((line) => line.trim() || [])
    : [];
  const isLiveAsked = details.live || session.answers["backup-kind"]?.origin === "asked";
  return {
    commands: task.work.commands(details),
    lines,
    environment: await environmentWished(session, context),
    ...(task.work.what === undefined ? {} : { what: task.work.what(details) }),
    ...(task.id === "backup" && isLiveAsked ? { live: details.live } : {}),
    ...(schedule === undefined ? {} : { schedule }),
    ...(guard === "branch" || guard === "type" ? { guard } : {}),
  };
}

/** The environment of the session; offline what the flags and the checkout say of it. */
async function environmentWished(
  session: Session,
  context: SetupContext,
): Promise<TargetEnvironment> {
  const { answers, request } = session;
  if (!request.offline) {
    const [project, id] = [projectOf(session), environmentOf(session)];
    const environments = await context.platform().environments(project);
    const found = environments.find((environment) => environment.id === id);
    if (found !== undefined)
      return {
        branch: id,
        type: found.type,
        ...(found.isMain === undefined ? {} : { isDefault: found.isMain }),
        project,
      };
    throw new Failure("api", {
      what: "The environment is gone",
      next: "start again and choose another one",
    });
  }
  const production = productionBranch(context.checkout);
  const branch = answers.branch?.value ?? request.given.branch;
  if (branch !== undefined && branch !== production)
    return { branch, ...(production === undefined ? {} : { isDefault: false }) };
  return {
    type: "production",
    isDefault: true,
    ...(production === undefined ? {} : { branch: production }),
  };
}

/** The crons that are to be added: those that aren't there, and those that a person wants beside one that is. */
export function cronsToAdd(session: Session): readonly CronTask[] {
  return cronTasks(session).filter(({ id }) => session.answers[`there:${id}`]?.value === "add");
}
