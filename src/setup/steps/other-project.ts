import { replyText } from "../../dialogue/reply.ts";
import { Failure } from "../../failure.ts";
import { claimsInWords } from "../../git/project.ts";
import { inTheFile } from "../parts.ts";
import { otherOwners } from "../session.ts";
import type { Step } from "../step.ts";
import { namesPlace } from "../tasks/chosen.ts";

/** Asks whether the files of a checkout are to be edited for another project than the one that it belongs to. */
export const otherProject: Step = {
  id: "other-project",
  title: "Checkout",
  needed: (session) => {
    const { only } = session.request;
    return (
      namesPlace(session) &&
      only.some((part) => inTheFile.includes(part)) &&
      otherOwners(session).length > 0
    );
  },
  basis: ({ answers }) => answers.project?.value ?? "",
  open: async (session) => {
    const chosen = session.answers.project?.shown ?? "";
    const belongs = claimsInWords(otherOwners(session));
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "The checkout belongs to another project. Edit its files all the same?",
        help: [
          "What is written into these files runs in the project that they are pushed to, with the machine user and the token of that project.",
        ],
        facts: [`The checkout is of ${belongs}.`, `You chose ${chosen}.`],
        flag: "--other-project",
        choices: [
          { value: "no", label: "No, choose the project anew" },
          { value: "yes", label: "Yes, these files serve that project too" },
        ],
        preset: { value: "no", because: "it is seldom meant", certain: false },
        otherwise: new Failure("usage", {
          what: "The checkout belongs to another project",
          where: `--project ${session.answers.project?.value}`,
          why: `it is of ${belongs}, and its files would be edited for ${chosen}`,
          next: "start in a checkout of the project, or add --other-project if these files serve both",
        }),
      },
    };
  },
  take: async (_session, reply) => {
    const value = replyText(reply);
    if (value === "no") return { kind: "revisit", step: "project" };
    if (value !== "yes") {
      return { kind: "again", problem: { sentence: "The answer is yes or no", reason: "usage" } };
    }
    const answer = { value, shown: "its files serve this project too", because: "you chose" };
    return { kind: "answered", answer, applied: false };
  },
};
