import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import { cronPreviews, guardOffer, specOf } from "../checkout/cron-change.ts";
import { cronsToAdd } from "../checkout/cron-wish.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";

/** What keeps the cron from running on previews. */
export const guard: Step = {
  id: "guard",
  title: "Guard",
  needed: (session) => cronsToAdd(session).length > 0,
  basis: ({ answers }) => basisOf(answers.app, answers.task, answers.environment, answers.commands),
  open: async (session, context) => {
    const app = await context.app(session);
    const shared = await typeOfMany(session, context);
    const offer = await guardOffer(session, context);
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "How is the cron kept to one environment?",
        help: [
          "Crons run on every active environment, previews included: without a guard each preview would run it too.",
          "By branch: after a rename of the branch the cron runs nowhere, until the guard is changed.",
          "By type: after a rename it goes on, and it moves along when another environment becomes production. On a development plan, where no environment has that type, it never runs.",
        ],
        facts: [],
        flag: "--guard",
        choices: [
          {
            value: "branch",
            label: "By branch",
            detail: "after a rename of the branch it runs nowhere until the guard is changed",
          },
          {
            value: "type",
            label: "By environment type",
            detail: "after a rename it goes on; it follows what is production",

            ...(shared === undefined
              ? {}
              : { disabled: `every ${shared} environment would run it` }),
          },
        ],
        preset: { value: "branch", because: "the usual choice", certain: true },
        preview: (value) => {
          const target = value === "type" ? offer.type : offer.branch;
          if (target === undefined) return [];
          return cronPreviews(session, context, app, cronsToAdd(session), (task) => ({
            spec: specOf(task, session),
            guard: target,
          }));
        },
      },
    };
  },
  take: async (session, reply, context) => {
    const value = replyText(reply);
    const shared = value === "type" ? await typeOfMany(session, context) : undefined;
    if (shared !== undefined) {
      const sentence = `Guarded by type, every ${shared} environment would run it; guard it by branch`;
      return { kind: "again", problem: { sentence, reason: "usage" } };
    }
    if (value !== "branch" && value !== "type") {
      return {
        kind: "again",
        problem: { sentence: "The guard is branch or type", reason: "usage" },
      };
    }
    return answerOnly({
      value,
      shown: value === "branch" ? "by branch" : "by environment type",
      because: "you chose",
    });
  },
};

/** The type of the chosen environment where others may have it too; only production is one of a kind. */
async function typeOfMany(session: Session, context: SetupContext): Promise<string | undefined> {
  if (session.request.offline) return undefined;
  const environments = await context.platform().environments(projectOf(session));
  const type = environments.find(({ id }) => id === environmentOf(session))?.type;
  return type === "production" ? undefined : type;
}
