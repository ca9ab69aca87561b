import { taken, text } from "../reply.ts";
import type { Step } from "../step.ts";
import { taskOf, tasks } from "../tasks/registry.ts";

/** What the machine user is for: it decides the role, the commands and the schedule. */
export const task: Step = {
  id: "task",
  title: "Task",
  needed: ({ request: { only } }) =>
    only.some((part) => part === "machine-user" || part === "token" || part === "cron"),
  basis: () => "",
  open: async () => ({
    kind: "question",
    question: {
      kind: "choice",
      title: "What is the machine user to do?",
      help: [
        "Each task has the least role that does it, the commands, and a schedule that suits it.",
        ...tasks.flatMap(({ title, notes }) => notes.map((note) => `${title}: ${note}`)),
      ],
      facts: [],
      flag: "--task",
      choices: tasks.map(({ id, title, script }) => ({
        value: id,
        label: title,
        detail: script("platform").join("; "),
      })),
      preset: { value: "backup", because: "the commonest task", certain: false },
    },
  }),
  take: async (_session, reply) => {
    const chosen = taskOf(text(reply));
    if (chosen === undefined) {
      const known = tasks.map(({ id }) => id).join(", ");
      return {
        kind: "again",
        problem: { sentence: `There is no such task; the tasks are ${known}`, reason: "usage" },
      };
    }
    return taken({ value: chosen.id, shown: chosen.title, because: "you chose" });
  },
};
