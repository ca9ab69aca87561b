import { replyText } from "../../dialogue/reply.ts";
import type { Answer } from "../../dialogue/session.ts";
import { Failure, isSurelyNotDone } from "../../failure.ts";
import type { Step } from "../step.ts";

/** Whether a token that was pasted is kept in the system keychain; off unless the person says so. */
export const keychain: Step = {
  id: "keychain",
  once: true,
  title: "Keychain",
  needed: ({ request, answers }) =>
    (request.effect === "apply" || request.effect === "plan") &&
    answers["sign-in"]?.origin === "asked",
  basis: ({ answers }) => answers["sign-in"]?.value ?? "",
  open: async (_session, context) => {
    if (!(await context.kept.available())) {
      return {
        kind: "settled",
        answer: { ...notKept, because: "there is no system keychain to use here" },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Keep your token in the system keychain?",
        help: [
          "Without it the token is in memory until machinist ends, and is asked for the next time.",
          "In the keychain every program that runs as you may be able to read it, as the system sees fit. machinist logout forgets it.",
        ],
        facts: [],
        flag: "--keychain",
        alwaysAsked: true,
        choices: [
          { value: "no", label: "No", detail: "asked for again the next time" },
          { value: "keep", label: "Yes", detail: "until machinist logout" },
        ],
        preset: { value: "no", because: "nothing is kept unless you say so", certain: true },
      },
    };
  },
  take: async (_session, reply, context) => {
    const value = replyText(reply);
    if (value === "no") return answered({ ...notKept, because: "you chose" });
    const token = context.pastedToken;
    if (value !== "keep" || token === undefined) {
      return {
        kind: "again",
        problem: { sentence: "The answer is keep or no", reason: "usage" },
      };
    }
    try {
      await context.kept.keep("operator", token);
    } catch (error) {
      if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
      const { what, why } = error.parts;
      const because = [what, why].filter(Boolean).join(": ");
      return answered({ ...(isSurelyNotDone(error) ? notKept : perhapsKept), because });
    }
    return answered({
      value,
      shown: "your token is kept until machinist logout",
      because: "you chose",
    });
  },
};

const notKept = { value: "no", shown: "your token is not kept" } as const;
const perhapsKept = {
  value: "no",
  shown: "not known whether your token is kept; machinist logout forgets it",
} as const;

function answered(answer: Answer) {
  return { kind: "answered", answer, applied: false } as const;
}
