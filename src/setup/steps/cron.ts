import type { AppFile } from "../../appfile/app-file.ts";
import { freeCronName } from "../../appfile/operations.ts";
import type { FileChange } from "../../change/change.ts";
import { answerOnly } from "../../dialogue/reply.ts";
import { type Answer, basisOf } from "../../dialogue/session.ts";
import type { GuardTarget } from "../../shell/guard.ts";
import { checkoutFacts } from "../checkout/checkout-facts.ts";
import { cronChange, guardOffer } from "../checkout/cron-change.ts";
import { cronsToAdd, cronThere } from "../checkout/cron-wish.ts";
import { type EditWords, offerEdit, takeEdit } from "../checkout/file-edit.ts";
import type { SetupContext } from "../context.ts";
import { requiredAnswer, type Session, type StepId } from "../session.ts";
import type { Step } from "../step.ts";
import { type CronTask, detailAnswers } from "../tasks/chosen.ts";
import { answerThere } from "./cron-there.ts";

/** The cron of a task: guarded, and with no command that waits or asks. */
export function cronOf(task: CronTask): Step {
  const { id, title } = task;
  return {
    id: `cron:${id}`,
    title: "Cron",
    plan: { settings: settingsOf(id) },
    needed: (session) => cronsToAdd(session).includes(task),
    basis: ({ answers }) =>
      basisOf(
        answers.app,
        answers.task,
        ...detailAnswers(answers),
        answers[`schedule:${id}`],
        answers.guard,
        answers.branch,
      ),
    open: async (session, context) => {
      const there = await thereByNow(task, session, context);
      if (there !== undefined) return { kind: "settled", answer: there };
      const app = await context.app(session);
      const { scheduleShort } = await import("../../automation/schedule-words.ts");
      const several = cronsToAdd(session).length > 1;
      return offerEdit(
        {
          ...words,
          item: title,
          says: scheduleShort(requiredAnswer(session.answers[`schedule:${id}`]), app.timezone),
          ...(several ? { title: `${title}: add the cron?` } : {}),
        },
        () => planCron(task, session, context),
        async (file) => [
          ...nameFacts(task, session, app),
          ...(await checkoutFacts(session, context, file)),
        ],
      );
    },
    take: async (session, reply, context) => {
      const there = await thereByNow(task, session, context);
      return there === undefined
        ? takeEdit(reply, () => planCron(task, session, context), context)
        : answerOnly(there);
    },
  };
}

/** Another run may have added it since it was looked for: a second one would do the same twice. */
async function thereByNow(
  task: CronTask,
  session: Session,
  context: SetupContext,
): Promise<Answer | undefined> {
  const found = await cronThere(task, session, context);
  return found.kind === "there" ? answerThere(found.candidate, task, session) : undefined;
}

function settingsOf(id: CronTask["id"]): readonly StepId[] {
  return [
    "where",
    "environment",
    `schedule:${id}`,
    "guard",
    "branch",
    ...(id === "backup" ? (["backup-kind"] as const) : []),
    ...(id === "source-operation" ? (["operation"] as const) : []),
    ...(id === "custom" ? (["commands"] as const) : []),
    "app",
  ];
}

const words: Omit<EditWords, "item"> = {
  title: "Add the cron?",
  byHand: "The cron has to be added by hand",
  help: [
    "Crons run in dash, so the guard is POSIX: [ … = … ], never [[ … ]] or ==.",
    "--no-wait: a cron that waits for its own backup holds the deployments of the environment meanwhile.",
    "A cron takes effect with the next push; no build is needed for it.",
  ],
};

async function planCron(
  task: CronTask,
  session: Session,
  context: SetupContext,
): Promise<FileChange> {
  return cronChange(task, session, context, await context.app(session), {
    spec: requiredAnswer(session.answers[`schedule:${task.id}`]),
    guard: await guardOf(session, context),
  });
}

async function guardOf(session: Session, context: SetupContext): Promise<GuardTarget> {
  const { guard, branch } = session.answers;
  if (requiredAnswer(guard) === "branch") return { kind: "branch", branch: requiredAnswer(branch) };
  return (await guardOffer(session, context)).type;
}

/** A name that is taken is never taken over. */
function nameFacts({ id, work }: CronTask, session: Session, app: AppFile): readonly string[] {
  const free = freeCronName(app, work.cronName);
  return session.request.cronNames[id] !== undefined || free === work.cronName
    ? []
    : [`There is a cron named ${work.cronName} already, so this one is ${free}.`];
}
