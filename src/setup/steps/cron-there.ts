import { cronToPaste } from "../../appfile/by-hand.ts";
import { type Candidate, placesOf } from "../../automation/wish.ts";
import type { ChoiceQuestion } from "../../dialogue/question.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { type Answer, basisOf } from "../../dialogue/session.ts";
import { Failure } from "../../failure.ts";
import { productionBranch } from "../../git/production.ts";
import { guardedLines } from "../../shell/guard.ts";
import { cronThere } from "../checkout/cron-wish.ts";
import { appOrPaste } from "../checkout/file-edit.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { OpenedSetupStep, Step } from "../step.ts";
import { type CronTask, cronTasks, detailAnswers, detailsOf } from "../tasks/chosen.ts";

/** Whether a cron does the task already: where, when and how it is wished for. */
export function cronThereOf(task: CronTask): Step {
  const { id, title } = task;
  return {
    id: `there:${id}`,
    title: "Cron there",
    plan: { settings: [] },
    needed: (session) => session.request.only.includes("cron") && cronTasks(session).includes(task),
    basis: ({ answers }) =>
      basisOf(answers.app, answers.task, answers.environment, ...detailAnswers(answers)),
    open: async (session, context) => {
      await appOrPaste(session, context, () => usualCron(task, session, context));
      const found = await cronThere(task, session, context);
      if (found.kind === "missing") return isToCome(found.others);
      await refuseWrongSchedule(task, session, context);
      if (found.kind === "there")
        return { kind: "settled", answer: answerThere(found.candidate, task, session) };
      const name = session.request.cronNames[id];
      if (name !== undefined && name !== found.candidate.job.cron)
        return isToCome([found.candidate]);
      return { kind: "question", question: askBeside(title, found.candidate) };
    },
    take: async (session, reply, context) => {
      const value = replyText(reply);
      const found = await cronThere(task, session, context);
      if (value === "there" && found.kind === "doubt")
        return answerOnly({
          value,
          shown: `${found.candidate.job.called} is left to do it`,
          because: "you chose",
        });
      if (value === "add")
        return answerOnly({ value, shown: "another cron is added", because: "you chose" });
      return {
        kind: "again",
        problem: { sentence: "The answer is there or add", reason: "usage" },
      };
    },
  };
}

/** What is answered where a cron does the task already. */
export function answerThere({ job, call }: Candidate, { id }: CronTask, session: Session): Answer {
  const wantedName = session.request.cronNames[id];
  const when = job.when.kind === "known" ? `, at ${job.when.value}` : "";
  return {
    value: "there",
    shown: `${job.called} does it${call === undefined ? "" : ` ${placesOf(call)}`}${when}`,
    because:
      wantedName === undefined || wantedName === job.cron
        ? "it is there already"
        : `it is there already, and is not renamed ${wantedName}`,
    stands: "there",
  };
}

function isToCome(others: readonly Candidate[]): OpenedSetupStep {
  const [first] = others;
  return {
    kind: "settled",
    answer: {
      value: "add",
      shown: first === undefined ? "none yet" : `none yet: ${others.map(differing).join("; ")}`,
      because: "as the file says",
    },
  };
}

/** "the cron night runs backup:create on staging only" */
function differing({ job, differences }: Candidate): string {
  return `${job.called} ${differences.map(({ words }) => words).join(" and ")}`;
}

function askBeside(title: string, candidate: Candidate): ChoiceQuestion {
  const said = differing(candidate);
  const { called, cron } = candidate.job;
  const isCron = cron !== undefined;
  return {
    kind: "choice",
    title: `${title}: ${isCron ? "a cron" : "something"} may do it already. Add ${isCron ? "another" : "a cron"}?`,
    help: ["Two jobs that do the same do it twice: two backups take each other's place."],
    facts: [`${said.charAt(0).toUpperCase()}${said.slice(1)}.`],
    flag: "--cron-name",
    choices: [
      { value: "there", label: `Leave it to ${called}` },
      { value: "add", label: isCron ? "Add another cron" : "Add a cron" },
    ],
    otherwise: new Failure("usage", {
      what: `${title}: ${isCron ? "a cron" : "something"} may do it already`,
      why: said,
      next: isCron
        ? "change that cron in the file, leave out the flag that asks for something else, or name another one with --cron-name"
        : "name the cron with --cron-name where both are wanted",
    }),
  };
}

/** A schedule that can't be meant is refused also where the cron is there and needs none. */
async function refuseWrongSchedule(
  { id }: CronTask,
  session: Session,
  context: SetupContext,
): Promise<void> {
  const spec = session.request.given[`schedule:${id}`];
  if (spec === undefined) return;
  const { timezone } = await context.app(session);
  const { scheduleInWords } = await import("../../automation/schedule-words.ts");
  const { problem } = scheduleInWords(spec, timezone);
  if (problem !== undefined) throw new Failure("usage", { what: problem, where: "--schedule" });
}

/** The cron as it would be with the answers that are offered, for a file that can't be read. */
function usualCron({ work }: CronTask, session: Session, context: SetupContext): string {
  const branch = session.request.given.branch ?? productionBranch(context.checkout);
  const guard =
    branch === undefined
      ? ({ kind: "type", type: "production" } as const)
      : ({ kind: "branch", branch } as const);
  const commands = work.script(context.vendor.binary, detailsOf(session));
  const lines = guardedLines(guard, commands);
  return cronToPaste({ name: work.cronName, spec: work.schedule, lines });
}
