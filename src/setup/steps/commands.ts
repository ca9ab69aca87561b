import { answerOnly, replyText } from "../../dialogue/reply.ts";
import type { Step } from "../step.ts";
import { chosenTasks } from "../tasks/chosen.ts";
import { completeCommands, problemOfCommands } from "../tasks/custom.ts";

/** The commands of one's own. */
export const commandsStep: Step = {
  id: "commands",
  title: "Commands",
  needed: (session) => chosenTasks(session).some(({ id }) => id === "custom"),
  basis: ({ answers }) => answers.task?.value ?? "",
  open: async (_session, { vendor: { binary } }) => ({
    kind: "question",
    question: {
      kind: "text",
      title: "Which commands does the cron run?",
      help: [
        "As a shell takes them; several with ; or && between. The guard is put around them.",
        "The role follows from the CLI commands. Where one would wait for what it sets off, --no-wait is added; where one would ask, --yes.",
        `For example: ${binary} backup:create && ${binary} variable:list`,
      ],
      facts: [],
      flag: "--command",
      check: problemOfCommands,
      explain: (typed) => [`runs: ${completeCommands(typed)}`],
    },
  }),
  take: async (_session, reply) => {
    const typed = replyText(reply);
    const sentence = problemOfCommands(typed);
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    const value = completeCommands(typed);
    return answerOnly({ value, shown: value, because: "you typed them" });
  },
};
