import type { AppFile } from "../../appfile/app-file.ts";
import { addCron, freeCronName } from "../../appfile/operations.ts";
import { isBeforeRelease, releaseInApp } from "../../automation/installed-release.ts";
import type { FileChange } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { type Preview, previewOf } from "../../change/preview.ts";
import { Failure } from "../../failure.ts";
import { productionBranch } from "../../git/production.ts";
import { firstReleases, firstWithLiveBackups } from "../../shell/cli-commands.ts";
import { type GuardTarget, guardedLines } from "../../shell/guard.ts";
import type { Binary } from "../../shell/installer.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { type CronTask, detailsOf } from "../tasks/chosen.ts";

/** What of a cron is chosen, beside what it runs. */
export interface CronChoice {
  /** Five fields. */
  readonly spec: string;
  readonly guard: GuardTarget;
}

/**
 * The change that adds the cron of a task. Throws a `Failure`: "uneditable" when the file can't be edited safely, "usage"
 * when the name that was asked for is taken, and when the CLI that the app installs is too old for what the cron runs.
 */
export function cronChange(
  { id, work }: CronTask,
  session: Session,
  { vendor }: Pick<SetupContext, "vendor">,
  app: AppFile,
  { spec, guard }: CronChoice,
): FileChange {
  const name = cronName(app, session.request.cronNames[id], work.cronName);
  const details = detailsOf(session);
  refuseOldCli(app, vendor.binary, work.commands(details), details.live);
  const script = work.script(vendor.binary, details);
  const patch = addCron(app, { name, spec, lines: guardedLines(guard, script) });
  return fileChange(patch, `add the cron ${name}`);
}

function refuseOldCli(
  app: AppFile,
  binary: Binary,
  commands: readonly string[],
  live: boolean,
): void {
  const installed = releaseInApp(app);
  const needed = commands.flatMap((name) => [
    { says: name, since: firstReleases.get(name) },
    ...(name === "backup:create" && live
      ? [{ says: `${name} with --live`, since: firstWithLiveBackups }]
      : []),
  ]);
  for (const { says, since } of needed)
    if (since !== undefined && isBeforeRelease(installed, since))
      throw new Failure("usage", {
        what: `The ${binary} that ${app.name} installs is too old for this cron`,
        where: app.location.shown,
        why: `${says} came with ${since.join(".")}, and an older release is pinned there`,
        next: "put a newer release there, or take that one out for setup to install the current one; then start again",
      });
}

/** The name that was asked for, which must be free, or the task's, with a number if it is taken. */
function cronName(app: AppFile, wanted: string | undefined, usual: string): string {
  if (wanted === undefined) return freeCronName(app, usual);
  if (app.crons.some(({ name }) => name === wanted)) {
    throw new Failure("usage", {
      what: `There is a cron named ${wanted} already`,
      where: app.location.shown,
      next: "choose another name with --cron-name",
    });
  }
  return wanted;
}

/**
 * The diff that the crons come to with a choice that is not made yet, for the question about it. Nothing where the file
 * can't be edited: the step of the cron says so.
 *
 * @param choice gives what is chosen for one of the tasks, with the answer in question
 */
export function cronPreviews(
  session: Session,
  context: SetupContext,
  app: AppFile,
  tasks: readonly CronTask[],
  choice: (task: CronTask) => CronChoice,
): readonly Preview[] {
  return tasks.flatMap((task) => {
    try {
      return [previewOf(cronChange(task, session, context, app, choice(task)))];
    } catch (error) {
      if (error instanceof Failure) return [];
      throw error;
    }
  });
}

/** The schedule that was chosen for a task, else the one it suggests. */
export function specOf({ id, work }: CronTask, { answers }: Session): string {
  return answers[`schedule:${id}`]?.value ?? work.schedule;
}

/** What a guard of a kind would test, before its branch is chosen: the environment's own, or its type. */
export interface GuardOffer {
  /** Undefined where nobody can say which branch it is. */
  readonly branch: GuardTarget | undefined;
  readonly type: GuardTarget;
}

/** Reads what each kind of guard would test for the environment of the session. */
export async function guardOffer(session: Session, context: SetupContext): Promise<GuardOffer> {
  const { offline, given } = session.request;
  const chosen = session.answers.branch?.value ?? given.branch;
  if (offline) {
    const name = chosen ?? productionBranch(context.checkout);
    return {
      branch: name === undefined ? undefined : { kind: "branch", branch: name },
      type: { kind: "type", type: "production" },
    };
  }
  const environments = await context.platform().environments(projectOf(session));
  const environment = environments.find(({ id }) => id === environmentOf(session));
  return {
    branch: { kind: "branch", branch: chosen ?? environmentOf(session) },
    type: { kind: "type", type: environment?.type ?? "production" },
  };
}
