import { answerOnly, secret } from "../../dialogue/reply.ts";
import { apiTokensConsole } from "../../platform/addresses.ts";
import type { Step } from "../step.ts";
import { emailOf } from "../steps/email.ts";
import { handedOver, problemOf } from "../steps/token.ts";

/** The token that takes the place of the old one: handed over unseen, and proven with the token itself. */
export const newToken: Step = {
  id: "token",
  title: "New token",
  needed: () => true,
  basis: ({ answers }) => `${answers.project?.value} ${answers.email?.value}`,
  open: async (session, context) => {
    if (session.request.effect === "show" && session.request.machineToken === undefined) {
      return {
        kind: "settled",
        answer: { value: "none", shown: "would be asked for", because: "this is a dry run" },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "secret",
        title: "The machine user's new API token",
        help: [
          "A token can only be made by its own account. The old one stays as it is meanwhile, and works until it is revoked.",
          "It is exchanged at once, and taken only if it belongs to that account and sees this project.",
        ],
        facts: [
          `1. Sign in to the console as ${emailOf(session)}, in a private window.`,
          "2. As that account: its name, My profile, API tokens, Create API token. Leave the old one.",
          "3. Copy the token (it is shown once) and paste it here.",
        ],
        flag: "--machine-token-stdin",
        ...handedOver(session),
        address: apiTokensConsole(context.addresses),
        open: () => context.browse(apiTokensConsole(context.addresses)),
      },
    };
  },
  take: async (session, reply, context) => {
    const candidate = secret(reply);
    const problem = await problemOf(candidate, session, context);
    if (problem !== undefined) return { kind: "again", problem };
    context.machineToken = candidate;
    return answerOnly({
      value: emailOf(session),
      shown: `proven: it belongs to ${emailOf(session)}`,
      because: "you handed it over",
    });
  },
};
