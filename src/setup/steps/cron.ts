import type { AppFile } from "../../appfile/app-file.ts";
import { addCron, freeCronName } from "../../appfile/operations.ts";
import type { FileChange } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { Failure } from "../../failure.ts";
import { type GuardTarget, guardedLines } from "../../shell/guard.ts";
import { checkoutFacts } from "../checkout-facts.ts";
import { type CronTask, cronTasks, detailsOf } from "../chosen-tasks.ts";
import type { SetupContext } from "../context.ts";
import { doneBy } from "../existing-cron.ts";
import { type EditWords, offerEdit, takeEdit } from "../file-edit.ts";
import { environmentOf, projectOf, required, type Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The cron of a task: guarded, and with no command that waits or asks. */
export function cronOf(task: CronTask): Step {
  const { id, title } = task;
  return {
    id: `cron:${id}`,
    title: "Cron",
    needed: (session) => session.request.only.includes("cron") && cronTasks(session).includes(task),
    basis: ({ answers }) =>
      [
        answers.app,
        answers.task,
        answers.operation,
        answers.commands,
        answers["backup-kind"],
        answers[`schedule:${id}`],
        answers.guard,
        answers.branch,
      ]
        .map((answer) => answer?.value)
        .join(" "),
    open: async (session, context) => {
      const there = doneBy(await context.app(session), session, task);
      if (there !== undefined) {
        return {
          kind: "settled",
          answer: {
            value: "there",
            shown: `the cron ${there.name} does it`,
            because: "nothing to do",
          },
        };
      }
      const several = cronTasks(session).length > 1;
      return offerEdit(
        several ? { ...words, title: `${title}: add the cron?` } : words,
        () => planCron(task, session, context),
        (file) => checkoutFacts(session, context, file),
      );
    },
    take: (session, reply, context) =>
      takeEdit(reply, () => planCron(task, session, context), context),
  };
}

const words: EditWords = {
  title: "Add the cron?",
  byHand: "The cron has to be added by hand",
  help: [
    "Crons run in dash, so the guard is POSIX: [ … = … ], never [[ … ]] or ==.",
    "--no-wait: a cron that waits for its own backup holds the deployments of the environment meanwhile.",
    "A cron takes effect with the next push; no build is needed for it.",
  ],
};

async function planCron(
  { id, work }: CronTask,
  session: Session,
  context: SetupContext,
): Promise<FileChange> {
  const app = await context.app(session);
  const name = cronName(app, session.request.cronNames[id], work.cronName);
  const script = work.script(context.vendor.binary, detailsOf(session));
  const patch = addCron(app, {
    name,
    spec: required(session.answers[`schedule:${id}`]),
    lines: guardedLines(await guardOf(session, context), script),
  });
  return fileChange(patch, `add the cron ${name}`);
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

async function guardOf(session: Session, context: SetupContext): Promise<GuardTarget> {
  const { guard, branch } = session.answers;
  if (required(guard) === "branch") return { kind: "branch", branch: required(branch) };
  if (session.request.offline) return { kind: "type", type: "production" };
  const environments = await context.platform().environments(projectOf(session));
  const environment = environments.find(({ id }) => id === environmentOf(session));
  return { kind: "type", type: environment?.type ?? "production" };
}
