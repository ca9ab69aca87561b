import { answerOnly, replyText } from "../../dialogue/reply.ts";
import type { Step } from "../step.ts";
import type { Task } from "../tasks/task.ts";

/** Asks whether a task that is seldom needed is wanted all the same. Whoever named it by a flag has answered. */
export function doubtOf({ id, title, doubt }: Task): Step | undefined {
  if (doubt === undefined) return undefined;
  return {
    id: `doubt:${id}`,
    title: "Sure",
    needed: ({ answers }) => answers.task?.value.split(",").includes(id) ?? false,
    basis: ({ answers }) => answers.task?.value ?? "",
    open: async ({ request: { given } }) =>
      // A setup that is gone on with has both: the tasks, and what was answered here.
      given[`doubt:${id}`] === undefined && given.task?.split(",").includes(id) === true
        ? {
            kind: "settled",
            answer: { value: "yes", shown: title, because: `--task names it; ${doubt.why}` },
          }
        : {
            kind: "question",
            question: {
              kind: "choice",
              title: doubt.title,
              help: [doubt.why],
              facts: [doubt.why],
              flag: "--task",
              choices: [
                { value: "no", label: "No, leave it out" },
                { value: "yes", label: "Yes, add it" },
              ],
              preset: { value: "no", because: "it is seldom needed", certain: false },
            },
          },
    take: async (_session, reply) => {
      const value = replyText(reply);
      if (value !== "yes" && value !== "no") {
        return { kind: "again", problem: { sentence: "The answer is yes or no", reason: "usage" } };
      }
      return answerOnly({
        value,
        shown: `${value === "yes" ? "yes," : "no, don't"} ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
        because: "you chose",
      });
    },
  };
}
