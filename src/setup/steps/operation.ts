import { answerOnly, replyText } from "../../dialogue/reply.ts";
import type { Step } from "../step.ts";
import { chosenTasks } from "../tasks/chosen.ts";

/** Which of the app's source operations is run. */
export const operation: Step = {
  id: "operation",
  title: "Operation",
  needed: (session) =>
    session.request.only.includes("cron") &&
    chosenTasks(session).some(({ id }) => id === "source-operation"),
  basis: ({ answers }) => `${answers.app?.value} ${answers.task?.value}`,
  open: async (session, context) => {
    const { operation: asked } = session.request.given;
    const { name, sourceOperations } = await context.app(session);
    const [only, ...others] = sourceOperations;
    if (only !== undefined && others.length === 0 && (asked ?? only.name) === only.name) {
      return {
        kind: "settled",
        answer: { value: only.name, shown: only.name, because: `the only one of ${name}` },
      };
    }
    const help = [
      "Source operations are declared under source.operations of the app; each has a name and a command.",
    ];
    if (only === undefined) {
      return {
        kind: "question",
        question: {
          kind: "text",
          title: "Which source operation is run?",
          help,
          facts: [`${name} declares none yet: add it under source.operations before the push.`],
          flag: "--operation",
          check: problemOfOperation,
        },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Which source operation is run?",
        help,
        facts: [],
        flag: "--operation",
        choices: sourceOperations.map((entry) => ({
          value: entry.name,
          label: entry.name,
          detail: entry.command.trim().split("\n")[0] ?? "",
        })),
      },
    };
  },
  take: async (session, reply, context) => {
    const value = replyText(reply);
    const { sourceOperations } = await context.app(session);
    const names = sourceOperations.map(({ name }) => name);
    const sentence =
      names.length === 0 || names.includes(value)
        ? problemOfOperation(value)
        : `There is no source operation ${value}; the app has ${names.join(", ")}`;
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return answerOnly({ value, shown: value, because: "you chose" });
  },
};

/** Why a source operation can't have this name: it stands in the cron's script as it is, where a shell must read it so. */
export function problemOfOperation(name: string): string | undefined {
  return /^[A-Za-z0-9][\w.-]*$/u.test(name)
    ? undefined
    : "An operation is named with letters, digits, -, _ and .";
}
