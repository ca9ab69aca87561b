import type { AppFile } from "../../appfile/app-file.ts";
import { timesOf } from "../../automation/schedule.ts";
import { startTogether } from "../../automation/starts.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import type { GuardTarget } from "../../shell/guard.ts";
import { cronPreviews, guardOffer } from "../checkout/cron-change.ts";
import { cronsToAdd } from "../checkout/cron-wish.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import type { CronTask } from "../tasks/chosen.ts";

/** When the cron of a task runs. */
export function scheduleOf(task: CronTask): Step {
  const { id, work } = task;
  return {
    id: `schedule:${id}`,
    title: "Schedule",
    needed: (session) => cronsToAdd(session).includes(task),
    basis: ({ answers }) => basisOf(answers.app, answers.task, answers.operation, answers.commands),
    open: async (session, context) => {
      const app = await context.app(session);
      const { scheduleInWords } = await import("../../automation/schedule-words.ts");
      const taken = takenTimes(app, session, id);
      const suggested = spreadFrom(
        work.schedule,
        taken.map((time) => time.spec),
      );
      const several = cronsToAdd(session).length > 1;
      const guard = await presumedGuard(session, context);
      return {
        kind: "question",
        question: {
          kind: "text",
          title: several ? `${task.title}: when?` : "When is the cron to run?",
          help: [
            "Five fields: minute, hour, day of the month, month, day of the week.",
            `Times are in ${app.timezone ?? "UTC"}. Each run starts up to 20 minutes late, chosen at random by the platform.`,
            "Most plans run a cron every 5 minutes at the most. H in place of a minute lets the platform choose one.",
          ],
          facts: [],
          flag: "--schedule",
          preset: {
            value: suggested,
            because:
              suggested === work.schedule
                ? `suggested for ${id}`
                : `suggested for ${id}, apart from the other crons`,
            certain: true,
          },
          suggestions: suggestionsOf(suggested),
          check: (line) => scheduleInWords(line, app.timezone).problem,
          explain: (line) => [
            ...scheduleInWords(line, app.timezone).meaning,
            ...taken
              .filter((time) => areTogether(line, time.spec))
              .map(({ name }) => `starts in the same minute as ${name}`),
          ],
          ...(guard === undefined
            ? {}
            : {
                preview: (line: string) =>
                  cronPreviews(session, context, app, [task], () => ({ spec: line.trim(), guard })),
              }),
        },
      };
    },
    take: async (session, reply, context) => {
      const value = replyText(reply);
      const { timezone } = await context.app(session);
      const { scheduleInWords } = await import("../../automation/schedule-words.ts");
      const { problem } = scheduleInWords(value, timezone);
      if (problem !== undefined)
        return { kind: "again", problem: { sentence: problem, reason: "usage" } };
      return answerOnly({ value, shown: value, because: "you chose" });
    },
  };
}

/** The guard that the preview has as long as none is chosen: the one that is offered first. */
async function presumedGuard(
  session: Session,
  context: SetupContext,
): Promise<GuardTarget | undefined> {
  const { branch, type } = await guardOffer(session, context);
  const kind = session.answers.guard?.value ?? session.request.given.guard;
  return kind === "type" ? type : branch;
}

/** The task's own schedule first, then what is usual, at the same hour and minute. */
function suggestionsOf(suggested: string) {
  const [minute = "0", hour = "5"] = suggested.split(" ");
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  const all = [
    { value: suggested, label: "suggested" },
    { value: `${minute} ${hour} * * *`, label: `every day at ${time}` },
    { value: `${minute} ${hour} * * 1`, label: `every Monday at ${time}` },
    { value: `${minute} ${hour} 1 * *`, label: `on the first of the month at ${time}` },
    { value: `${minute} */6 * * *`, label: "every 6 hours" },
    {
      value: `H ${hour} * * *`,
      label: "every day, in a minute that the platform spreads (not on Dedicated Gen 2)",
    },
  ];
  return all.filter(({ value }, index) => all.findIndex((one) => one.value === value) === index);
}

/**
 * The schedule that starts together with the fewest others: the one that is suggested, or that with its minute moved on
 * by 20, as often as needed.
 */
function spreadFrom(suggested: string, others: readonly string[]): string {
  const [minute = "", ...rest] = suggested.split(" ");
  const meetings = ["0", "20", "40", "10", "30", "50"].map((step) => {
    const candidate = [(Number(minute) + Number(step)) % 60, ...rest].join(" ");
    return { candidate, count: others.filter((other) => areTogether(candidate, other)).length };
  });
  const fewest = Math.min(...meetings.map(({ count }) => count));
  return meetings.find(({ count }) => count === fewest)?.candidate ?? suggested;
}

function areTogether(one: string, other: string): boolean {
  const [first, second] = [timesOf(one), timesOf(other)];
  return first !== undefined && second !== undefined && startTogether(first, second);
}

interface TakenTime {
  readonly name: string;
  readonly spec: string;
}

/** The times of the crons that are there, and of the tasks before this one. */
function takenTimes(app: AppFile, session: Session, until: CronTask["id"]): readonly TakenTime[] {
  const there = app.crons.flatMap(({ name, spec }) =>
    spec === undefined ? [] : [{ name: `the cron ${name}`, spec: spec.value }],
  );
  const tasks = cronsToAdd(session);
  const before = tasks.slice(
    0,
    tasks.findIndex(({ id }) => id === until),
  );
  return [
    ...there,
    ...before.flatMap(({ id, title }) => {
      const spec = session.answers[`schedule:${id}`]?.value;
      return spec === undefined ? [] : [{ name: `“${title}”`, spec }];
    }),
  ];
}
