import { answerOnly, replyText } from "../../dialogue/reply.ts";
import type { Step } from "../step.ts";
import { chosenTasks } from "../tasks/chosen.ts";

/** Whether a backup may stop the writes for a moment (manual, "Back up environments", live backups). */
export const backupKind: Step = {
  id: "backup-kind",
  title: "Backup",
  needed: (session) =>
    session.request.only.includes("cron") && chosenTasks(session).some(({ id }) => id === "backup"),
  basis: ({ answers }) => answers.task?.value ?? "",
  open: async () => ({
    kind: "question",
    question: {
      kind: "choice",
      title: "Which kind of backup?",
      help: [
        "A consistent backup holds requests back for some seconds, so that databases and files belong together.",
        "A live backup holds nothing back; what is written meanwhile may be half in it.",
      ],
      facts: [],
      flag: "--live",
      choices: [
        { value: "consistent", label: "Consistent", detail: "requests wait for some seconds" },
        { value: "live", label: "Live", detail: "nothing waits; may be inconsistent" },
      ],
      preset: { value: "consistent", because: "the safe choice", certain: true },
    },
  }),
  take: async (_session, reply) => {
    const value = replyText(reply);
    if (value !== "consistent" && value !== "live") {
      return {
        kind: "again",
        problem: { sentence: "The backup is consistent or live", reason: "usage" },
      };
    }
    return answerOnly({ value, shown: value, because: "you chose" });
  },
};
