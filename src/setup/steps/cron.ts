import type { AppFile } from "../../appfile/app-file.ts";
import { addCron, freeCronName } from "../../appfile/operations.ts";
import type { FileChange } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { Failure } from "../../failure.ts";
import { type GuardTarget, guardedLines } from "../../shell/guard.ts";
import type { SetupContext } from "../context.ts";
import { doneBy } from "../existing-cron.ts";
import { type EditWords, offerEdit, takeEdit } from "../file-edit.ts";
import { environmentOf, projectOf, required, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { taskOf } from "../tasks/registry.ts";

/** The cron itself: guarded, and with no command that waits or asks. */
export const cron: Step = {
  id: "cron",
  title: "Cron",
  needed: ({ request: { only } }) => only.includes("cron"),
  basis: ({ answers }) =>
    [answers.app, answers.task, answers.schedule, answers.guard, answers.branch]
      .map((answer) => answer?.value)
      .join(" "),
  open: async (session, context) => {
    const there = doneBy(await context.app(session), session);
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
    return offerEdit(words, () => planCron(session, context));
  },
  take: (session, reply, context) => takeEdit(reply, () => planCron(session, context), context),
};

const words: EditWords = {
  title: "Add the cron?",
  byHand: "The cron has to be added by hand",
  help: [
    "Crons run in dash, so the guard is POSIX: [ … = … ], never [[ … ]] or ==.",
    "--no-wait: a cron that waits for its own backup holds the deployments of the environment meanwhile.",
    "A cron takes effect with the next push; no build is needed for it.",
  ],
};

async function planCron(session: Session, context: SetupContext): Promise<FileChange> {
  const app = await context.app(session);
  const task = taskOf(required(session.answers.task));
  if (task === undefined) throw new RangeError("the task is not in the registry");
  const name = cronName(app, session, task.cronName);
  const lines = guardedLines(await guardOf(session, context), task.script(context.vendor.binary));
  const patch = addCron(app, { name, spec: required(session.answers.schedule), lines });
  return fileChange(app, patch, `add the cron ${name}`);
}

/** The name that was asked for, which must be free, or the task's, with a number if it is taken. */
function cronName(app: AppFile, { request }: Session, usual: string): string {
  const { cronName: wanted } = request;
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
