import { doneBy } from "../existing-cron.ts";
import { taken, text } from "../reply.ts";
import { required } from "../session.ts";
import type { Step } from "../step.ts";
import { taskOf } from "../tasks/registry.ts";

/** When the cron runs. */
export const schedule: Step = {
  id: "schedule",
  title: "Schedule",
  needed: ({ request: { only } }) => only.includes("cron"),
  basis: ({ answers }) => `${answers.app?.value} ${answers.task?.value}`,
  open: async (session, context) => {
    const cron = doneBy(await context.app(session), session);
    if (cron !== undefined) {
      return {
        kind: "settled",
        answer: {
          value: cron.spec?.value ?? "",
          shown: cron.spec?.value ?? "none",
          because: `as the cron ${cron.name} has it`,
        },
      };
    }
    const app = await context.app(session);
    const task = taskOf(required(session.answers.task));
    const { readSchedule } = await import("../schedule.ts");
    const spec = readSchedule(app.timezone ?? "UTC");
    return {
      kind: "question",
      question: {
        kind: "text",
        title: "When is the cron to run?",
        help: [
          "Five fields: minute, hour, day of the month, month, day of the week.",
          `Times are in ${app.timezone ?? "UTC"}. Each run starts up to 20 minutes late, chosen at random by the platform.`,
          "Most plans run a cron every 5 minutes at the most.",
        ],
        facts: [],
        flag: "--schedule",
        ...(task === undefined
          ? {}
          : {
              preset: { value: task.schedule, because: `suggested for ${task.id}`, certain: true },
            }),
        check: (line) => spec(line).problem,
        explain: (line) => spec(line).next,
      },
    };
  },
  take: async (session, reply, context) => {
    const value = text(reply);
    const { timezone } = await context.app(session);
    const { readSchedule } = await import("../schedule.ts");
    const { problem } = readSchedule(timezone ?? "UTC")(value);
    if (problem !== undefined)
      return { kind: "again", problem: { sentence: problem, reason: "usage" } };
    return taken({ value, shown: value, because: "you chose" });
  },
};
