import { doneBy } from "../existing-cron.ts";
import { taken, text } from "../reply.ts";
import type { Step } from "../step.ts";

/** What keeps the cron from running on previews. */
export const guard: Step = {
  id: "guard",
  title: "Guard",
  needed: ({ request: { only } }) => only.includes("cron"),
  basis: ({ answers }) => `${answers.app?.value} ${answers.task?.value}`,
  open: async (session, context) => {
    const cron = doneBy(await context.app(session), session);
    if (cron !== undefined) {
      return {
        kind: "settled",
        answer: {
          value: "there",
          shown: "as it is",
          because: `the cron ${cron.name} is left alone`,
        },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "How is the cron kept to one environment?",
        help: [
          "Crons run on every active environment, previews included: without a guard each preview would run it too.",
          "By branch: the cron stops running when the branch is renamed. By type: it follows the production environment, but never runs on a development plan, where no environment has that type.",
        ],
        facts: [],
        flag: "--guard",
        choices: [
          { value: "branch", label: "By branch", detail: 'if [ "$PLATFORM_BRANCH" = … ]' },
          {
            value: "type",
            label: "By environment type",
            detail: 'if [ "$PLATFORM_ENVIRONMENT_TYPE" = … ]',
          },
        ],
        preset: { value: "branch", because: "the usual choice", certain: true },
      },
    };
  },
  take: async (_session, reply) => {
    const value = text(reply);
    if (value !== "branch" && value !== "type") {
      return {
        kind: "again",
        problem: { sentence: "The guard is branch or type", reason: "usage" },
      };
    }
    return taken({
      value,
      shown: value === "branch" ? "by branch" : "by environment type",
      because: "you chose",
    });
  },
};
